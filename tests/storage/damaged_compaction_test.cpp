// Compactions meet damage that no read has met yet: it concerns the family whose rows it hit, and no other.
#include <chrono>
#include <map>
#include <thread>

#include "tests/storage/storage_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::storage;

namespace {

constexpr auto patience = std::chrono::seconds(60);
constexpr int rows_count = 200;

Rows rows_of_round(int round) {
  Rows rows;
  for (int row = 0; row < rows_count; ++row) {
    rows.emplace_back("key " + std::to_string(1000 + row), "round " + std::to_string(round) + std::string(200, 'v'));
  }
  return rows;
}

// Two families whose rows lie in table files, and the largest of them, which is one of "hit".
std::string table_file_to_damage(StorageFixture& fixture) {
  {
    auto hit = fixture.family("hit");
    auto sound = fixture.family("sound");
    fixture.put(*hit, rows_of_round(0));
    fixture.put(*sound, {{"a", "1"}});
  }
  REQUIRE(fixture.database().flush());
  auto files = test::files_with(fixture.path(), ".sst");
  return *std::ranges::max_element(files, {}, [](const auto& file) { return std::filesystem::file_size(file); });
}

// What makes RocksDB compact the family.
void enough_table_files(StorageFixture& fixture) {
  auto hit = fixture.database().family("hit");
  for (int round = 2; round < 6; ++round) {
    fixture.put(*hit, rows_of_round(round));
    REQUIRE(fixture.database().flush());
  }
}
void the_end_of_a_snapshot(StorageFixture& fixture) {
  auto hit = fixture.database().family("hit");
  auto snapshot = fixture.database().snapshot();
  fixture.put(*hit, rows_of_round(2));
  REQUIRE(fixture.database().flush());
  snapshot.reset();
}

}  // namespace

TEST_CASE("a compaction that meets damage stops nobody's writes, and tells whose rows it hit") {
  auto occasion = GENERATE(&enough_table_files, &the_end_of_a_snapshot);
  StorageFixture fixture;
  std::string file = table_file_to_damage(fixture);
  fixture.close();
  test::flip_bit(file, std::filesystem::file_size(file) / 3);
  fixture.open();
  std::map<std::string, int> damaged;
  fixture.database().on_damage([&](const std::string& family, const std::string&) { ++damaged[family]; });
  occasion(fixture);

  auto sound = fixture.database().family("sound");
  auto until = std::chrono::steady_clock::now() + patience;
  for (int write = 0; damaged.empty() && std::chrono::steady_clock::now() < until; ++write) {
    fixture.put(*sound, {{"a", std::to_string(write)}});
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  CHECK(damaged == std::map<std::string, int>{{"hit", 1}});
  CHECK(fixture.database().metrics().damaged_reads == 1);
  CHECK(fixture.database().takes_writes());
  // Nor does the damaged family come to a stop by table files that nobody compacts.
  auto hit = fixture.database().family("hit");
  for (int round = 0; round < 50; ++round) {
    fixture.put(*hit, {{"later", std::to_string(round)}});
    REQUIRE(fixture.database().flush());
  }
  CHECK(fixture.database().get(*hit, "later").value() == "49");
  fixture.put(*sound, {{"a", "last"}});
  CHECK(fixture.rows(*sound) == Rows{{"a", "last"}});
}
