// Laws that hold for every command, tried on long random walks over a small world, in which commands collide often.
//
// decide() reads only. What was accepted and applied makes no event when it is asked for again. Replay equals live.
// A class counts its active enrolments and never holds more than its capacity. An index names every holder and no more.
// A class lies within its term, a score within the assessment's limit. An enrolment has what belongs to its status.
// Seeds are fixed: a failure names the seed and the step.
#include <set>

#include "tests/domain/roster_samples.hpp"
#include "tests/support/roster_commands.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {

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
  RandomCommands source{seed};
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
