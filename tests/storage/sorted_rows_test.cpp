#include "storage/sorted_rows.hpp"

#include <algorithm>
#include <map>
#include <random>

#include "tests/storage/storage_fixture.hpp"

using namespace tenantry;
using namespace tenantry::storage;

namespace {

Rows loaded(const Rows& rows) {
  StorageFixture fixture;
  auto family = fixture.family("f");
  SortedRows sorted;
  for (const auto& [key, value] : rows) sorted.add(key, value);
  BulkLoad load(fixture.database(), family);
  auto added = sorted.load_into(load);
  if (!added) FAIL(added.error().detail);
  REQUIRE(load.finish());
  return fixture.rows(*family);
}

}  // namespace

TEST_CASE("rows added in any order are loaded in the order of their keys' bytes") {
  // Keys that differ in the first word, in the second, in the third, beyond all, in length only, and by zeros at the
  // end.
  Rows rows;
  for (std::string start : {"", "a", "12345678", "1234567812345678", "123456781234567812345678"}) {
    for (const std::string& end : {std::string{"x"}, std::string{"xy"}, std::string{"\0x", 2}, std::string{"\xff"},
                                   std::string{"z\0", 2}, std::string{"z\0\0", 3}}) {
      rows.push_back({start + end, "value of " + start + end});
    }
  }
  Rows shuffled = rows;
  std::ranges::shuffle(shuffled, std::mt19937{7});
  std::ranges::sort(rows);
  CHECK(loaded(shuffled) == rows);
}

TEST_CASE("of rows with equal keys one is loaded") {
  CHECK(loaded({{"b", "2"}, {"a", "1"}, {"b", "2"}, {"b", "2"}}) == Rows{{"a", "1"}, {"b", "2"}});
}

TEST_CASE("rows larger than a block, and many that fill several, come through whole") {
  Rows rows;
  rows.push_back({"large", std::string(3u << 20, 'v')});
  for (int number = 0; number < 3000; ++number) rows.push_back({"n" + std::to_string(number), std::string(1000, 'w')});
  Rows sorted = rows;
  std::ranges::sort(sorted);
  CHECK(loaded(rows) == sorted);
}

TEST_CASE("a batch gets the last of rows with equal keys, and what is erased is gone") {
  std::mt19937 random{11};
  StorageFixture fixture;
  auto family = fixture.family("f");
  std::map<std::string, std::string> wanted;
  for (int round = 0; round < 20; ++round) {
    SortedRows sorted;
    for (int count = 0; count < 500; ++count) {
      // Keys with much in common, so that all parts of a comparison decide some.
      std::string key = std::string(random() % 40, 'k') + std::to_string(random() % 30);
      if (random() % 3 == 0) {
        sorted.erase(key);
        wanted.erase(key);
      } else {
        std::string value = std::to_string(random());
        sorted.add(key, value);
        wanted[key] = value;
      }
    }
    Batch batch;
    sorted.put_into(batch, *family);
    REQUIRE(fixture.database().write(batch, Durability::buffered));
    CHECK(fixture.rows(*family) == Rows{wanted.begin(), wanted.end()});
  }
}
