// The engine alone: order, group commit, pipelining, idempotency, all-or-nothing, and what a failing log leaves behind.
#include <thread>

#include "domain/roster/events.hpp"
#include "events/engine/precondition.hpp"
#include "events/identifiers.hpp"
#include "tests/events/engine_fixture.hpp"

using namespace tenantry;
using namespace tenantry::test;

TEST_CASE("an accepted command is in the log, with its origin and the tenant's next sequence") {
  Fixture fixture;
  auto outcome = fixture.one(register_student("1"));
  REQUIRE(std::get<Done>(outcome).last_sequence == 1);
  REQUIRE(std::get<Done>(fixture.one(register_student("2"))).last_sequence == 2);
  auto records = fixture.log.records();
  REQUIRE(records.size() == 2);
  auto record = decode_record(records[1]).value();
  CHECK(record.attributes.tenant == school);
  CHECK(record.attributes.sequence == 2);
  CHECK(record.attributes.auth_id == "registrar");
  CHECK(record.attributes.source == "/tenants/" + school.text());
  CHECK(record.attributes.type == "tenantry.roster.student-registered.v2");
}

TEST_CASE("a refusal writes nothing and says why") {
  Fixture fixture;
  auto outcome = fixture.one(register_student("refused"));
  CHECK(std::get<Refusal>(outcome).field == "number");
  CHECK(fixture.log.records().empty());
}

TEST_CASE("a command is decided against the command before it in the same batch") {
  Fixture fixture;
  std::vector<CommandRequest> commands;
  commands.push_back(register_student("7"));
  commands.push_back(register_student("7"));
  auto outcomes = fixture.send(std::move(commands)).get();
  CHECK(std::holds_alternative<Done>(outcomes[0]));
  CHECK(std::holds_alternative<Refusal>(outcomes[1]));
}

TEST_CASE("what gathers while an append is under way is appended in one batch, decided on top of it") {
  Fixture fixture;
  fixture.log.pause();
  auto first = fixture.send(students(0, 1));
  fixture.log.wait_until_an_append_waits();
  std::vector<std::future<std::vector<Outcome>>> others;
  for (int number = 0; number < 20; ++number) others.push_back(fixture.send(students(number, number + 1)));
  fixture.log.go_on();
  CHECK(std::holds_alternative<Done>(first.get()[0]));
  CHECK(std::holds_alternative<Refusal>(others[0].get()[0]));  // number 0 is in the batch before, not yet durable
  for (int number = 1; number < 20; ++number) CHECK(std::holds_alternative<Done>(others[number].get()[0]));
  CHECK(fixture.log.append_sizes() == std::vector<std::size_t>{1, 19});
}

TEST_CASE("a rejected append fails its batch and everything decided on top of it, and leaves no trace") {
  Fixture fixture;
  fixture.log.pause();
  auto first = fixture.send(students(0, 1));
  fixture.log.wait_until_an_append_waits();
  auto second = fixture.send(students(0, 2));
  while (fixture.engine->counters().queued > 0) std::this_thread::yield();  // until it was decided on top of the first
  fixture.log.fail_next(FakeLog::Fault::rejected);
  fixture.log.go_on();
  CHECK(is_failure(first.get()[0], Failure::Kind::not_written));
  for (const Outcome& outcome : second.get()) CHECK(is_failure(outcome, Failure::Kind::not_written));
  CHECK(fixture.log.records().empty());
  CHECK(std::get<Done>(fixture.one(register_student("0"))).last_sequence == 1);
}

TEST_CASE("an append of unknown outcome is answered as unknown, and the key finds out") {
  Fixture fixture;
  auto key = make_idempotency_key("key", "payload");
  SECTION("it was appended after all") {
    fixture.log.fail_next(FakeLog::Fault::unknown_present);
    CHECK(is_failure(fixture.one(register_student("1", key)), Failure::Kind::unknown));
    auto again = std::get<Done>(fixture.one(register_student("1", key)));
    CHECK(again.replayed);
    CHECK(again.last_sequence == 1);
    CHECK(fixture.log.records().size() == 1);
  }
  SECTION("it was not") {
    fixture.log.fail_next(FakeLog::Fault::unknown_absent);
    CHECK(is_failure(fixture.one(register_student("1", key)), Failure::Kind::unknown));
    auto again = std::get<Done>(fixture.one(register_student("1", key)));
    CHECK_FALSE(again.replayed);
    CHECK(fixture.log.records().size() == 1);
  }
}

TEST_CASE("an append that turns out to have happened is announced, without another command") {
  Fixture fixture;
  fixture.log.fail_next(FakeLog::Fault::unknown_present);
  CHECK(is_failure(fixture.one(register_student("1")), Failure::Kind::unknown));
  fixture.wait_until_announced(school, 1);
  CHECK(fixture.state.tenants()[school].sequence == 1);
}

TEST_CASE("a state that cannot be written catches up from the log before anything else is decided") {
  Fixture fixture;
  fixture.state.commits_to_fail = 1;
  CHECK(is_failure(fixture.one(register_student("1")), Failure::Kind::unknown));
  CHECK(std::holds_alternative<Refusal>(fixture.one(register_student("1"))));
  CHECK(fixture.state.tenants()[school].sequence == 1);
}

TEST_CASE("while the state cannot catch up, commands fail without being written") {
  Fixture fixture;
  fixture.log.fail_next(FakeLog::Fault::rejected);
  fixture.state.catch_ups_to_fail = 1000;
  fixture.one(register_student("1"));
  CHECK(is_failure(fixture.one(register_student("2")), Failure::Kind::not_written));
  CHECK(fixture.log.records().empty());
  fixture.state.catch_ups_to_fail = 0;
  CHECK(std::holds_alternative<Done>(fixture.one(register_student("2"))));
}

TEST_CASE("a state that cannot catch up says why, and being asked makes it try again") {
  Fixture fixture;
  CHECK(fixture.engine->trouble(partition).empty());
  fixture.log.fail_next(FakeLog::Fault::rejected);
  fixture.state.catch_ups_to_fail = 1'000'000;
  fixture.one(register_student("1"));
  while (fixture.engine->trouble(partition).empty()) std::this_thread::yield();
  CHECK(fixture.engine->trouble(partition).find("the log cannot be read") != std::string::npos);
  CHECK(fixture.engine->counters().catch_up_failures > 0);
  fixture.state.catch_ups_to_fail = 0;
  while (!fixture.engine->trouble(partition).empty()) std::this_thread::yield();  // without a command
  CHECK(std::holds_alternative<Done>(fixture.one(register_student("1"))));
}

TEST_CASE("a rule that throws fails its command alone, and is not remembered") {
  Fixture fixture;
  auto key = make_idempotency_key("key", "payload");
  CHECK(is_failure(fixture.one(register_student("throws", key)), Failure::Kind::state_failed));
  CHECK(std::holds_alternative<Done>(fixture.one(register_student("1", key))));
  CHECK(fixture.engine->counters().append_failures == 0);
}

TEST_CASE("what fails inside for one tenant takes nothing from the others of its batch") {
  Fixture fixture;
  bool by_applying = GENERATE(false, true);
  std::string bad = by_applying ? "throws when applied" : "throws";
  fixture.log.pause();
  auto first = fixture.send(students(0, 1));  // while it is written, the next batch gathers
  fixture.log.wait_until_an_append_waits();
  std::vector<CommandRequest> three;
  three.push_back(register_student("before"));
  three.push_back(register_student(bad));
  three.push_back(register_student("after"));
  auto second = fixture.send(std::move(three));
  auto whole = fixture.send(
      [&] {
        std::vector<CommandRequest> two;
        two.push_back(register_student("of a group"));
        two.push_back(register_student(bad));
        return two;
      }(),
      true);
  fixture.log.go_on();
  auto outcomes = second.get();
  CHECK(std::holds_alternative<Done>(outcomes[0]));
  CHECK(is_failure(outcomes[1], Failure::Kind::state_failed));
  REQUIRE(std::holds_alternative<Done>(outcomes[2]));
  CHECK(std::get<Done>(outcomes[2]).last_sequence == std::get<Done>(outcomes[0]).last_sequence + 1);
  auto group = whole.get();
  CHECK(is_failure(group[0], Failure::Kind::rolled_back));
  CHECK(is_failure(group[1], Failure::Kind::state_failed));
  CHECK(fixture.log.records().size() == 3);
  CHECK(std::holds_alternative<Done>(fixture.one(register_student("of a group"))));
}

TEST_CASE("an idempotency key is answered once") {
  Fixture fixture;
  auto key = make_idempotency_key("key", "payload");
  auto first = std::get<Done>(fixture.one(register_student("1", key)));
  auto again = std::get<Done>(fixture.one(register_student("1", key)));
  CHECK_FALSE(first.replayed);
  CHECK(again.replayed);
  CHECK(again.subject == first.subject);
  CHECK(again.last_sequence == first.last_sequence);
  CHECK(fixture.log.records().size() == 1);
  CHECK(
      is_failure(fixture.one(register_student("2", make_idempotency_key("key", "other"))), Failure::Kind::key_reused));
}

TEST_CASE("what made no event is remembered for its key as well") {
  Fixture fixture;
  auto key = make_idempotency_key("key", "payload");
  CHECK(std::holds_alternative<Refusal>(fixture.one(register_student("refused", key))));
  auto again = fixture.one(register_student("9", key));
  REQUIRE(std::holds_alternative<ReplayedRefusal>(again));
  CHECK(std::get<ReplayedRefusal>(again).refusal.field == "number");
  CHECK(
      is_failure(fixture.one(register_student("9", make_idempotency_key("key", "other"))), Failure::Kind::key_reused));
  auto held = make_idempotency_key("held", "payload");
  auto first = std::get<Done>(fixture.one(register_student("held", held)));
  CHECK(first.event_count == 0);
  CHECK_FALSE(first.replayed);
  CHECK(std::get<Done>(fixture.one(register_student("held", held))).replayed);
}

TEST_CASE("a key whose first command is not answered yet is in flight") {
  Fixture fixture;
  auto key = make_idempotency_key("key", "payload");
  fixture.log.pause();
  std::vector<CommandRequest> commands;
  commands.push_back(register_student("1", key));
  auto first = fixture.send(std::move(commands));
  fixture.log.wait_until_an_append_waits();
  CHECK(is_failure(fixture.one(register_student("1", key)), Failure::Kind::key_in_flight));
  fixture.log.go_on();
  CHECK(std::holds_alternative<Done>(first.get()[0]));
  CHECK(std::get<Done>(fixture.one(register_student("1", key))).replayed);
}

TEST_CASE("a precondition on another version fails the command") {
  Fixture fixture;
  Id<roster::Student> id{fresh_id()};
  fixture.one(register_student("1", {}, {}, id));
  auto at = [&](std::vector<std::uint64_t> versions) { return Precondition{subject_of(id), std::move(versions)}; };
  CHECK(is_failure(fixture.one(register_student("2", {}, at({9}))), Failure::Kind::precondition_failed));
  CHECK(is_failure(fixture.one(register_student("2", {}, at({}))), Failure::Kind::precondition_failed));
  CHECK(std::holds_alternative<Done>(fixture.one(register_student("2", {}, at({9, 1})))));
}

TEST_CASE("a precondition says by its header which part does not hold, the first one first") {
  auto field = [](const Precondition& precondition) {
    auto failure = unmet(precondition, {.sequence = 7, .modified = Instant{5'900}});
    return failure ? failure->field : std::string{"met"};
  };
  CHECK(field({}) == "met");
  CHECK(field({.is_one_of = {{3, 7}}}) == "met");
  CHECK(field({.is_one_of = {{3}}, .is_absent = true}) == "If-Match");
  CHECK(field({.unmodified_since = Instant{5'000}}) == "met");  // the same second
  CHECK(field({.unmodified_since = Instant{4'999}, .is_absent = true}) == "If-Unmodified-Since");
  CHECK(field({.is_absent = true}) == "If-None-Match");
  CHECK(field({.is_none_of = {6, 8}}) == "met");
  CHECK(field({.is_none_of = {6, 7}}) == "If-None-Match");
}

TEST_CASE("all or nothing: one failure takes everything back, and later commands see none of it") {
  Fixture fixture;
  std::vector<CommandRequest> commands = students(0, 3);
  commands.push_back(register_student("refused"));
  commands.push_back(register_student("s9"));
  auto outcomes = fixture.send(std::move(commands), true).get();
  for (int index : {0, 1, 2, 4}) CHECK(is_failure(outcomes[index], Failure::Kind::rolled_back));
  CHECK(std::holds_alternative<Refusal>(outcomes[3]));
  CHECK(fixture.log.records().empty());
  auto kept = fixture.send(students(0, 3), true).get();
  for (const Outcome& outcome : kept) CHECK(std::holds_alternative<Done>(outcome));
  CHECK(fixture.log.append_sizes() == std::vector<std::size_t>{3});
}

TEST_CASE("a submission larger than a batch is decided in slices, in order, and answered once") {
  Fixture fixture({.batch_commands_max = 10});
  auto outcomes = fixture.send(students(0, 95)).get();
  for (std::size_t index = 0; index < 95; ++index) CHECK(std::get<Done>(outcomes[index]).last_sequence == index + 1);
  for (std::size_t size : fixture.log.append_sizes()) CHECK(size <= 10);
}

TEST_CASE("a full queue refuses at once, and limits on a submission hold") {
  Fixture fixture({.queue_commands_max = 10, .submission_commands_max = 4, .atomic_commands_max = 2});
  CHECK(is_failure(fixture.send(students(0, 5)).get()[0], Failure::Kind::too_large));
  CHECK(is_failure(fixture.send(students(0, 3), true).get()[0], Failure::Kind::too_large));
  fixture.log.pause();
  auto first = fixture.send(students(0, 1));
  fixture.log.wait_until_an_append_waits();
  std::vector<std::future<std::vector<Outcome>>> waiting;
  std::size_t overloaded = 0;
  for (int number = 10; number < 60; number += 3) waiting.push_back(fixture.send(students(number, number + 3)));
  fixture.log.go_on();
  for (auto& future : waiting) overloaded += is_failure(future.get()[0], Failure::Kind::overloaded) ? 1 : 0;
  CHECK(overloaded > 0);
  CHECK(overloaded < waiting.size());
  CHECK(overloaded == fixture.engine->counters().overloaded.load());
  CHECK(fixture.engine->counters().queued.load() == 0);
}

TEST_CASE("an event beyond the record limit is refused and nothing of it is kept") {
  Fixture fixture({.record_bytes_max = 600});
  CHECK(is_failure(fixture.one(register_student(std::string(700, 'x'))), Failure::Kind::too_large));
  CHECK(std::get<Done>(fixture.one(register_student("1"))).last_sequence == 1);
}

TEST_CASE("a quarantined tenant's commands are refused with the reason; another tenant's go on") {
  Fixture fixture;
  fixture.state.quarantine(school, "event 7 cannot be applied");
  CHECK(is_failure(fixture.one(register_student("1")), Failure::Kind::quarantined));
  CHECK(std::holds_alternative<Done>(fixture.send(students(0, 1), false, college).get()[0]));
}

TEST_CASE("stopping answers what was taken and refuses the rest") {
  Fixture fixture;
  std::vector<std::future<std::vector<Outcome>>> sent;
  for (int number = 0; number < 50; ++number) sent.push_back(fixture.send(students(number, number + 1)));
  fixture.engine->stop();
  for (auto& future : sent) CHECK(std::holds_alternative<Done>(future.get()[0]));
  CHECK(is_failure(fixture.one(register_student("late")), Failure::Kind::overloaded));
}

TEST_CASE("many clients at once: every tenant's sequence is dense and in order, and state equals a replay") {
  Fixture fixture({.batch_commands_max = 16});
  std::vector<std::thread> clients;
  for (int client = 0; client < 8; ++client) {
    clients.emplace_back([&fixture, client] {
      TenantId tenant = client % 2 == 0 ? school : college;
      for (int number = 0; number < 100; ++number) {
        fixture.send({register_student(std::to_string(client) + "-" + std::to_string(number))}, false, tenant).get();
      }
    });
  }
  for (std::thread& client : clients) client.join();
  std::map<TenantId, std::uint64_t> last;
  for (const std::string& bytes : fixture.log.records()) {
    auto record = decode_record(bytes).value();
    CHECK(record.attributes.sequence == ++last[record.attributes.tenant]);
  }
  CHECK(last[school] == 400);
  CHECK(last[college] == 400);
  CHECK(fixture.state.tenants()[school].numbers.size() == 400);
}

TEST_CASE("a command id carries the key's hashes, and only then") {
  auto key = make_idempotency_key("key", "payload");
  CHECK(key_in_command_id(command_id(key, fresh_id())) == key);
  CHECK_FALSE(key_in_command_id(command_id(std::nullopt, fresh_id())));
  CHECK_FALSE(key_in_command_id("k-zz"));
}

namespace {

// What another owner of the partition would append.
std::string foreign_record(const std::string& number, std::uint64_t sequence) {
  roster::StudentRegistered event{Id<roster::Student>{fresh_id()}, number, "Ada", "Lovelace", {}};
  EncodedEvent encoded = encode_event(Value{event});
  Record record;
  record.attributes = {.id = fresh_id(),
                       .tenant = school,
                       .source = "/tenants/" + school.text(),
                       .type = encoded.type,
                       .subject = "students/" + event.id.text(),
                       .time = Instant::now(),
                       .sequence = sequence,
                       .owner_epoch = 7};
  record.data = encoded.data;
  std::string bytes;
  encode_record(record, bytes);
  return bytes;
}

}  // namespace

TEST_CASE("a partition that is not served takes no command and writes nothing") {
  auto fixture = Fixture::following();
  CHECK_FALSE(fixture->engine->serves(partition));
  CHECK(is_failure(fixture->one(register_student("1")), Failure::Kind::not_served));
  CHECK(fixture->log.records().empty());
}

TEST_CASE("a partition that is followed catches up and announces, and is served from there") {
  auto fixture = Fixture::following();
  REQUIRE(fixture->log.append(partition, {foreign_record("1", 1), foreign_record("2", 2)}));
  fixture->engine->follow(partition);
  fixture->wait_until_announced(school, 2);
  REQUIRE(fixture->log.append(partition, {foreign_record("3", 3)}));  // not announced by anybody: serve() finds it
  fixture->log.set_owner_epoch(9);
  REQUIRE(fixture->engine->serve(partition));
  CHECK(fixture->engine->serves(partition));
  CHECK(std::get<Done>(fixture->one(register_student("4"))).last_sequence == 4);
  CHECK(std::holds_alternative<Refusal>(fixture->one(register_student("3"))));
  CHECK(decode_record(fixture->log.records().back()).value().attributes.owner_epoch == 9);
}

TEST_CASE("a partition whose state cannot catch up is not served, and can be later") {
  auto fixture = Fixture::following();
  fixture->state.catch_ups_to_fail = 1;
  auto served = fixture->engine->serve(partition);
  REQUIRE_FALSE(served);
  CHECK(served.error().detail.find("the log cannot be read") != std::string::npos);
  CHECK(is_failure(fixture->one(register_student("1")), Failure::Kind::not_served));
  REQUIRE(fixture->engine->serve(partition));
  CHECK(std::get<Done>(fixture->one(register_student("1"))).last_sequence == 1);
}

TEST_CASE("a release finishes what is being appended and refuses the rest, whose keys are free again") {
  Fixture fixture({.batch_commands_max = 2});
  fixture.log.pause();
  IdempotencyKey key{.key = {1}, .payload = {1}};
  auto appended = fixture.send(students(0, 1));
  fixture.log.wait_until_an_append_waits();
  auto decided = fixture.send(students(1, 3));  // fills the batch that is decided meanwhile
  std::vector<CommandRequest> with_key;
  with_key.push_back(register_student("9", key));
  auto queued = fixture.send(std::move(with_key));
  auto released = std::async(std::launch::async, [&] { fixture.engine->release({partition}); });
  while (fixture.engine->serves(partition)) std::this_thread::yield();
  CHECK(is_failure(fixture.one(register_student("late")), Failure::Kind::not_served));
  CHECK(released.wait_for(std::chrono::milliseconds{20}) == std::future_status::timeout);
  fixture.log.go_on();
  released.get();
  CHECK(std::holds_alternative<Done>(appended.get()[0]));
  for (const Outcome& outcome : decided.get()) {
    CHECK((std::holds_alternative<Done>(outcome) || is_failure(outcome, Failure::Kind::not_served)));
  }
  CHECK(is_failure(queued.get()[0], Failure::Kind::not_served));
  std::size_t written = fixture.log.records().size();
  REQUIRE(fixture.engine->serve(partition));
  CHECK(std::get<Done>(fixture.one(register_student("9", key))).last_sequence == written + 1);
}

TEST_CASE("a load that a release cuts in two is answered line by line") {
  Fixture fixture({.batch_commands_max = 2});
  fixture.log.pause();
  auto load = fixture.send(students(0, 9));
  fixture.log.wait_until_an_append_waits();
  auto released = std::async(std::launch::async, [&] { fixture.engine->release({partition}); });
  while (fixture.engine->serves(partition)) std::this_thread::yield();
  fixture.log.go_on();
  released.get();
  auto outcomes = load.get();
  REQUIRE(outcomes.size() == 9);
  std::size_t written = fixture.log.records().size();
  for (std::size_t line = 0; line < outcomes.size(); ++line) {
    CAPTURE(line);
    if (line < written)
      CHECK(std::holds_alternative<Done>(outcomes[line]));
    else
      CHECK(is_failure(outcomes[line], Failure::Kind::not_served));
  }
  CHECK(is_failure(outcomes.back(), Failure::Kind::not_served));
}

TEST_CASE("releasing and serving over and over under load loses nothing and doubles nothing") {
  Fixture fixture;
  std::atomic<bool> over{false};
  std::atomic<std::size_t> done{0};
  std::vector<std::thread> clients;
  for (int client = 0; client < 4; ++client) {
    clients.emplace_back([&, client] {
      for (int number = 0; !over; ++number) {
        auto outcome = fixture.one(register_student(std::to_string(client) + '-' + std::to_string(number)));
        if (std::holds_alternative<Done>(outcome)) ++done;
      }
    });
  }
  for (int round = 0; round < 50; ++round) {
    fixture.engine->release({partition});
    std::size_t written = fixture.log.records().size();
    fixture.engine->follow(partition);
    std::this_thread::yield();
    CHECK(fixture.log.records().size() == written);
    REQUIRE(fixture.engine->serve(partition));
    while (fixture.log.records().size() < written + 4) std::this_thread::yield();
  }
  over = true;
  for (std::thread& client : clients) client.join();
  CHECK(fixture.log.records().size() == done);
  CHECK(fixture.state.tenants()[school].sequence == done);
}
