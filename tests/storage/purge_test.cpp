// What is purged is in no file any more.
#include <atomic>
#include <thread>

#include "storage/internal/database_internal.hpp"
#include "tests/storage/storage_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::storage;
using test::files_holding;

namespace {

void erase(Database& database, const Family& family, const std::string& key) {
  Batch batch;
  batch.erase(family, key);
  REQUIRE(database.write(batch, Durability::synced));
}

// LZ4 leaves bytes as they are that do not repeat.
const std::string secret = "R4nd0m/By7es+Th4t=D0-N0t_R3pe4t";

}  // namespace

TEST_CASE("a purge removes erased rows from the write-ahead log and from table files") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  auto other = fixture.family("g");
  auto& database = fixture.database();
  bool in_table = GENERATE(false, true);
  fixture.put(*other, {{"o", "other"}});
  fixture.put(*family, {{"a", "1"}, {"k", secret}, {"z", "2"}});
  if (in_table) REQUIRE(database.flush());
  erase(database, *family, "k");
  REQUIRE_FALSE(files_holding(fixture.path(), secret).empty());
  REQUIRE(database.purge(*family, {"k", "l"}));
  CHECK(files_holding(fixture.path(), secret).empty());
  CHECK(fixture.rows(*family) == Rows{{"a", "1"}, {"z", "2"}});
  CHECK(fixture.rows(*other) == Rows{{"o", "other"}});
}

TEST_CASE("a purge removes replaced values too, and from below other table files") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  auto& database = fixture.database();
  fixture.put(*family, {{"k", secret}});
  REQUIRE(database.flush());
  for (int round = 0; round < 2; ++round) {  // of four table files RocksDB itself would make one
    fixture.put(*family, {{"k", "another"}, {"l", std::to_string(round)}});
    REQUIRE(database.flush());
  }
  REQUIRE_FALSE(files_holding(fixture.path(), secret).empty());
  REQUIRE(database.purge(*family, {"k", "l"}));
  CHECK(files_holding(fixture.path(), secret).empty());
  CHECK(database.get(*family, "k").value() == "another");
}

TEST_CASE("a purge goes beside others who write") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  auto other = fixture.family("g");
  auto& database = fixture.database();
  std::atomic<bool> done = false;
  std::atomic<int> failures = 0;
  std::thread writer([&] {
    for (int number = 0; !done; ++number) {
      Batch batch;
      batch.put(*other, std::to_string(number), std::string(200, 'x'));
      if (!database.write(batch, Durability::buffered)) ++failures;
      std::this_thread::sleep_for(std::chrono::microseconds(100));  // flushing what it writes is not what is tried
    }
  });
  for (int round = 0; round < 20; ++round) {
    std::string value = secret + std::to_string(round) + '.';
    fixture.put(*family, {{"k", value}});
    erase(database, *family, "k");
    if (!database.purge(*family, {"k", "l"})) ++failures;
    if (!files_holding(fixture.path(), value).empty()) ++failures;
  }
  done = true;
  writer.join();
  CHECK(failures == 0);
}

// As while a backup is made, or while another thread has not come to deleting yet.
TEST_CASE("a purge waits for write-ahead log files that are deleted later") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  auto& database = fixture.database();
  auto& rocksdb = *database.shared_internal()->db;
  fixture.put(*family, {{"k", secret}});
  erase(database, *family, "k");
  REQUIRE(rocksdb.DisableFileDeletions().ok());
  std::atomic<bool> purged = false;
  std::thread purging([&] {
    if (database.purge(*family, {"x", "y"})) purged = true;  // no table file of its own to be deleted
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  CHECK_FALSE(purged);
  REQUIRE(rocksdb.EnableFileDeletions(false).ok());
  purging.join();
  CHECK(purged);
  CHECK(files_holding(fixture.path(), secret).empty());
}

TEST_CASE("a purge is refused while a snapshot keeps the rows, and waits for a scan") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  auto& database = fixture.database();
  fixture.put(*family, {{"k", secret}});
  REQUIRE(database.flush());
  auto snapshot = database.snapshot();
  erase(database, *family, "k");
  auto refused = database.purge(*family, {"k", "l"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == StorageError::Kind::stopped);
  snapshot.reset();
  fixture.put(*family, {{"j", "1"}});
  std::thread purging;
  std::atomic<bool> purged = false;
  auto purge_beside = [&](std::string_view, std::string_view) {
    purging = std::thread([&] {
      if (database.purge(*family, {"k", "l"})) purged = true;
    });
    // The scan's files are needed until it ends.
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    CHECK_FALSE(purged);
    return false;
  };
  REQUIRE(database.scan(*family, {}, purge_beside));
  purging.join();
  CHECK(purged);
  CHECK(files_holding(fixture.path(), secret).empty());
}
