// Damage to the log's files: what is recovered, what is refused, and what the refusal says.
#include <catch2/catch.hpp>

#include "events/embedded/record_row.hpp"
#include "storage/database.hpp"
#include "tests/events/embedded_log_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::events;
using namespace tenantry::events::embedded;
using Catch::Matchers::Contains;
using contract::first_partition;
using contract::must_append;

namespace {

constexpr int appends = 20;

// One record in each append; the size of the write-ahead log after each is where the next one starts.
std::vector<std::size_t> fill_one_by_one(EmbeddedLogFixture& fixture) {
  std::vector<std::size_t> ends;
  for (int number = 0; number < appends; ++number) {
    must_append(fixture.log(), first_partition, {std::string(100, static_cast<char>('a' + number))});
    ends.push_back(std::filesystem::file_size(test::files_with(fixture.records_path(), ".log").back()));
  }
  fixture.close();
  return ends;
}

std::string wal_of(const EmbeddedLogFixture& fixture) {
  return test::files_with(fixture.records_path(), ".log").back();
}

// Moves what the log holds from its write-ahead log to table files.
void move_to_tables(EmbeddedLogFixture& fixture) {
  fixture.close();
  auto database =
      storage::Database::open(fixture.records_path(), fixture.resources(), {.purpose = storage::Purpose::log});
  REQUIRE(database);
  REQUIRE((*database)->flush());
}

void change_rows(EmbeddedLogFixture& fixture, const std::function<void(storage::Batch&, const storage::Family&)>& how) {
  fixture.close();
  auto database =
      storage::Database::open(fixture.records_path(), fixture.resources(), {.purpose = storage::Purpose::log});
  REQUIRE(database);
  storage::Batch batch;
  how(batch, *(*database)->family(first_partition.name()));
  REQUIRE((*database)->write(batch, storage::Durability::synced));
}

std::string refusal(EmbeddedLogFixture& fixture, Verify verify = Verify::tail) {
  auto opened = fixture.try_open({.tenant_partitions = 2, .verify = verify});
  REQUIRE_FALSE(opened);
  CHECK(opened.error().kind == LogError::Kind::corrupt);
  return opened.error().detail;
}

}  // namespace

TEST_CASE("a last append that was answered and is gone is refused, until its loss is accepted by name") {
  EmbeddedLogFixture fixture;
  auto ends = fill_one_by_one(fixture);
  std::filesystem::resize_file(wal_of(fixture), GENERATE_COPY(ends.back() - 7, ends[appends - 2]));
  auto before = test::read_file(wal_of(fixture));
  for (int attempt = 0; attempt < 2; ++attempt) {
    CHECK_THAT(refusal(fixture), Contains("events-0") && Contains("from position 19 on") &&
                                     Contains("positions 19 to 19") && Contains("--accept-lost-append"));
  }
  CHECK(test::read_file(wal_of(fixture)) == before);
  fixture.open({.tenant_partitions = 2, .lost_append = LostAppend::accepted});
  REQUIRE(fixture.log().recovery_notes().size() == 1);
  CHECK_THAT(fixture.log().recovery_notes()[0], Contains("events-0") && Contains("positions 19 to 19"));
  CHECK(fixture.log().end(first_partition).value() == 19);
  CHECK(must_append(fixture.log(), first_partition, {"again"}).first == 19);
  fixture.reopen();
  CHECK(fixture.log().recovery_notes().size() == 1);
  fixture.log().forget_recovery_notes();
  fixture.reopen();
  CHECK(fixture.log().recovery_notes().empty());
  CHECK(contract::read_all(fixture.log(), first_partition).records.back() == "again");
}

TEST_CASE("a log that lost more than its last append is refused whatever loss is accepted") {
  EmbeddedLogFixture fixture;
  auto ends = fill_one_by_one(fixture);
  std::filesystem::resize_file(wal_of(fixture), ends[appends - 3]);
  auto opened = fixture.try_open({.tenant_partitions = 2, .lost_append = LostAppend::accepted});
  REQUIRE_FALSE(opened);
  CHECK_THAT(opened.error().detail, Contains("from position 18 on") && !Contains("--accept-lost-append"));
}

TEST_CASE("a log that lost more than its last append is refused and left as it was") {
  EmbeddedLogFixture fixture;
  auto ends = fill_one_by_one(fixture);
  std::filesystem::resize_file(wal_of(fixture), ends[12] + 3);
  auto before = test::read_file(wal_of(fixture));
  for (int attempt = 0; attempt < 2; ++attempt) {
    CHECK_THAT(refusal(fixture), Contains("events-0") && Contains("from position 13 on") && Contains("position 20"));
  }
  CHECK(test::read_file(wal_of(fixture)) == before);
}

TEST_CASE("a changed bit anywhere in the write-ahead log is refused with its position") {
  EmbeddedLogFixture fixture;
  auto ends = fill_one_by_one(fixture);
  auto sound = fixture.path() + ".sound";
  test::copy_folder(fixture.path(), sound);
  for (std::size_t offset = 0; offset < ends.back(); offset += offset < 200 ? 3 : 37) {
    test::copy_folder(sound, fixture.path());
    test::flip_bit(wal_of(fixture), offset);
    auto position = std::ranges::upper_bound(ends, offset) - ends.begin();
    INFO("offset " << offset << " of position " << position);
    auto opened = fixture.try_open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == LogError::Kind::corrupt);
    CHECK_THAT(opened.error().detail,
               Contains("events-0") && Contains("from position " + std::to_string(position) + " on"));
  }
}

TEST_CASE("changed bits in table files are refused, or found when read, with the position") {
  EmbeddedLogFixture fixture;
  for (int number = 0; number < 40; ++number) {
    std::vector<std::string> records;
    for (int row = 0; row < 25; ++row) records.push_back(std::to_string(number * 7919 + row * 104729) + "-record");
    must_append(fixture.log(), first_partition, records);
  }
  move_to_tables(fixture);
  auto sound = fixture.path() + ".sound";
  test::copy_folder(fixture.path(), sound);
  auto table = test::files_with(fixture.records_path(), ".sst").back();
  auto size = std::filesystem::file_size(table);
  for (auto offset : {size / 10, size / 3, size / 2}) {
    INFO("offset " << offset << " of " << size);
    test::copy_folder(sound, fixture.path());
    test::flip_bit(table, offset);
    CHECK_THAT(refusal(fixture, Verify::full), Contains("events-0") && Contains("at position"));
    storage::Resources cold({.block_cache_bytes = 1u << 20});
    auto opened = EmbeddedLog::open(fixture.path(), cold, {.tenant_partitions = 2});
    REQUIRE(opened);
    auto read = (*opened)->read(first_partition, 0, [](Position, std::string_view) { return true; });
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == LogError::Kind::corrupt);
    CHECK_THAT(read.error().detail, Contains("events-0") && Contains("at position"));
  }
}

TEST_CASE("a table file that is missing or has lost its end is refused") {
  EmbeddedLogFixture fixture;
  must_append(fixture.log(), first_partition, contract::numbered("r", 50));
  move_to_tables(fixture);
  auto table = test::files_with(fixture.records_path(), ".sst").back();
  auto damage = GENERATE(0, 1, 2);
  CAPTURE(damage);
  if (damage == 0) std::filesystem::remove(table);
  if (damage == 1) std::filesystem::resize_file(table, std::filesystem::file_size(table) - 20);
  if (damage == 2) test::flip_bit(table, std::filesystem::file_size(table) - 3);
  auto why = refusal(fixture);
  CHECK_FALSE(why.empty());
}

TEST_CASE("a record that is missing or altered behind RocksDB's checksums is refused with its position") {
  EmbeddedLogFixture fixture;
  must_append(fixture.log(), first_partition, contract::numbered("r", 30));
  SECTION("missing") {
    change_rows(fixture, [](auto& batch, const auto& family) { batch.erase(family, row_key(11)); });
  }
  SECTION("altered") {
    change_rows(fixture, [](auto& batch, const auto& family) { batch.put(family, row_key(11), "other bytes"); });
  }
  SECTION("at another position") {
    std::string value;
    make_row_value(row_key(12), "r12", value);
    change_rows(fixture, [&](auto& batch, const auto& family) { batch.put(family, row_key(11), value); });
  }
  CHECK_THAT(refusal(fixture), Contains("events-0") && Contains("at position 11"));
}

TEST_CASE("an end mark that lags is no fault; one that leads, is damaged or missing is") {
  EmbeddedLogFixture fixture;
  auto mark = fixture.records_path() + "/end-mark";
  must_append(fixture.log(), first_partition, {"a", "b"});
  auto earlier = test::read_file(mark);
  test::copy_folder(fixture.path(), fixture.path() + ".earlier");
  must_append(fixture.log(), first_partition, {"c"});
  must_append(fixture.log(), first_partition, {"d"});
  fixture.close();
  auto later = test::read_file(mark);
  SECTION("lags") {
    test::write_file(mark, earlier);
    fixture.open();
    CHECK(fixture.log().end(first_partition).value() == 4);
    CHECK(fixture.log().recovery_notes().empty());
  }
  SECTION("leads by more than an append") {
    test::copy_folder(fixture.path() + ".earlier", fixture.path());
    test::write_file(mark, later);
    CHECK_THAT(refusal(fixture), Contains("from position 2 on") && Contains("position 4"));
  }
  SECTION("damaged") {
    auto offset = GENERATE(3u, 30u, 40u, 130u, 190u);
    test::flip_bit(mark, offset);
    CHECK_THAT(refusal(fixture), Contains("end-mark is damaged"));
  }
  SECTION("missing") {
    std::filesystem::remove(mark);
    CHECK_THAT(refusal(fixture), Contains("end-mark is missing"));
  }
  SECTION("of another log") {
    EmbeddedLogFixture other;
    must_append(other.log(), first_partition, {"a"});
    other.close();
    test::write_file(mark, test::read_file(other.records_path() + "/end-mark"));
    CHECK_THAT(refusal(fixture), Contains("different logs"));
  }
}

TEST_CASE("what a killed process left is durable from the next start on: losing its end is then refused") {
  EmbeddedLogFixture fixture;
  must_append(fixture.log(), first_partition, {"first"});
  fixture.close();
  std::string mark = fixture.records_path() + "/end-mark";
  REQUIRE(std::filesystem::exists(mark));
  std::string before = test::read_file(mark);
  fixture.open();
  must_append(fixture.log(), first_partition, {"second"});
  fixture.close();
  std::string wal = wal_of(fixture);
  test::write_file(mark, before);  // killed between the write of the record and that of the mark
  fixture.open();
  CHECK(fixture.log().end(first_partition).value() == 2);
  fixture.close();
  std::filesystem::resize_file(wal, std::filesystem::file_size(wal) - 1);
  CHECK_THAT(refusal(fixture), Contains("partition events-0 cannot be read from position 1"));
}
