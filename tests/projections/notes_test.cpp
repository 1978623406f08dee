// Notes of answers, and the tenant's last time, in the tables: live, replayed, retried and rebuilt alike.
#include "events/answer_note.hpp"
#include "projections/answers.hpp"
#include "projections/keys.hpp"
#include "projections/projector.hpp"
#include "tests/projections/school.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

std::string note_bytes(TenantId tenant, std::uint64_t position, Instant time, const std::string& key) {
  std::string command = command_id(make_idempotency_key(key, ""), {});
  std::string bytes;
  encode_answer_note({.id = fresh_id(),
                      .tenant = tenant,
                      .time = time,
                      .command_id = command,
                      .subject = "courses/x",
                      .position = position},
                     bytes);
  return bytes;
}

projections::Head head_of(School& school, TenantId tenant) {
  return projections::read_head(*school.store(tenant).get(projections::head_key()).value());
}

}  // namespace

TEST_CASE("what held is answered alike after a restart, a rebuild and the rebuild of its tenant, and undoes nothing") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  Id<roster::Course> course{fresh_id()};
  Value add = add_course("AAA", "Module AAA", course);
  school.done(tenant, add);
  auto key = make_idempotency_key("key", "payload");
  Value correct = correct_course(course, "Module AAA");
  Done first = school.done(tenant, correct, key);
  CHECK(first.event_count == 0);
  CHECK_FALSE(first.replayed);
  school.done(tenant, correct_course(course, "Renamed by somebody else"));
  auto live = school.digest(tenant);
  auto check = [&] {
    Done again = school.done(tenant, correct, key);
    CHECK(again.replayed);
    again.replayed = false;
    CHECK(again == first);
    CHECK(school.document(tenant, 'c', course.value).find("Renamed by somebody else") != std::string::npos);
    CHECK(school.digest(tenant).rows == live.rows);
    CHECK(school.digest(tenant).sequence == 3);
    CHECK(school.count(tenant, "s") == 3);  // a note is no event
    CHECK(school.partition().unreadable().empty());
  };
  check();
  school.close();
  school.open();
  check();
  school.rebuild();
  check();
  school.stop_engine();
  REQUIRE(school.partition().rebuild_tenant(tenant));
  school.start();
  check();
}

TEST_CASE("answers of a tenant that has only notes are forgotten after a day, too") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  const auto& database = school.partition().database();
  projections::TenantChanges changes(tenant, database, database.family(storage::tenant_family_name(tenant)), nullptr);
  projections::Head head;
  auto remember = [&](const std::string& key, std::int64_t unix_ms) {
    std::string bytes = note_bytes(tenant, 1, {unix_ms}, key);
    return projections::remember_note(changes, head, decode_answer_note(bytes).value());
  };
  auto is_kept = [&](const std::string& key) {
    return projections::find_answer(changes, make_idempotency_key(key, "")).has_value();
  };
  CHECK(remember("a", 0));
  CHECK(remember("b", 1000));
  CHECK_FALSE(remember("b", 1000));
  CHECK(remember("c", projections::answers_kept_ms));  // exactly a day after a: kept
  CHECK(is_kept("a"));
  CHECK(remember("d", projections::answers_kept_ms + 500));
  CHECK_FALSE(is_kept("a"));
  CHECK(is_kept("b"));
  CHECK(is_kept("d"));
  CHECK(head.answers_next - head.answers_first == 3);
}

TEST_CASE("a note that is met again is not applied again, even if its answer has been forgotten") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  const auto& database = school.partition().database();
  projections::TenantChanges changes(tenant, database, database.family(storage::tenant_family_name(tenant)), nullptr);
  std::int64_t now = changes.head().last_time.unix_ms;
  auto apply = [&](const std::string& key, std::uint64_t position, std::int64_t unix_ms) {
    std::string bytes = note_bytes(tenant, position, {unix_ms}, key);
    return projections::apply_note(changes, decode_answer_note(bytes).value());
  };
  CHECK(apply("a", 1, now));
  CHECK(apply("b", 1, now));
  CHECK_FALSE(apply("a", 1, now));
  CHECK(apply("c", 1, now + projections::answers_kept_ms + 1));
  CHECK_FALSE(projections::find_answer(changes, make_idempotency_key("a", "")));
  CHECK_FALSE(apply("a", 1, now));
  CHECK_FALSE(apply("d", 0, now + projections::answers_kept_ms + 1));
  CHECK(changes.head().last_time.unix_ms == now + projections::answers_kept_ms + 1);
  CHECK(changes.head().answers_next == 3);
  CHECK_THROWS_AS(apply("e", 2, now + projections::answers_kept_ms + 1), projections::ProjectionFailure);
}

TEST_CASE("a note beyond its tenant's events puts the tenant in quarantine; a damaged one is no record of ours") {
  School school;
  TenantId alpha = school.create_tenant("alpha");
  TenantId beta = school.create_tenant("beta");
  school.append_bytes(note_bytes(alpha, 7, Instant::now(), "k"));
  school.append_bytes(note_bytes(beta, 1, Instant::now(), "k").substr(0, 60));
  school.append_bytes(note_bytes(beta, 1, Instant::now(), "l"));
  school.close();
  school.open();
  auto quarantine = school.partition().quarantine_of(alpha);
  REQUIRE(quarantine);
  CHECK(quarantine->position == 2);
  CHECK(quarantine->sequence == 7);
  CHECK_FALSE(school.partition().quarantine_of(beta));
  auto unreadable = school.partition().unreadable();
  REQUIRE(unreadable.size() == 1);
  CHECK(unreadable.begin()->first == 3);
  Id<roster::Course> course{fresh_id()};
  Value add = add_course("A", "A", course);
  CHECK(school.done(beta, add, make_idempotency_key("l", "")).replayed);
  CHECK(school.done(beta, add, make_idempotency_key("k", "")).last_sequence == 2);
}

TEST_CASE("a tenant that is let out of quarantine has its notes, each once") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  Id<roster::Course> course{fresh_id()};
  Value add = add_course("AAA", "Module AAA", course);
  for (const char* key : {"a", "b"}) school.done(tenant, add, make_idempotency_key(key, ""));
  school.done(tenant, add_course("BBB", "Module BBB"));
  school.done(tenant, add, make_idempotency_key("c", ""));
  auto whole = school.digest(tenant);
  school.close();
  {  // As a try that was cut short after all rows were written would have left it.
    storage::Resources resources;
    auto database = std::move(
        storage::Database::open(school.folder / "state/events-0", resources, {.create_if_missing = false}).value());
    projections::Quarantine quarantine{tenant, 0, 1, "tenantry.tenancy.tenant-created.v1", "a fault since mended"};
    storage::Batch batch;
    batch.put(*database->default_family(), projections::quarantine_row_key(tenant),
              projections::write_quarantine(quarantine));
    REQUIRE(database->write(batch, storage::Durability::synced));
  }
  school.open();
  CHECK_FALSE(school.partition().quarantine_of(tenant));
  CHECK(school.digest(tenant).rows == whole.rows);
}

TEST_CASE("tables that end with a note know the log that they were made from") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  Id<roster::Course> course{fresh_id()};
  Value add = add_course("AAA", "Module AAA", course);
  school.done(tenant, add);
  school.done(tenant, add, make_idempotency_key("key", ""));
  Position end = school.log().end({Stream::tenants, 0}).value();
  CHECK(school.partition().next_position() == end);
  school.close();
  school.open();
  CHECK(school.partition().next_position() == end);
  CHECK(school.done(tenant, add, make_idempotency_key("key", "")).replayed);
}

TEST_CASE("the tenant's last time survives a restart and a rebuild, on a clock that was set back") {
  auto now = std::make_shared<std::atomic<std::int64_t>>(1'700'000'000'000);
  School school({.now = [now] { return Instant{*now}; }});
  TenantId tenant = school.create_tenant("alpha");
  CHECK(head_of(school, tenant).last_time == Instant{1'700'000'000'000});
  *now -= 60'000;
  auto add_and_read_time = [&](const std::string& code) {
    Id<roster::Course> course{fresh_id()};
    Value add = add_course(code, "Module", course);
    school.done(tenant, add);
    auto row = school.store(tenant).get(projections::entity_key('c', course.value)).value();
    return projections::read_entity_row(*row).modified.unix_ms;
  };
  CHECK(add_and_read_time("A") == 1'700'000'000'000);
  school.close();
  school.open();
  CHECK(add_and_read_time("B") == 1'700'000'000'000);
  school.rebuild();
  CHECK(add_and_read_time("C") == 1'700'000'000'000);
  *now += 60'001;
  CHECK(add_and_read_time("D") == 1'700'000'000'001);
}

TEST_CASE("a log from before, whose times run backwards, is replayed, and the head keeps the latest") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  Instant created = head_of(school, tenant).last_time;
  auto append = [&](std::uint64_t sequence, std::int64_t later_ms) {
    Id<roster::Course> id{fresh_id()};
    Record record;
    record.attributes = {.id = fresh_id(),
                         .tenant = tenant,
                         .source = "/tenants/" + tenant.text(),
                         .type = "tenantry.roster.course-added.v1",
                         .subject = "courses/" + id.text(),
                         .time = {created.unix_ms + later_ms},
                         .sequence = sequence};
    record.data = R"({"id":")" + id.text() + R"(","code":"C)" + std::to_string(sequence) + R"(","title":"T"})";
    std::string bytes;
    encode_record(record, bytes);
    school.append_bytes(bytes);
  };
  append(2, 3'600'000);
  append(3, -3'600'000);
  school.close();
  school.open();
  CHECK_FALSE(school.partition().quarantine_of(tenant));
  CHECK(head_of(school, tenant).sequence == 3);
  CHECK(head_of(school, tenant).last_time.unix_ms == created.unix_ms + 3'600'000);
  school.done(tenant, add_course("Z", "Z"));
  CHECK(head_of(school, tenant).last_time.unix_ms == created.unix_ms + 3'600'000);
}

TEST_CASE("a head row has one form, and that of another format is refused") {
  projections::Head head{.sequence = 1, .answers_first = 2, .answers_next = 5, .last_time = {-7}, .audit = {}};
  head.audit.leaves = 1;
  head.audit.subtrees.resize(1);
  std::string row = projections::write_head(head);
  CHECK(projections::read_head(row) == head);
  CHECK(row.size() == 1 + 4 * 8 + 32);
  CHECK(row.substr(0, 33) == std::string("\x02\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\5", 25) +
                                 std::string("\xff\xff\xff\xff\xff\xff\xff\xf9", 8));
  row[0] = 1;
  CHECK_THROWS_AS(projections::read_head(row), projections::StorageFailure);
}
