// What a command with an idempotency key is answered the second time: what held is in the log, refusals are remembered
// fairly, and only those that judged the command.
#include "tests/events/engine_fixture.hpp"

#include "events/engine/remembered_refusals.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

IdempotencyKey key_of(const std::string& key) {
  return make_idempotency_key(key, "payload");
}

bool is_replayed_refusal(const Outcome& outcome) {
  return std::holds_alternative<ReplayedRefusal>(outcome);
}

const Refusal taken{&roster::refused.student_number_taken, "number", "taken"};

}  // namespace

TEST_CASE("a keyed command that held is answered alike after a restart, although it made no event") {
  Fixture fixture;
  REQUIRE(std::get<Done>(fixture.one(register_student("1"))).last_sequence == 1);
  auto held = register_student("held", key_of("k"));
  Done first = std::get<Done>(fixture.one(held));
  CHECK(first.event_count == 0);
  CHECK(first.last_sequence == 1);
  CHECK_FALSE(first.replayed);
  CHECK(std::get<Done>(fixture.one(register_student("2"))).last_sequence == 2);  // a note takes no sequence
  fixture.restart();
  Done again = std::get<Done>(fixture.one(held));
  CHECK(again.replayed);
  again.replayed = false;
  CHECK(again == first);
  CHECK(is_failure(fixture.one(register_student("3", make_idempotency_key("k", "other"))), Failure::Kind::key_reused));
}

TEST_CASE("what held is noted in the log once, says who owned the partition, and counts as no event") {
  Fixture fixture;
  fixture.log.set_owner_epoch(9);
  fixture.one(register_student("1"));
  fixture.one(register_student("held", key_of("k")));
  fixture.one(register_student("held", key_of("k")));
  fixture.one(register_student("held"));  // without a key nothing is promised
  auto records = fixture.log.records();
  REQUIRE(records.size() == 2);
  REQUIRE(is_answer_note(records[1]));
  AnswerNote note = decode_answer_note(records[1]).value();
  CHECK(note.tenant == school);
  CHECK(note.owner_epoch == 9);
  CHECK(note.position == 1);
  CHECK(key_in_command_id(note.command_id) == key_of("k"));
  CHECK(note.subject.starts_with("students/"));
  CHECK(fixture.engine->counters().events == 1);
}

TEST_CASE("a key that comes twice in one load is answered once, also if it held") {
  Fixture fixture;
  fixture.one(register_student("1"));
  std::vector<CommandRequest> commands;
  commands.push_back(register_student("held", key_of("k")));
  commands.push_back(commands.front());
  auto outcomes = fixture.send(std::move(commands)).get();
  CHECK_FALSE(std::get<Done>(outcomes[0]).replayed);
  CHECK(std::get<Done>(outcomes[1]).replayed);
  CHECK(fixture.log.records().size() == 2);
}

TEST_CASE("a note of unknown outcome is found out by its key, and one that was not written is not answered") {
  Fixture fixture;
  fixture.one(register_student("1"));
  auto held = register_student("held", key_of("k"));
  SECTION("it was appended after all") {
    fixture.log.fail_next(FakeLog::Fault::unknown_present);
    CHECK(is_failure(fixture.one(held), Failure::Kind::unknown));
    CHECK(std::get<Done>(fixture.one(held)).replayed);
  }
  SECTION("it was refused") {
    fixture.log.fail_next(FakeLog::Fault::rejected);
    CHECK(is_failure(fixture.one(held), Failure::Kind::not_written));
    CHECK_FALSE(std::get<Done>(fixture.one(held)).replayed);
  }
  CHECK(fixture.log.records().size() == 2);
}

TEST_CASE("what held in a group that is taken back is not noted") {
  Fixture fixture;
  fixture.one(register_student("1"));
  auto held = register_student("held", key_of("k"));
  std::vector<CommandRequest> commands;
  commands.push_back(held);
  commands.push_back(register_student("refused"));
  CHECK(is_failure(fixture.send(std::move(commands), true).get()[0], Failure::Kind::rolled_back));
  CHECK(fixture.log.records().size() == 1);
  CHECK_FALSE(std::get<Done>(fixture.one(held)).replayed);
}

TEST_CASE("refusals of one tenant push out none of another's") {
  Fixture fixture({.remembered_refusals_max = 100, .remembered_refusals_of_tenant_max = 10});
  auto mine = register_student("refused", key_of("mine"));
  fixture.one(mine);
  for (int number = 0; number < 1'000; ++number) {
    fixture.one(register_student("refused", key_of(std::to_string(number))), college);
  }
  CHECK(is_replayed_refusal(fixture.one(mine)));
  CHECK(is_replayed_refusal(fixture.one(register_student("refused", key_of("999")), college)));
  CHECK_FALSE(is_replayed_refusal(fixture.one(register_student("refused", key_of("0")), college)));
  CHECK(fixture.engine->counters().refusals_remembered == 11);
  CHECK(fixture.engine->counters().refusals_forgotten == 991);
}

TEST_CASE("a refusal that judged nothing is not remembered") {
  Fixture fixture;
  CHECK(std::holds_alternative<Refusal>(fixture.one(register_student("suspended", key_of("k")))));
  CHECK(std::holds_alternative<Done>(fixture.one(register_student("1", key_of("k")))));
  const auto& refused = tenancy::refused;
  for (const RefusalType* type : {&refused.tenant_unknown, &refused.tenant_suspended, &refused.tenant_archived}) {
    CHECK_FALSE(judges({type, "", ""}));
  }
  for (const RefusalType* type :
       {&refused.tenant_exists, &refused.name_blank, &refused.reason_blank, &refused.timezone_unknown}) {
    CHECK(judges({type, "", ""}));
  }
  CHECK(judges(taken));
}

TEST_CASE("a refusal in a group was judged against what is taken back, and is judged anew") {
  Fixture fixture;
  auto second = register_student("1", key_of("k"));
  std::vector<CommandRequest> commands;
  commands.push_back(register_student("1"));
  commands.push_back(second);
  CHECK(std::holds_alternative<Refusal>(fixture.send(std::move(commands), true).get()[1]));
  CHECK(std::holds_alternative<Done>(fixture.one(second)));
}

TEST_CASE("when there is no room for refusals, the tenant that has most forgets its oldest") {
  RememberedRefusals refusals(100, 10);
  const TenantId academy{fresh_id()};
  for (int number = 0; number < 8; ++number)
    CHECK(refusals.remember(school, key_of(std::to_string(number)), taken) == 0);
  for (int number = 0; number < 2; ++number)
    CHECK(refusals.remember(college, key_of(std::to_string(number)), taken) == 0);
  CHECK(refusals.remember(academy, key_of("0"), taken) == 1);
  CHECK(refusals.size() == 10);
  CHECK_FALSE(refusals.find(school, key_of("0")));
  CHECK(refusals.find(school, key_of("1")));
  CHECK(refusals.find(college, key_of("0")));
  CHECK(refusals.find(academy, key_of("0")));
  CHECK(refusals.remember(academy, key_of("0"), taken) == 0);  // known already
  for (int number = 1; number < 50; ++number) refusals.remember(academy, key_of(std::to_string(number)), taken);
  CHECK(refusals.size() == 10);
  CHECK(refusals.find(college, key_of("0")));
  CHECK(refusals.find(school, key_of("7")));
}

TEST_CASE("who may not ask is refused before anything else, also with a key, and that is not remembered") {
  Fixture fixture;
  Principal without{.kind = Principal::Kind::user, .id = fresh_id()};
  fixture.state.set_without_access(school, without.id);
  auto command = register_student("1", key_of("k"));
  REQUIRE(std::holds_alternative<Done>(fixture.one(command)));
  fixture.origin.principal = without;
  auto is_ended = [](const Outcome& outcome) {
    const auto* refusal = std::get_if<Refusal>(&outcome);
    return refusal != nullptr && refusal->type == &access::refused.access_ended;
  };
  CHECK(is_ended(fixture.one(command)));
  auto fresh = register_student("2", key_of("k2"));
  CHECK(is_ended(fixture.one(fresh)));
  fixture.origin.principal.id = fresh_id();
  CHECK(std::get<Done>(fixture.one(fresh)).event_count == 1);
  CHECK(std::get<Done>(fixture.one(command)).replayed);
}
