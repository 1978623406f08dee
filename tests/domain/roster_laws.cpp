// Laws that hold for every command, tried on long random walks over a small world, in which commands collide often.
//
// decide() reads only. What was accepted and applied makes no event when it is asked for again. Replay equals live.
// A class counts its active enrolments and never holds more than its capacity. An index names every holder and no more.
// A class lies within its term, a score within the assessment's limit. An enrolment has what belongs to its status.
// Seeds are fixed: a failure names the seed and the step.
#include <random>
#include <set>

#include "tests/domain/roster_samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {

class Walk {
 public:
  explicit Walk(std::uint32_t seed) : random_(seed) {}

  Command command() { return commands_[below(std::variant_size_v<Command>)](*this); }

 private:
  std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  bool rarely() { return below(6) == 0; }

  template <class Entity>
  Id<Entity> any(std::size_t count) {
    return id<Entity>(static_cast<std::uint8_t>(1 + below(count)));
  }
  std::string word() { return rarely() ? (rarely() ? " " : " b ") : std::string(1, static_cast<char>('a' + below(9))); }
  Date date() { return rarely() ? day("2024-02-10").plus_days(static_cast<int>(below(9))) : day("2024-02-10"); }
  Decimal number() { return rarely() ? Decimal{static_cast<int>(below(12'000)) - 500} : Decimal::whole(40); }
  int capacity() { return rarely() ? 0 : static_cast<int>(1 + below(4)); }
  bool flag() { return below(2) == 0; }
  std::optional<std::string> email() { return rarely() ? maybe("nowhere") : maybe(word() + "@example.org"); }

  template <class T>
  std::optional<T> maybe(T value) {
    return flag() ? std::optional<T>{value} : std::nullopt;
  }
  std::optional<std::string> maybe(const char* text) { return maybe(std::string{text}); }

  template <class T>
  static Command make(Walk& walk) {
    return walk.make_one(T{});
  }
  template <class... Ts>
  static std::array<Command (*)(Walk&), sizeof...(Ts)> makers(std::variant<Ts...>*) {
    return {&make<Ts>...};
  }

  Id<Term> term() { return any<Term>(3); }
  Id<Course> course() { return any<Course>(3); }
  Id<Class> a_class() { return any<Class>(4); }
  Id<Student> student() { return any<Student>(6); }
  Id<Teacher> teacher() { return any<Teacher>(4); }
  Id<Enrolment> enrolment() { return any<Enrolment>(20); }
  Id<TeachingAssignment> assignment() { return any<TeachingAssignment>(12); }
  Id<Assessment> assessment() { return any<Assessment>(6); }
  Id<Result> result() { return any<Result>(20); }

  AddTerm make_one(AddTerm) { return {term(), word(), date(), date()}; }
  CorrectTerm make_one(CorrectTerm) { return {term(), maybe(word()), maybe(date()), maybe(date())}; }
  AddCourse make_one(AddCourse) { return {course(), word(), word()}; }
  CorrectCourse make_one(CorrectCourse) { return {course(), maybe(word()), maybe(word())}; }
  OpenClass make_one(OpenClass) { return {a_class(), course(), term(), word(), capacity(), date(), date()}; }
  CorrectClass make_one(CorrectClass) {
    return {a_class(), maybe(word()), maybe(capacity()), maybe(date()), maybe(date())};
  }
  CloseClass make_one(CloseClass) { return {rarely() && rarely() ? a_class() : id<Class>(4)}; }
  RegisterStudent make_one(RegisterStudent) { return {student(), word(), maybe(word()), maybe(word()), email()}; }
  CorrectStudent make_one(CorrectStudent) {
    return {student(), maybe(word()), maybe(maybe(word())), maybe(maybe(word())), maybe(email())};
  }
  ReactivateStudent make_one(ReactivateStudent) { return {student()}; }
  DeactivateStudent make_one(DeactivateStudent) { return {rarely() && rarely() ? student() : id<Student>(6)}; }
  RegisterTeacher make_one(RegisterTeacher) { return {teacher(), word(), maybe(word()), maybe(word()), email()}; }
  CorrectTeacher make_one(CorrectTeacher) {
    return {teacher(), maybe(word()), maybe(maybe(word())), maybe(maybe(word())), maybe(email())};
  }
  ReactivateTeacher make_one(ReactivateTeacher) { return {teacher()}; }
  DeactivateTeacher make_one(DeactivateTeacher) { return {rarely() && rarely() ? teacher() : id<Teacher>(4)}; }
  EnrolStudent make_one(EnrolStudent) { return {enrolment(), a_class(), student(), maybe(date())}; }
  WithdrawStudent make_one(WithdrawStudent) { return {enrolment(), maybe(date()), maybe(word())}; }
  ReEnrolStudent make_one(ReEnrolStudent) { return {enrolment(), maybe(date())}; }
  CompleteEnrolment make_one(CompleteEnrolment) {
    return {rarely() ? enrolment() : id<Enrolment>(20), flag() ? Outcome::pass : Outcome::fail, maybe(date())};
  }
  ReopenEnrolment make_one(ReopenEnrolment) { return {enrolment()}; }
  CorrectEnrolment make_one(CorrectEnrolment) {
    return {enrolment(),          maybe(maybe(date())), maybe(maybe(date())),
            maybe(maybe(date())), maybe(maybe(word())), flag() ? std::nullopt : maybe(Outcome::distinction)};
  }
  AssignTeacher make_one(AssignTeacher) {
    return {assignment(), a_class(), teacher(), flag() ? TeachingRole::lead : TeachingRole::assistant};
  }
  UnassignTeacher make_one(UnassignTeacher) { return {assignment()}; }
  AddAssessment make_one(AddAssessment) {
    return {assessment(), a_class(), word(), word(), number(), number(), maybe(date()), flag()};
  }
  CorrectAssessment make_one(CorrectAssessment) {
    return {assessment(),    maybe(word()),        maybe(word()), maybe(number()),
            maybe(number()), maybe(maybe(date())), maybe(flag())};
  }
  RecordResult make_one(RecordResult) {
    return {result(), assessment(), student(), maybe(number()), maybe(date()), flag()};
  }
  CorrectResult make_one(CorrectResult) { return {result(), maybe(maybe(number())), maybe(maybe(date()))}; }

  std::mt19937 random_;
  std::array<Command (*)(Walk&), std::variant_size_v<Command>> commands_ = makers(static_cast<Command*>(nullptr));
};

void require_places_are_counted(const RosterMemory& memory) {
  std::map<Id<Class>, int> active;
  for (const auto& [id, row] : memory.enrolments.content()) {
    if (row.status == EnrolmentStatus::active) ++active[row.class_id];
  }
  for (const auto& [id, row] : memory.classes.content()) {
    REQUIRE(row.enrolled == active[id]);
    REQUIRE(row.enrolled <= row.capacity);
  }
}

void require_enrolments_fit_their_status(const RosterMemory& memory) {
  for (const auto& [id, row] : memory.enrolments.content()) {
    REQUIRE(row.outcome.has_value() == (row.status == EnrolmentStatus::completed));
    if (row.status != EnrolmentStatus::completed) REQUIRE_FALSE(row.completed_on);
    if (row.status != EnrolmentStatus::withdrawn) REQUIRE_FALSE((row.withdrawn_on || row.withdrawal_reason));
    for (const auto& end : {row.withdrawn_on, row.completed_on}) {
      if (row.enrolled_on && end) REQUIRE(*row.enrolled_on <= *end);
    }
  }
}

void require_values_fit(const RosterMemory& memory) {
  for (const auto& [id, row] : memory.classes.content()) {
    const Term& term = memory.terms.at(row.term);
    REQUIRE(row.starts_on >= term.starts_on);
    REQUIRE(row.ends_on <= term.ends_on);
  }
  for (const auto& [id, row] : memory.results.content()) {
    REQUIRE((!row.score || *row.score <= score_limit(memory.assessments.at(row.assessment))));
  }
}

template <class Entity>
void require_index_is(const support::MemoryIndex<Entity>& index, const support::MemoryTable<Entity>& table,
                      auto value_of) {
  REQUIRE(index.content().size() == table.content().size());
  for (const auto& [id, row] : table.content()) REQUIRE(index.content().at(value_of(row)) == id);
}

void require_indexes_name_the_rows(const RosterMemory& memory) {
  require_index_is(memory.term_names, memory.terms, [](const auto& row) { return row.name; });
  require_index_is(memory.course_codes, memory.courses, [](const auto& row) { return row.code; });
  require_index_is(memory.student_numbers, memory.students, [](const auto& row) { return row.number; });
  require_index_is(memory.teacher_numbers, memory.teachers, [](const auto& row) { return row.number; });
  require_index_is(memory.enrolment_pairs, memory.enrolments,
                   [](const auto& row) { return pair_key(row.class_id, row.student); });
  require_index_is(memory.assignment_pairs, memory.assignments,
                   [](const auto& row) { return pair_key(row.class_id, row.teacher); });
  require_index_is(memory.result_pairs, memory.results,
                   [](const auto& row) { return pair_key(row.assessment, row.student); });
}

// What a walk has met, so that the test can tell that it was a walk through everything.
struct Met {
  std::set<std::size_t> commands_with_events;
  std::set<Refused> refusals;
};

void walk(std::uint32_t seed, int steps, Met& met) {
  Walk source{seed};
  RosterMemory memory;
  std::vector<Event> history;
  for (int step = 0; step < steps; ++step) {
    INFO("seed " << seed << ", step " << step);
    Command command = source.command();
    auto decision = support::decide_reading(memory, command);
    if (!decision) {
      met.refusals.insert(decision.error().code);
      continue;
    }
    if (decision->events.empty()) continue;
    met.commands_with_events.insert(command.index());
    for (const Event& event : decision->events) {
      apply(memory.rows, event);
      history.push_back(event);
    }
    auto again = support::decide_reading(memory, command);
    INFO("command " << command.index());
    REQUIRE(again.has_value());
    REQUIRE(again->events.empty());
    REQUIRE(again->subject == decision->subject);
    require_places_are_counted(memory);
    require_values_fit(memory);
    require_enrolments_fit_their_status(memory);
  }
  require_indexes_name_the_rows(memory);
  REQUIRE(support::same_content(*support::replayed<RosterMemory>(history), memory));
}

}  // namespace

TEST_CASE("the laws of the roster hold on random walks, which meet every command and every refusal") {
  Met met;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) walk(seed, 1500, met);
  CHECK(met.commands_with_events.size() == std::variant_size_v<Command>);
  for (int code = 0; code <= static_cast<int>(Refused::result_recorded); ++code) {
    INFO(text(static_cast<Refused>(code)));
    CHECK(met.refusals.contains(static_cast<Refused>(code)));
  }
}

}  // namespace tenantry::roster
