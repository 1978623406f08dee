#include "storage/bulk_load.hpp"

#include "tests/storage/storage_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::storage;

namespace {

void load(StorageFixture& fixture, const FamilyPointer& family, const Rows& rows) {
  BulkLoad bulk(fixture.database(), family);
  for (const auto& [key, value] : rows) REQUIRE(bulk.add(key, value));
  auto finished = bulk.finish();
  if (!finished) FAIL(finished.error().detail);
}

}  // namespace

TEST_CASE("bulk loads appear whole, override what was there, and are overridden in turn") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  fixture.put(*family, {{"a", "written"}, {"b", "written"}});
  load(fixture, family, {{"b", "loaded"}, {"c", "loaded"}, {"d", "loaded"}});
  CHECK(fixture.rows(*family) == Rows{{"a", "written"}, {"b", "loaded"}, {"c", "loaded"}, {"d", "loaded"}});
  load(fixture, family, {{"c", "loaded again"}});
  fixture.put(*family, {{"d", "written again"}});
  const Rows all{{"a", "written"}, {"b", "loaded"}, {"c", "loaded again"}, {"d", "written again"}};
  CHECK(fixture.rows(*family) == all);
  family.reset();
  fixture.open();
  CHECK(fixture.rows(*fixture.database().family("f")) == all);
}

TEST_CASE("rows out of order are refused, and an unfinished load leaves nothing") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  {
    BulkLoad bulk(fixture.database(), family);
    REQUIRE(bulk.add("b", "1"));
    for (const auto* key : {"b", "a"}) {
      auto added = bulk.add(key, "2");
      REQUIRE_FALSE(added);
      CHECK(added.error().kind == StorageError::Kind::invalid);
    }
    CHECK(fixture.rows(*family).empty());
  }
  CHECK(fixture.rows(*family).empty());
  CHECK(test::files_with(fixture.path() + "/bulk-load", ".sst").empty());
  load(fixture, family, {});
}

TEST_CASE("leftovers of a load that was killed go when the database is opened") {
  StorageFixture fixture;
  fixture.close();
  std::filesystem::create_directories(fixture.path() + "/bulk-load");
  test::write_file(fixture.path() + "/bulk-load/0.sst", "rows");
  fixture.open();
  CHECK_FALSE(std::filesystem::exists(fixture.path() + "/bulk-load"));
}

TEST_CASE("a large load spans several files") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  BulkLoad bulk(fixture.database(), family);
  std::string noise(1u << 20, '\0');
  std::uint32_t state = 7;
  constexpr int rows = 150;
  for (int number = 0; number < rows; ++number) {
    for (auto& byte : noise) byte = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    REQUIRE(bulk.add("k" + std::to_string(1000 + number), noise));
  }
  REQUIRE(bulk.finish());
  CHECK(test::files_with(fixture.path(), ".sst").size() >= 2);
  CHECK(fixture.database().last_key(*family).value() == "k1149");
  CHECK(fixture.database().get(*family, "k1149").value() == noise);
  CHECK(fixture.database().get(*family, "k1000").value()->size() == noise.size());
}
