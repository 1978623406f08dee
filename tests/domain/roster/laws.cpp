// Laws that hold for every command, tried on long random walks over a small world, in which commands collide often.
//
// A rule only reads. What was accepted and applied makes no event when it is asked for again. Replay equals live.
// A class counts its active enrolments and never holds more than its capacity. An index names every holder and no more.
// A class lies within its term, a score within the assessment's limit. An enrolment has what belongs to its status.
// An event is about the entity that it changes, and throws where it cannot follow what there is.
// Seeds are fixed: a failure names the seed and the step.
#include <set>

#include "domain/contexts.hpp"
#include "tests/domain/roster/samples.hpp"
#include "tests/support/roster_commands.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {

void require_places_are_counted(const test::MemoryTables& tables) {
  std::map<Id<Class>, int> active;
  for (const auto& row : tables.all<Enrolment>()) {
    if (row.status == EnrolmentStatus::active) ++active[row.class_id];
  }
  for (const auto& row : tables.all<Class>()) {
    REQUIRE(row.enrolled == active[row.id]);
    REQUIRE(row.enrolled <= row.capacity);
  }
}

void require_enrolments_fit_their_status(const test::MemoryTables& tables) {
  for (const auto& row : tables.all<Enrolment>()) {
    REQUIRE(row.outcome.has_value() == (row.status == EnrolmentStatus::completed));
    if (row.status != EnrolmentStatus::completed) REQUIRE_FALSE(row.completed_on);
    if (row.status != EnrolmentStatus::withdrawn) REQUIRE_FALSE((row.withdrawn_on || row.withdrawal_reason));
    for (const auto& end : {row.withdrawn_on, row.completed_on}) {
      if (row.enrolled_on && end) REQUIRE(*row.enrolled_on <= *end);
    }
  }
}

void require_values_fit(const test::MemoryTables& tables) {
  for (const auto& row : tables.all<Class>()) {
    const Term& term = tables.at(row.term);
    REQUIRE(row.starts_on >= term.starts_on);
    REQUIRE(row.ends_on <= term.ends_on);
  }
  for (const auto& row : tables.all<Result>()) {
    REQUIRE((!row.score || *row.score <= score_limit(tables.at(row.assessment))));
  }
}

void require_indexes_name_the_rows(test::MemoryTables& tables) {
  Rows rows{tables};
  for (const auto& row : tables.all<Term>()) REQUIRE(rows.term_names.holder(row.name) == row.id);
  for (const auto& row : tables.all<Course>()) REQUIRE(rows.course_codes.holder(row.code) == row.id);
  for (const auto& row : tables.all<Student>()) REQUIRE(rows.student_numbers.holder(row.number) == row.id);
  for (const auto& row : tables.all<Teacher>()) REQUIRE(rows.teacher_numbers.holder(row.number) == row.id);
  for (const auto& row : tables.all<Enrolment>()) {
    REQUIRE(rows.enrolment_pairs.holder(row.class_id, row.student) == row.id);
  }
  for (const auto& row : tables.all<TeachingAssignment>()) {
    REQUIRE(rows.assignment_pairs.holder(row.class_id, row.teacher) == row.id);
  }
  for (const auto& row : tables.all<Result>()) {
    REQUIRE(rows.result_pairs.holder(row.assessment, row.student) == row.id);
  }
}

// An event that a rule made.
template <class... E>
test::AnyEvent event_of(const Value& value, const std::variant<E...>*) {
  std::optional<test::AnyEvent> event;
  ((value.get_if<E>() ? void(event = *value.get_if<E>()) : void()), ...);
  return event.value();
}

// What a walk has met, so that the test can tell that it was a walk through everything.
struct Met {
  std::set<std::size_t> commands_with_events;
  std::set<std::string_view> refusals;
};

void walk(std::uint32_t seed, int steps, Met& met) {
  test::RandomCommands source{seed};
  test::MemoryTables tables;
  test::Events history;
  for (int step = 0; step < steps; ++step) {
    INFO("seed " << seed << ", step " << step);
    Command command = source.command();
    auto decide = [&] { return std::visit([&](const auto& each) { return test::decide(tables, each); }, command); };
    Decision decision = decide();
    if (!decision) {
      met.refusals.insert(decision.error().type->word);
      continue;
    }
    if (decision->events.empty()) continue;
    met.commands_with_events.insert(command.index());
    for (const Value& event : decision->events) {
      history.push_back(event_of(event, static_cast<const Event*>(nullptr)));
      history.back().apply_to(tables);
    }
    Decision again = decide();
    INFO("command " << command.index());
    REQUIRE(again.has_value());
    REQUIRE(again->events.empty());
    REQUIRE(again->subject == decision->subject);
    require_places_are_counted(tables);
    require_values_fit(tables);
    require_enrolments_fit_their_status(tables);
  }
  require_indexes_name_the_rows(tables);
  REQUIRE(test::replayed(history) == tables);
}

}  // namespace

TEST_CASE("the laws of the roster hold on random walks, which meet every command and every refusal") {
  Met met;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) walk(seed, 1500, met);
  CHECK(met.commands_with_events.size() == std::variant_size_v<Command>);
  for (const RefusalType& type : refusals_of<Context>()) {
    INFO(type.word);
    CHECK(met.refusals.contains(type.word));
  }
}

TEST_CASE("an event is about the entity that it changes") {
  CHECK(subject(ada_enrolled).text() == "enrolments/" + ada_in_a.text());
  CHECK(subject(ada_withdrawn) == subject_of(ada_in_a));
  CHECK(subject(tom_assigned).text() == "teaching-assignments/" + tom_in_a.text());
  CHECK(subject(ada_essay_recorded).text() == "results/" + ada_essay.text());
  CHECK(subject(a_opened).text() == "classes/" + class_a.text());
}

TEST_CASE("an event that changes what is not there cannot be applied") {
  test::Events orphans = {TermCorrected{autumn, "Autumn", {}, {}},
                          CourseCorrected{algebra, "MAT-1", "Algebra"},
                          ClassCorrected{class_a, "A", 1, {}, {}},
                          ClassClosed{class_a},
                          StudentCorrected{ada, "S-1", "Ada", "Lovelace", {}},
                          StudentDeactivated{ada},
                          StudentReactivated{ada},
                          TeacherCorrected{tom, "T-1", "Tom", "Sawyer", {}},
                          TeacherDeactivated{tom},
                          TeacherReactivated{tom},
                          ada_enrolled,
                          ada_withdrawn,
                          StudentReEnrolled{ada_in_a, class_a, ada, {}},
                          ada_completed,
                          EnrolmentReopened{ada_in_a, class_a, ada},
                          StudentTransferred{ada_in_a, class_a, class_b, ada},
                          EnrolmentCorrected{ada_in_a, class_a, ada, {}, {}, {}, {}, {}},
                          TeacherUnassigned{tom_in_a, class_a, tom},
                          AssessmentCorrected{essay, class_a, "Essay", "homework", {}, {}, {}},
                          ResultCorrected{ada_essay, essay, ada, {}, {}}};
  for (const test::AnyEvent& event : orphans) {
    INFO("event about " << event.about().text());
    CHECK_THROWS_AS(test::replayed({event}), std::runtime_error);
  }
}

}  // namespace tenantry::roster
