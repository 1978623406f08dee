// The queue of a partition is shared: turns, order within a tenant, and how much one tenant may have waiting.
#include <algorithm>
#include <set>
#include <thread>

#include "domain/roster/events.hpp"
#include "tests/events/engine_fixture.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

using Sent = std::future<std::vector<Outcome>>;

// Nothing moves until go_on(): one append waits, and behind it one full batch of `decided` commands of the school.
struct StoppedFixture : Fixture {
  StoppedFixture(const EngineOptions& options, int decided) : Fixture(options) {
    log.pause();
    first.push_back(send(students(-decided - 1, -decided)));
    log.wait_until_an_append_waits();
    first.push_back(send(students(-decided, 0)));
    wait_until_queued(0);
  }
  void wait_until_queued(std::int64_t count) {
    while (engine->counters().queued != count) std::this_thread::yield();
  }
  void go_on() {
    log.go_on();
    for (Sent& sent : first) {
      for (const Outcome& outcome : sent.get()) CHECK(std::holds_alternative<Done>(outcome));
    }
  }

  std::vector<Sent> first;
};

std::vector<TenantId> tenants_in_log(Fixture& fixture) {
  std::vector<TenantId> tenants;
  for (const std::string& bytes : fixture.log.records()) {
    tenants.push_back(decode_record(bytes).value().attributes.tenant);
  }
  return tenants;
}

bool all_done(Sent& sent) {
  return std::ranges::all_of(sent.get(), [](const Outcome& outcome) { return std::holds_alternative<Done>(outcome); });
}

std::string why_overloaded(Sent sent) {
  auto outcomes = sent.get();
  REQUIRE(is_failure(outcomes[0], Failure::Kind::overloaded));
  return std::get<Failure>(outcomes[0]).detail;
}

}  // namespace

TEST_CASE("a single command waits for one turn of a neighbour that has ten thousand queued before it") {
  constexpr int batch = 1'024, turn = 64;
  StoppedFixture fixture({.batch_commands_max = batch, .turn_commands_max = turn}, batch);
  Sent load = fixture.send(students(0, 10'000));
  fixture.wait_until_queued(10'000);
  Sent single = fixture.send(students(0, 1), false, college);
  fixture.go_on();
  CHECK(all_done(load));
  CHECK(all_done(single));
  auto tenants = tenants_in_log(fixture);
  REQUIRE(tenants.size() == 1 + batch + 10'000 + 1);
  auto place = std::ranges::find(tenants, college) - tenants.begin();
  CHECK(place <= 1 + batch + turn);
  CHECK(place >= 1 + batch);
}

TEST_CASE("tenants have turns of the same length, however many requests theirs come in") {
  StoppedFixture fixture({.batch_commands_max = 50, .turn_commands_max = 8}, 50);
  Sent load = fixture.send(students(0, 40));
  std::vector<Sent> singles;
  for (int number = 0; number < 40; ++number)
    singles.push_back(fixture.send(students(number, number + 1), false, college));
  fixture.go_on();
  CHECK(all_done(load));
  for (Sent& single : singles) CHECK(all_done(single));
  auto tenants = tenants_in_log(fixture);
  REQUIRE(tenants.size() == 51 + 80);
  for (int index = 0; index < 80; ++index) CHECK(tenants[51 + index] == (index / 8 % 2 == 0 ? school : college));
}

TEST_CASE("turns keep the order of each tenant's commands") {
  StoppedFixture fixture({.batch_commands_max = 10, .turn_commands_max = 4}, 10);
  std::vector<Sent> sent;
  for (int from = 0; from < 60; from += 6) {
    for (TenantId tenant : {school, college}) sent.push_back(fixture.send(students(from, from + 6), false, tenant));
  }
  fixture.go_on();
  for (Sent& each : sent) CHECK(all_done(each));
  std::map<TenantId, std::vector<std::string>> numbers;
  auto records = fixture.log.records();
  for (const std::string& bytes : std::vector(records.begin() + 11, records.end())) {
    RecordView record = decode_record(bytes).value();
    Value event = decode_event(record.attributes.type, record.data).value();
    numbers[record.attributes.tenant].push_back(event.get<roster::StudentRegistered>().number);
  }
  for (TenantId tenant : {school, college}) {
    REQUIRE(numbers[tenant].size() == 60);
    for (int number = 0; number < 60; ++number) CHECK(numbers[tenant][number] == "s" + std::to_string(number));
  }
}

TEST_CASE("an all-or-nothing group is decided whole within a turn") {
  StoppedFixture fixture({.batch_commands_max = 50, .turn_commands_max = 4}, 50);
  Sent before = fixture.send(students(0, 10));
  Sent group = fixture.send(students(0, 30), true, college);
  Sent after = fixture.send(students(10, 20));
  fixture.go_on();
  for (Sent* sent : {&before, &group, &after}) CHECK(all_done(*sent));
  auto tenants = tenants_in_log(fixture);
  REQUIRE(tenants.size() == 51 + 50);
  auto first = std::ranges::find(tenants, college);
  CHECK(first - tenants.begin() == 51 + 4);
  CHECK(std::all_of(first, first + 30, [](TenantId tenant) { return tenant == college; }));
}

TEST_CASE("one tenant may have half of the queue, and there is room for those who have little") {
  const TenantId third{fresh_id()}, fourth{fresh_id()}, fifth{fresh_id()};
  StoppedFixture fixture({.batch_commands_max = 1, .queue_commands_max = 120, .turn_commands_max = 10}, 1);
  std::vector<Sent> accepted;
  accepted.push_back(fixture.send(students(0, 60)));
  CHECK(
      why_overloaded(fixture.send(students(60, 61))) ==
      "of the 60 commands that one tenant may have in the queue of partition events-0, 60 of this tenant wait already");
  accepted.push_back(fixture.send(students(0, 40), false, college));
  CHECK(why_overloaded(fixture.send(students(0, 11), false, third)) ==
        "other tenants fill the queue: of the 60 commands that one tenant may have in the queue of partition events-0, "
        "0 of this tenant wait already");
  accepted.push_back(fixture.send(students(0, 10), false, third));
  accepted.push_back(fixture.send(students(0, 10), false, fourth));
  CHECK(fixture.engine->counters().queued == 120);
  why_overloaded(fixture.send(students(0, 1), false, fifth));
  CHECK(fixture.engine->counters().overloaded == 3);
  fixture.go_on();
  for (Sent& sent : accepted) CHECK(all_done(sent));
  CHECK(fixture.engine->counters().queued == 0);
  CHECK(std::holds_alternative<Done>(fixture.one(register_student("1"), fifth)));
}

TEST_CASE("a release between turns answers every tenant's commands once, and their keys are free again") {
  StoppedFixture fixture({.batch_commands_max = 10, .turn_commands_max = 4}, 10);
  std::map<TenantId, Sent> loads;
  IdempotencyKey key{.key = {1}, .payload = {1}};
  for (TenantId tenant : {school, college}) {
    auto commands = students(100, 120);
    commands.push_back(register_student("keyed", key));
    loads.emplace(tenant, fixture.send(std::move(commands), false, tenant));
  }
  auto released = std::async(std::launch::async, [&] { fixture.engine->release({partition}); });
  while (fixture.engine->serves(partition)) std::this_thread::yield();
  fixture.go_on();
  released.get();
  CHECK(fixture.engine->counters().queued == 0);
  std::map<TenantId, std::size_t> written;
  for (TenantId tenant : tenants_in_log(fixture)) ++written[tenant];
  written[school] -= 11;
  for (auto& [tenant, load] : loads) {
    auto outcomes = load.get();
    REQUIRE(outcomes.size() == 21);
    for (std::size_t index = 0; index < outcomes.size(); ++index) {
      bool is_written = index < written[tenant];
      CHECK(std::holds_alternative<Done>(outcomes[index]) == is_written);
      CHECK(is_failure(outcomes[index], Failure::Kind::not_served) == !is_written);
    }
  }
  REQUIRE(fixture.engine->serve(partition));
  for (TenantId tenant : {school, college}) {
    CHECK_FALSE(std::get<Done>(fixture.one(register_student("keyed", key), tenant)).replayed);
  }
}
