#include "projections/rulebook.hpp"

#include <stdexcept>

#include "domain/contexts.hpp"
#include "domain/kernel/existing.hpp"
#include "domain/roster/commands.hpp"
#include "domain/roster/events.hpp"
#include "domain/roster/rules.hpp"
#include "projections/make_statistics.hpp"
#include "projections/roster/statistics.hpp"

namespace tenantry::roster {
namespace {

using projections::ClassStatistics;
using projections::Counting;
using projections::TenantStatistics;

TenantStatistics& of_tenant(Counting& counting) {
  return counting.of(Id<TenantStatistics>{counting.tenant().value});
}
ClassStatistics& of_class(Counting& counting, const Id<Class>& id) {
  return counting.of(Id<ClassStatistics>{id.value});
}

// The same change to the counts of the class and of the tenant.
template <class Add>
void both(Counting& counting, const Id<Class>& id, const Add& add) {
  add(of_class(counting, id));
  add(of_tenant(counting));
}

// The count of an enrolment's status or outcome, of a ClassStatistics or a TenantStatistics.
template <class Statistics>
std::uint64_t& count_of(Statistics& statistics, EnrolmentStatus status) {
  switch (status) {
    case EnrolmentStatus::active:
      return statistics.active;
    case EnrolmentStatus::withdrawn:
      return statistics.withdrawn;
    case EnrolmentStatus::completed:
      return statistics.completed;
  }
  throw std::runtime_error("an enrolment has a status that there is not");
}
template <class Statistics>
std::uint64_t& count_of(Statistics& statistics, Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return statistics.passed;
    case Outcome::fail:
      return statistics.failed;
    case Outcome::distinction:
      return statistics.distinctions;
  }
  throw std::runtime_error("an enrolment has an outcome that there is not");
}

}  // namespace

static void count(Counting& counting, const Term&, std::int64_t by) {
  of_tenant(counting).terms += by;
}
static void count(Counting& counting, const Course&, std::int64_t by) {
  of_tenant(counting).courses += by;
}
static void count(Counting& counting, const Class& each, std::int64_t by) {
  of_class(counting, each.id);  // a class without enrolments has statistics too
  of_tenant(counting).classes += by;
}
// Ever registered: whether they are active does not matter.
static void count(Counting& counting, const Student&, std::int64_t by) {
  of_tenant(counting).students += by;
}
static void count(Counting& counting, const Teacher&, std::int64_t by) {
  of_tenant(counting).teachers += by;
}
static void count(Counting& counting, const Enrolment& each, std::int64_t by) {
  both(counting, each.class_id, [&](auto& statistics) {
    statistics.registrations += by;
    count_of(statistics, each.status) += by;
    if (each.outcome) count_of(statistics, *each.outcome) += by;
  });
}
static void count(Counting&, const TeachingAssignment&, std::int64_t) {}
static void count(Counting& counting, const Assessment& each, std::int64_t by) {
  both(counting, each.class_id, [&](auto& statistics) { statistics.assessments += by; });
}
static void count(Counting& counting, const Result& each, std::int64_t by) {
  Table<Assessment> assessments(counting.tables());
  both(counting, existing(assessments, each.assessment).class_id, [&](auto& statistics) { statistics.results += by; });
}

namespace {

// Whether the teacher teaches the class at the moment.
bool teaches(Tables& tables, const Uuid& teacher, const Id<Class>& class_id) {
  Rows rows{tables};
  auto assignment = rows.assignment_pairs.holder(class_id, Id<Teacher>{teacher});
  return assignment && existing(rows.assignments, *assignment).active;
}

// The class that the command about assessments or results is about, if there is one.
std::optional<Id<Class>> class_of(Tables& tables, const Value& command) {
  Rows rows{tables};
  auto of_assessment = [&](const Id<Assessment>& id) -> std::optional<Id<Class>> {
    const Assessment* found = rows.assessments.find(id);
    if (found == nullptr) return std::nullopt;
    return found->class_id;
  };
  if (command.kind() == &kind_of<AddAssessment>) return command.get<AddAssessment>().class_id;
  if (command.kind() == &kind_of<CorrectAssessment>) return of_assessment(command.get<CorrectAssessment>().id);
  if (command.kind() == &kind_of<RecordResult>) return of_assessment(command.get<RecordResult>().assessment);
  if (command.kind() != &kind_of<CorrectResult>) return std::nullopt;
  const Result* result = rows.results.find(command.get<CorrectResult>().id);
  if (result == nullptr) return std::nullopt;
  return of_assessment(result->assessment);
}

// A teacher's own are the classes that they teach.
bool is_own(Tables& tables, const Person& person, const Value& command) {
  if (!person.teacher) return false;
  auto class_id = class_of(tables, command);
  return class_id && teaches(tables, *person.teacher, *class_id);
}

// Whether the student has a place in the class, or had.
bool has_place(Tables& tables, const Id<Student>& student, const Id<Class>& class_id) {
  return Rows{tables}.enrolment_pairs.holder(class_id, student).has_value();
}

// What a person may read: of themselves, of the classes that they teach or have a place in, and whom they meet there.
// Terms and courses are everybody's.
class Own {
 public:
  Own(Tables& tables, const Person& person) : tables_(tables), person_(person) {}

  bool is(const Term&) const { return true; }
  bool is(const Course&) const { return true; }
  bool is(const Class& each) const { return is_taught(each.id) || has_own_place(each.id); }
  bool is(const Student& each) const {
    if (person_.student == each.id.value) return true;
    return person_.teacher && meets(Id<Teacher>{*person_.teacher}, each.id);
  }
  bool is(const Teacher& each) const {
    if (person_.teacher == each.id.value) return true;
    return person_.student && meets(each.id, Id<Student>{*person_.student});
  }
  bool is(const Enrolment& each) const { return person_.student == each.student.value || is_taught(each.class_id); }
  bool is(const TeachingAssignment& each) const { return is_taught(each.class_id) || has_own_place(each.class_id); }
  bool is(const Assessment& each) const { return is_taught(each.class_id) || has_own_place(each.class_id); }
  bool is(const Result& each) const {
    if (person_.student == each.student.value) return true;
    return is_taught(existing(Rows{tables_}.assessments, each.assessment).class_id);
  }

 private:
  bool is_taught(const Id<Class>& id) const { return person_.teacher && teaches(tables_, *person_.teacher, id); }
  bool has_own_place(const Id<Class>& id) const {
    return person_.student && has_place(tables_, Id<Student>{*person_.student}, id);
  }
  // The teacher teaches a class in which the student has a place, or had.
  bool meets(const Id<Teacher>& teacher, const Id<Student>& student) const {
    Rows rows{tables_};
    bool found = false;
    Members<&TeachingAssignment::teacher>(tables_).each(teacher, [&](const Id<TeachingAssignment>& id) {
      TeachingAssignment assignment = existing(rows.assignments, id);
      found = assignment.active && has_place(tables_, student, assignment.class_id);
      return !found;
    });
    return found;
  }

  Tables& tables_;
  const Person& person_;
};

bool is_own_entity(Tables& tables, const Person& person, const ValueKind& kind, const void* entity) {
  Own own(tables, person);
  return [&]<class... Each>(const std::tuple<Each...>*) {
    return ((&kind == &kind_of<Each> && own.is(*static_cast<const Each*>(entity))) || ...);
  }(static_cast<const Entities*>(nullptr));
}

}  // namespace
}  // namespace tenantry::roster

namespace tenantry::projections {

template <>
const Rulebook& rulebook_of<roster::Context>() {
  static const Rulebook rulebook = [] {
    auto made = make_rulebook<roster::Rows, roster::Command, roster::Event, roster::Entities>(&admit_open_tenant);
    made.is_own = &roster::is_own;
    made.is_own_entity = &roster::is_own_entity;
    made.statistics = {make_statistics_type<ClassStatistics>("roster"),
                       make_statistics_type<TenantStatistics>("roster")};
    return made;
  }();
  return rulebook;
}

}  // namespace tenantry::projections
