// Time never runs backwards within a tenant, whatever the clock of the node does.
#include "tests/events/engine_fixture.hpp"
#include "tests/support/manual_clock.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

std::vector<std::int64_t> times_of(Fixture& fixture, TenantId tenant) {
  std::vector<std::int64_t> times;
  for (const std::string& bytes : fixture.log.records()) {
    if (is_answer_note(bytes)) {
      AnswerNote note = decode_answer_note(bytes).value();
      if (note.tenant == tenant) times.push_back(note.time.unix_ms - 1'700'000'000'000);
    } else {
      RecordView record = decode_record(bytes).value();
      if (record.attributes.tenant == tenant) times.push_back(record.attributes.time.unix_ms - 1'700'000'000'000);
    }
  }
  return times;
}

}  // namespace

TEST_CASE("a clock that is set back does not set a tenant back") {
  ManualClock clock{{1'700'000'000'000}};
  Fixture fixture({.clock = &clock});
  fixture.one(register_student("1"));
  clock.advance(-5'000);
  fixture.one(register_student("2"));
  fixture.one(register_student("1"), college);  // whose time this is no business of
  clock.advance(4'000);
  fixture.one(register_student("3"));
  clock.advance(4'000);
  fixture.one(register_student("4"));
  CHECK(times_of(fixture, school) == std::vector<std::int64_t>{0, 0, 0, 3'000});
  CHECK(times_of(fixture, college) == std::vector<std::int64_t>{-5'000});
}

TEST_CASE("the tenant's last time is known after a restart, on a node whose clock is behind") {
  ManualClock clock{{1'700'000'000'000}};
  Fixture fixture({.clock = &clock});
  fixture.one(register_student("1"));
  clock.advance(-5'000);
  fixture.restart();
  fixture.one(register_student("2"));
  CHECK(times_of(fixture, school) == std::vector<std::int64_t>{0, 0});
}

TEST_CASE("what was noted at a time is not followed by an earlier one") {
  ManualClock clock{{1'700'000'000'000}};
  Fixture fixture({.clock = &clock});
  fixture.one(register_student("1"));
  clock.advance(1'000);
  fixture.one(register_student("held", make_idempotency_key("k", "")));
  clock.advance(-5'000);
  fixture.one(register_student("held", make_idempotency_key("l", "")));
  fixture.one(register_student("2"));
  CHECK(times_of(fixture, school) == std::vector<std::int64_t>{0, 1'000, 1'000, 1'000});
}
