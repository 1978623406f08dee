#include "api/demo/oulad_commands.hpp"

#include <charconv>
#include <map>
#include <stdexcept>

#include "api/demo/csv.hpp"
#include "api/demo/embedded_files.hpp"
#include "api/demo/oulad_ids.hpp"
#include "domain/roster/commands.hpp"
#include "domain/roster/refusals.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::demo {
namespace {

using namespace roster;

constexpr int capacity_step = 50;

int number_of(std::string_view text) {
  int number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::runtime_error("not a number in the demo's files: " + std::string{text});
  }
  return number;
}

Decimal decimal_of(std::string_view text) {
  auto value = Decimal::parse(text);
  if (!value) throw std::runtime_error("not a score or weight in the demo's files: " + std::string{text});
  return *value;
}

Date date_of(const std::string& text) {
  auto date = Date::parse(text);
  if (!date) throw std::runtime_error("not a presentation in the demo's files: " + text);
  return *date;
}

std::string lower_case(std::string_view module) {
  std::string slug{module};
  for (char& each : slug) each = static_cast<char>(each - 'A' + 'a');
  return slug;
}

// A presentation code is a year and B (February) or J (October).
struct Presentation {
  explicit Presentation(std::string_view code) {
    std::string year{code.substr(0, 4)};
    bool is_february = code.ends_with('B');
    starts_on = date_of(year + (is_february ? "-02-01" : "-10-01"));
    term_ends_on = is_february ? date_of(year + "-10-31") : date_of(std::to_string(number_of(year) + 1) + "-07-31");
  }
  Date starts_on;
  Date term_ends_on;
};

std::optional<Date> day_of(Date start, std::string_view days) {
  if (days.empty()) return std::nullopt;
  return start.plus_days(number_of(days));
}

// The commands of one module, by kind, as the files give them.
struct Module {
  std::string slug;
  std::map<std::string, AddTerm> terms;
  std::map<std::string, OpenClass> classes;         // by presentation
  std::map<std::string, int> registrations;         // by presentation
  std::map<std::string, RegisterStudent> students;  // by number
  std::vector<AddAssessment> assessments;
  std::vector<EnrolStudent> enrolments;
  std::vector<RecordResult> results;
  std::vector<Value> outcomes;
};

struct AssessmentPlace {
  Module* module;
  Id<Assessment> id;
  Date class_starts_on;
};

std::string pair_of(std::string_view first, std::string_view second) {
  return std::string{first} + '/' + std::string{second};
}

// Takes the files in, one after another, in the order of the members below.
class Reader {
 public:
  std::map<std::string, Module> modules;

  void read_courses() {
    std::string text = courses_csv();
    read_csv(text, {"code_module", "code_presentation", "module_presentation_length"},
             [&](CsvRow row) { add_class(row[0], std::string{row[1]}, number_of(row[2])); });
  }

  void read_assessments() {
    std::string text = assessments_csv();
    read_csv(text, {"code_module", "code_presentation", "id_assessment", "assessment_type", "date", "weight"},
             [&](CsvRow row) { add_assessment(row); });
  }

  void read_registrations() {
    std::string text = student_registration_csv();
    read_csv(text, {"code_module", "code_presentation", "id_student", "date_registration", "date_unregistration"},
             [&](CsvRow row) { add_registration(row); });
  }

  void read_results() {
    std::string text = student_assessment_csv();
    read_csv(text, {"id_assessment", "id_student", "date_submitted", "is_banked", "score"},
             [&](CsvRow row) { add_result(row); });
  }

  void read_outcomes() {
    std::string text = student_info_csv();
    read_csv(text, {"code_module", "code_presentation", "id_student", "final_result"},
             [&](CsvRow row) { add_outcome(row); });
  }

 private:
  void add_class(std::string_view module_code, const std::string& code, int length_days) {
    Module& module = modules[std::string{module_code}];
    module.slug = lower_case(module_code);
    Presentation presentation{code};
    auto term = oulad_id<Term>(module.slug, code);
    module.terms[code] = {
        .id = term, .name = code, .starts_on = presentation.starts_on, .ends_on = presentation.term_ends_on};
    module.classes[code] = {.id = oulad_id<Class>(module.slug, code),
                            .course = oulad_id<Course>(module.slug, module_code),
                            .term = term,
                            .name = std::string{module_code} + ' ' + code,
                            .starts_on = presentation.starts_on,
                            .ends_on = presentation.starts_on.plus_days(length_days)};
  }

  void add_assessment(CsvRow row) {
    Module& module = modules.at(std::string{row[0]});
    const OpenClass& opened = module.classes.at(std::string{row[1]});
    auto id = oulad_id<Assessment>(module.slug, row[2]);
    assessments_[std::string{row[2]}] = {&module, id, opened.starts_on};
    module.assessments.push_back({.id = id,
                                  .class_id = opened.id,
                                  .title = std::string{row[3]} + ' ' + std::string{row[2]},
                                  .category = std::string{row[3]},
                                  .weight = decimal_of(row[5]),
                                  .due_on = day_of(opened.starts_on, row[4])});
  }

  void add_registration(CsvRow row) {
    Module& module = modules.at(std::string{row[0]});
    std::string code{row[1]};
    std::string number{row[2]};
    const OpenClass& opened = module.classes.at(code);
    auto student = oulad_id<Student>(module.slug, number);
    module.students.try_emplace(
        number, RegisterStudent{.id = student, .number = number, .given_name = "Student", .family_name = number});
    ++module.registrations[code];
    std::string pair = pair_of(code, number);
    module.enrolments.push_back({.id = oulad_id<Enrolment>(module.slug, pair),
                                 .class_id = opened.id,
                                 .student = student,
                                 .enrolled_on = day_of(opened.starts_on, row[3])});
    withdrawn_on_[pair_of(row[0], pair)] = day_of(opened.starts_on, row[4]);
  }

  void add_result(CsvRow row) {
    const AssessmentPlace& place = assessments_.at(std::string{row[0]});
    Module& module = *place.module;
    std::optional<Decimal> score;
    if (!row[4].empty()) score = decimal_of(row[4]);
    module.results.push_back({.id = oulad_id<Result>(module.slug, pair_of(row[0], row[1])),
                              .assessment = place.id,
                              .student = oulad_id<Student>(module.slug, row[1]),
                              .score = score,
                              .submitted_on = day_of(place.class_starts_on, row[2]),
                              .transferred = row[3] == "1"});
  }

  void add_outcome(CsvRow row) {
    Module& module = modules.at(std::string{row[0]});
    std::string pair = pair_of(row[1], row[2]);
    auto enrolment = oulad_id<Enrolment>(module.slug, pair);
    if (row[3] == "Withdrawn") {
      auto withdrawn_on = withdrawn_on_.at(pair_of(row[0], pair));
      module.outcomes.emplace_back(WithdrawStudent{.id = enrolment, .withdrawn_on = withdrawn_on, .reason = {}});
      return;
    }
    Outcome outcome = row[3] == "Pass" ? Outcome::pass : row[3] == "Fail" ? Outcome::fail : Outcome::distinction;
    if (outcome == Outcome::distinction && row[3] != "Distinction") {
      throw std::runtime_error("not a final result in the demo's files: " + std::string{row[3]});
    }
    module.outcomes.emplace_back(CompleteEnrolment{.id = enrolment, .outcome = outcome, .completed_on = {}});
  }

  std::map<std::string, AssessmentPlace> assessments_;       // by their number, unique over all modules
  std::map<std::string, std::optional<Date>> withdrawn_on_;  // by module, presentation and student
};

int capacity_for(int registrations) {
  return (registrations + capacity_step - 1) / capacity_step * capacity_step;
}

TenantLoad load_of(const std::string& code, Module&& module) {
  TenantLoad load;
  load.registration.tenant = oulad_id<tenancy::Tenant>(module.slug, code);
  load.registration.slug = module.slug;
  load.registration.name = "Module " + code + " (OULAD)";
  load.registration.timezone = "Europe/London";
  auto add = [&](auto&& command) { load.commands.emplace_back(std::forward<decltype(command)>(command)); };
  add(AddCourse{.id = oulad_id<Course>(module.slug, code), .code = code, .title = "Module " + code});
  for (auto& [name, term] : module.terms) add(std::move(term));
  for (auto& [name, opened] : module.classes) {
    opened.capacity = capacity_for(module.registrations[name]);
    add(std::move(opened));
  }
  for (auto& assessment : module.assessments) add(std::move(assessment));
  for (auto& [number, student] : module.students) add(std::move(student));
  for (auto& enrolment : module.enrolments) add(std::move(enrolment));
  for (auto& result : module.results) add(std::move(result));
  for (auto& outcome : module.outcomes) load.commands.push_back(std::move(outcome));
  return load;
}

}  // namespace

std::vector<TenantLoad> oulad_loads() {
  Reader reader;
  reader.read_courses();
  reader.read_assessments();
  reader.read_registrations();
  reader.read_results();
  reader.read_outcomes();
  std::vector<TenantLoad> loads;
  for (auto& [code, module] : reader.modules) loads.push_back(load_of(code, std::move(module)));
  return loads;
}

bool is_loaded_already(std::string_view command_name, std::string_view refusal) {
  if (command_name != "EnrolStudent") return false;
  return refusal == refused.enrolment_withdrawn.word || refusal == refused.enrolment_completed.word;
}

void append_command_line(std::string& out, const Value& command) {
  out += R"({"command":")";
  out += events::command_name(command);
  out += R"(","data":)";
  events::encode(events::command_type_of(command).fields, command.data(), out);
  out += "}\n";
}

std::string registration_body(const directory::RegisterTenant& registration) {
  std::string body;
  {
    events::json::ObjectWriter writer{body};
    events::json::append_text(writer.key("id"), registration.tenant.text());
    events::json::append_text(writer.key("slug"), registration.slug);
    events::json::append_text(writer.key("name"), registration.name);
    events::json::append_text(writer.key("timezone"), registration.timezone);
  }
  return body;
}

}  // namespace tenantry::api::demo
