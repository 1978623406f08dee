// Stored answers are a function of the log, are found after a restart and a rebuild, and are forgotten in time.
#include "projections/answers.hpp"

#include "tests/projections/school.hpp"

using namespace tenantry;
using namespace tenantry::test;

TEST_CASE("an answer is found again after a restart and after a rebuild") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  auto key = make_idempotency_key("key", "payload");
  Id<roster::Course> course{fresh_id()};
  Value command = add_course("AAA", "Module AAA", course);
  Done first = school.done(tenant, command, key);
  CHECK_FALSE(first.replayed);
  school.close();
  school.open();
  Done again = school.done(tenant, command, key);
  CHECK(again.replayed);
  CHECK(again.subject == first.subject);
  CHECK(again.last_sequence == first.last_sequence);
  school.rebuild();
  CHECK(school.done(tenant, command, key).replayed);
  auto reused = school.send(tenant, command, make_idempotency_key("key", "other"));
  CHECK(std::get<Failure>(reused).kind == Failure::Kind::key_reused);
}

TEST_CASE("answers older than a day are forgotten, oldest first, as new ones come") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  const auto& database = school.partition().database();
  auto family = database.family(storage::tenant_family_name(tenant));
  projections::TenantChanges changes(tenant, database, family, nullptr);
  projections::Head head;
  auto remember = [&](const std::string& key, std::uint64_t sequence, std::int64_t unix_ms) {
    changes.set_event(sequence, Instant{unix_ms});
    projections::remember_answer(changes, head, command_id(make_idempotency_key(key, ""), {}), "courses/x");
  };
  auto is_kept = [&](const std::string& key) {
    return projections::find_answer(changes, make_idempotency_key(key, "")).has_value();
  };
  remember("a", 1, 0);
  remember("b", 2, 1000);
  remember("c", 3, projections::answers_kept_ms);  // exactly a day after a: kept
  CHECK(is_kept("a"));
  remember("d", 4, projections::answers_kept_ms + 500);
  CHECK_FALSE(is_kept("a"));
  CHECK(is_kept("b"));
  CHECK(is_kept("d"));
  CHECK(head.answers_next - head.answers_first == 3);
}

TEST_CASE("several events of one command share its answer") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  const auto& database = school.partition().database();
  projections::TenantChanges changes(tenant, database, nullptr, nullptr);
  projections::Head head;
  auto key = make_idempotency_key("key", "payload");
  for (std::uint64_t sequence : {5, 6, 7}) {
    changes.set_event(sequence, Instant{1});
    projections::remember_answer(changes, head, command_id(key, {}), "courses/x");
  }
  auto answer = projections::find_answer(changes, key);
  REQUIRE(answer);
  CHECK(answer->done.first_sequence == 5);
  CHECK(answer->done.last_sequence == 7);
  CHECK(answer->done.event_count == 3);
  CHECK(answer->payload == key.payload);
  CHECK(head.answers_next == 1);
}
