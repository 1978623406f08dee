#include "tests/storage/storage_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::storage;

namespace {

std::vector<std::string> names(int count) {
  std::vector<std::string> all;
  for (int number = 0; number < count; ++number) all.push_back("t:" + std::to_string(number));
  return all;
}

std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

}  // namespace

TEST_CASE("a thousand families are made, used, dropped and found again") {
  StorageFixture fixture;
  auto made = fixture.database().create_families(names(1000));
  REQUIRE(made);
  Batch batch;
  for (const auto& family : *made) batch.put(*family, "name", family->name());
  REQUIRE(fixture.database().write(batch, Durability::buffered));
  for (int number = 0; number < 1000; number += 2) {
    REQUIRE(fixture.database().drop_family("t:" + std::to_string(number)));
  }
  made->clear();
  batch.clear();
  fixture.open();
  CHECK(fixture.database().family_names().size() == 501);  // with the default one
  CHECK(fixture.database().metrics().families == 501);
  CHECK(fixture.database().family("t:10") == nullptr);
  for (int number = 1; number < 1000; number += 2) {
    auto name = "t:" + std::to_string(number);
    auto family = fixture.database().family(name);
    REQUIRE(family);
    REQUIRE(fixture.database().get(*family, "name").value() == name);
  }
}

TEST_CASE("families made one by one share the descriptor of their folder") {
  StorageFixture fixture;
  auto before = open_descriptors();
  for (const auto& name : names(100)) fixture.family(name);
  CHECK(open_descriptors() - before < 10);
}

TEST_CASE("making a family that is there gives the one that is there") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  fixture.put(*family, {{"k", "v"}});
  auto again = fixture.database().create_families({"g", "f"});
  REQUIRE(again);
  CHECK((*again)[0]->name() == "g");
  CHECK(fixture.rows(*(*again)[1]) == Rows{{"k", "v"}});
  CHECK(fixture.database().default_family()->name() == "default");
}

TEST_CASE("dropping a family frees its files, after the last handle is gone") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  fixture.put(*family, {{"k", std::string(1000, 'v')}});
  REQUIRE(fixture.database().flush());
  REQUIRE(test::files_with(fixture.path(), ".sst").size() == 1);
  REQUIRE(fixture.database().drop_family("f"));
  CHECK(fixture.database().family("f") == nullptr);
  CHECK(fixture.rows(*family).size() == 1);
  family.reset();
  CHECK(test::files_with(fixture.path(), ".sst").empty());
  CHECK(fixture.rows(*fixture.family("f")).empty());
  CHECK(fixture.database().drop_family("never there"));
  CHECK_FALSE(fixture.database().drop_family("default"));
}

TEST_CASE("a family held beyond its database keeps it open and breaks nothing") {
  StorageFixture fixture;
  auto family = fixture.family("f");
  fixture.close();
  CHECK_FALSE(Database::open(fixture.path(), fixture.resources, {}));
  family.reset();
  CHECK(Database::open(fixture.path(), fixture.resources, {}));
}
