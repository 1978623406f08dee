// A process manager's command is decided once, and the log says what became of it.
#include "tests/events/engine_fixture.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

PendingWork work(const std::string& process = "roster.some-process") {
  return {.due = {1'700'000'000'000}, .about = {fresh_id()}, .process = process};
}

CommandRequest command_for(const PendingWork& work, const std::string& number) {
  CommandRequest request = register_student(number);
  request.pending_work = work;
  request.correlation_id = "a request";
  request.causation_id = "an event";
  return request;
}

// A fixture with something pending in the school; the fake state forgets it with a restart, as tables do not.
struct Pending : Fixture {
  PendingWork pending = work();
  Pending() { state.put_pending(school, pending); }
  bool is_pending() { return state.tenants()[school].pending.contains(pending); }
};

}  // namespace

TEST_CASE("what is pending is done once, and its events say so") {
  Pending fixture;
  Done first = std::get<Done>(fixture.one(command_for(fixture.pending, "1")));
  CHECK(first.event_count == 1);
  CHECK_FALSE(fixture.is_pending());
  Done again = std::get<Done>(fixture.one(command_for(fixture.pending, "2")));
  CHECK(again.replayed);
  CHECK(again.event_count == 0);
  auto records = fixture.log.records();
  REQUIRE(records.size() == 1);
  RecordView record = decode_record(records[0]).value();
  CHECK(work_in_command_id(record.attributes.command_id) == fixture.pending);
  CHECK(record.attributes.correlation_id == "a request");
  CHECK(record.attributes.causation_id == "an event");
}

TEST_CASE("what is pending twice in one submission, or in batches one on top of the other, is done once") {
  Pending fixture;
  std::vector<CommandRequest> commands;
  for (int number = 0; number < 3; ++number) {
    commands.push_back(command_for(fixture.pending, std::to_string(number)));
  }
  fixture.log.pause();
  auto first = fixture.send(commands);
  fixture.log.wait_until_an_append_waits();
  auto second = fixture.send({command_for(fixture.pending, "9")});
  fixture.log.go_on();
  CHECK(std::get<Done>(first.get()[0]).event_count == 1);
  CHECK(std::get<Done>(second.get()[0]).replayed);
  CHECK(fixture.log.records().size() == 1);
}

TEST_CASE("what held, and what a rule refused, is no longer pending, and is noted") {
  Pending fixture;
  bool held = GENERATE(true, false);
  fixture.one(command_for(fixture.pending, held ? "held" : "refused"));
  CHECK_FALSE(fixture.is_pending());
  auto records = fixture.log.records();
  REQUIRE(records.size() == 1);
  AnswerNote note = decode_answer_note(records[0]).value();
  CHECK(work_in_command_id(note.command_id) == fixture.pending);
  CHECK(note.refusal == (held ? "" : "student-number-taken"));
  CHECK(note.subject.empty() != held);
  CHECK(std::get<Done>(fixture.one(command_for(fixture.pending, "1"))).replayed);
  CHECK(fixture.log.records().size() == 1);
}

TEST_CASE("what was not judged stays pending") {
  Pending fixture;
  std::string number = GENERATE("suspended", "throws", "throws when applied");
  fixture.one(command_for(fixture.pending, number));
  CHECK(fixture.is_pending());
  CHECK(fixture.log.records().empty());
  CHECK(std::get<Done>(fixture.one(command_for(fixture.pending, "1"))).event_count == 1);
}

TEST_CASE("an append that failed leaves it pending, and one of unknown outcome is found out") {
  Pending fixture;
  SECTION("it was refused") {
    fixture.log.fail_next(FakeLog::Fault::rejected);
    CHECK(is_failure(fixture.one(command_for(fixture.pending, "1")), Failure::Kind::not_written));
    CHECK(fixture.is_pending());
    CHECK(std::get<Done>(fixture.one(command_for(fixture.pending, "1"))).event_count == 1);
  }
  SECTION("it was appended after all") {
    fixture.log.fail_next(FakeLog::Fault::unknown_present);
    CHECK(is_failure(fixture.one(command_for(fixture.pending, "refused")), Failure::Kind::unknown));
    CHECK(std::get<Done>(fixture.one(command_for(fixture.pending, "1"))).replayed);
  }
  CHECK(fixture.log.records().size() == 1);
}

TEST_CASE("one tenant's work is not another's") {
  Pending fixture;
  CHECK(std::get<Done>(fixture.one(command_for(fixture.pending, "1"), college)).replayed);
  CHECK(fixture.log.records().empty());
}
