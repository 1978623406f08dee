#include <thread>

#include "tests/storage/storage_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::storage;

TEST_CASE("rows are read by key, by many keys and in order") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  fixture.put(*family, {{"b", "2"}, {"a", "1"}, {"ab", "3"}, {"c", ""}});
  auto& database = fixture.database();
  CHECK(database.get(*family, "ab").value() == "3");
  CHECK(database.get(*family, "c").value() == "");
  CHECK(database.get(*family, "d").value() == std::nullopt);
  auto many = database.multi_get(*family, {"c", "zz", "a", "a"}).value();
  CHECK(many == std::vector<std::optional<std::string>>{"", std::nullopt, "1", "1"});
  CHECK(fixture.rows(*family) == Rows{{"a", "1"}, {"ab", "3"}, {"b", "2"}, {"c", ""}});
  CHECK(database.last_key(*family).value() == "c");
}

TEST_CASE("scans keep to their range, in either direction, and stop when told") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  const std::string high = "\xff";
  fixture.put(*family, {{"a", ""}, {"ba", ""}, {"bb", ""}, {"c", ""}, {high, ""}, {high + high, ""}});
  CHECK(fixture.rows(*family, {"ba", "c"}) == Rows{{"ba", ""}, {"bb", ""}});
  CHECK(fixture.rows(*family, prefix_range("b")) == Rows{{"ba", ""}, {"bb", ""}});
  CHECK(fixture.rows(*family, prefix_range(high)) == Rows{{high, ""}, {high + high, ""}});
  CHECK(fixture.rows(*family, {"b", "cc"}, {.reverse = true}) == Rows{{"c", ""}, {"bb", ""}, {"ba", ""}});
  CHECK(fixture.rows(*family, {"c", "b"}).empty());
  int visited = 0;
  auto count_two = [&](std::string_view, std::string_view) { return ++visited < 2; };
  REQUIRE(fixture.database().scan(*family, {}, count_two));
  CHECK(visited == 2);
}

TEST_CASE("a batch changes several families together") {
  StorageFixture fixture;
  auto one = fixture.family("one");
  auto two = fixture.family("two");
  Batch batch;
  batch.put(*one, "k", "1");
  batch.put(*two, "k", "2");
  batch.put(*two, "gone", "x");
  batch.erase(*two, "gone");
  CHECK(batch.count() == 4);
  CHECK(batch.bytes() > 8);
  CHECK(fixture.rows(*one).empty());
  REQUIRE(fixture.database().write(batch, Durability::synced));
  CHECK(fixture.rows(*one) == Rows{{"k", "1"}});
  CHECK(fixture.rows(*two) == Rows{{"k", "2"}});
  batch.clear();
  CHECK(batch.count() == 0);
  REQUIRE(fixture.database().write(batch, Durability::synced));
}

TEST_CASE("a batch over families of two databases is a programming error") {
  StorageFixture one;
  StorageFixture other;
  auto foreign = other.family("f");
  Batch batch;
  batch.put(*one.family("f"), "k", "v");
  CHECK_THROWS_AS(batch.put(*foreign, "k", "v"), std::logic_error);
  CHECK_THROWS_AS(one.database().get(*foreign, "k"), std::logic_error);
  CHECK_THROWS_AS(other.database().write(batch, Durability::buffered), std::logic_error);
}

TEST_CASE("a snapshot sees one moment over all families") {
  StorageFixture fixture;
  auto one = fixture.family("one");
  auto two = fixture.family("two");
  fixture.put(*one, {{"k", "before"}});
  auto moment = fixture.database().snapshot();
  fixture.put(*one, {{"k", "after"}});
  fixture.put(*two, {{"k", "after"}});
  CHECK(fixture.database().get(*one, "k", moment).value() == "before");
  CHECK(fixture.database().multi_get(*two, {"k"}, moment).value().front() == std::nullopt);
  CHECK(fixture.rows(*one, {}, {.snapshot = moment}) == Rows{{"k", "before"}});
  CHECK(fixture.rows(*two, {}, {.snapshot = moment}).empty());
  CHECK(fixture.database().get(*one, "k").value() == "after");
}

TEST_CASE("a snapshot never sees half of a batch that another thread writes") {
  StorageFixture fixture;
  auto one = fixture.family("one");
  auto two = fixture.family("two");
  fixture.put(*one, {{"k", "0"}});
  fixture.put(*two, {{"k", "0"}});
  std::thread writer([&] {
    for (int round = 1; round <= 300; ++round) {
      Batch batch;
      batch.put(*one, "k", std::to_string(round));
      batch.put(*two, "k", std::to_string(round));
      if (!fixture.database().write(batch, Durability::buffered)) return;
    }
  });
  int unequal = 0;
  for (int look = 0; look < 300; ++look) {
    auto moment = fixture.database().snapshot();
    auto first = fixture.database().get(*one, "k", moment);
    auto second = fixture.database().get(*two, "k", moment);
    if (!first || !second || *first != *second) ++unequal;
  }
  writer.join();
  CHECK(unequal == 0);
  CHECK(fixture.database().get(*two, "k").value() == "300");
}

TEST_CASE("what was written is there after reopening, and a read-only opening changes nothing") {
  StorageFixture fixture;
  fixture.put(*fixture.family("f"), {{"k", "v"}});
  fixture.open();
  CHECK(fixture.rows(*fixture.database().family("f")) == Rows{{"k", "v"}});
  auto beside = Database::open(fixture.path(), fixture.resources, {.read_only = true});
  REQUIRE(beside);
  CHECK((*beside)->get(*(*beside)->family("f"), "k").value() == "v");
  Batch batch;
  batch.put(*(*beside)->family("f"), "k", "w");
  auto written = (*beside)->write(batch, Durability::buffered);
  REQUIRE_FALSE(written);
  CHECK(written.error().kind == StorageError::Kind::invalid);
}

TEST_CASE("a database is open once, and must exist unless it may be made") {
  StorageFixture fixture;
  auto second = Database::open(fixture.path(), fixture.resources, {});
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == StorageError::Kind::locked);
  auto missing = Database::open(fixture.folder / "nothing", fixture.resources, {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == StorageError::Kind::invalid);
  CHECK_FALSE(std::filesystem::exists(fixture.folder / "nothing"));
}

TEST_CASE("a flush moves what is in memory to table files") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  Batch batch;
  batch.put(*family, "k", "v");
  REQUIRE(fixture.database().write(batch, Durability::buffered));
  REQUIRE(fixture.database().flush());
  CHECK(fixture.database().last_flushed_key(*family) == "k");
  CHECK(fixture.database().metrics().sst_bytes > 0);
  test::copy_folder(fixture.path(), fixture.folder / "copy");  // as a crash would leave it
  auto copy = Database::open(fixture.folder / "copy", fixture.resources, {});
  REQUIRE(copy);
  CHECK((*copy)->get(*(*copy)->family("f"), "k").value() == "v");
}

TEST_CASE("no OPTIONS files are written") {
  StorageFixture fixture;
  for (int number = 0; number < 5; ++number) fixture.family("f" + std::to_string(number));
  REQUIRE(fixture.database().drop_family("f3"));
  for (const auto& entry : std::filesystem::directory_iterator(fixture.path())) {
    CHECK_FALSE(entry.path().filename().string().starts_with("OPTIONS"));
  }
}
