// A full disk: writes stop, reads go on, writes resume when there is room, and the process lives whatever happens.
#include <random>

#include "tests/storage/storage_fixture.hpp"
#include "tests/support/small_disk.hpp"

using namespace tenantry;
using namespace tenantry::storage;

namespace {

struct FullDisk {
  FullDisk(Purpose purpose, std::uint64_t free_bytes_min) : purpose(purpose), free_bytes_min(free_bytes_min) {
    if (!disk.mounted()) WARN("not tested: no small disk can be mounted here (" << disk.why() << ")");
    if (disk.mounted()) open();
  }

  void open() {
    family.reset();
    database.reset();
    auto opened = Database::open(disk.path() + "/state", resources,
                                 {.purpose = purpose, .create_if_missing = true, .free_bytes_min = free_bytes_min});
    if (!opened) FAIL(opened.error().detail);
    database = std::move(*opened);
    family = database->create_families({"f"}).value().front();
  }

  Result<void> write(std::size_t bytes) {
    Batch batch;
    batch.put(*family, "k", std::string(bytes, 'x'));
    return database->write(batch, Durability::synced);
  }

  StorageError write_until_failure(std::size_t bytes) {
    for (int attempt = 0; attempt < 10'000; ++attempt) {
      if (auto written = write(bytes); !written) return written.error();
    }
    return {StorageError::Kind::invalid, "the disk did not fill"};
  }

  test::SmallDisk disk{128};
  Resources resources;
  Purpose purpose;
  std::uint64_t free_bytes_min;
  std::unique_ptr<Database> database;
  FamilyPointer family;
};

}  // namespace

TEST_CASE("writes are refused before the disk is full, and go on when there is room") {
  FullDisk full(Purpose::state, 8u << 20);
  if (!full.disk.mounted()) return;
  REQUIRE(full.write(1000));
  full.disk.fill();
  auto refused = full.write(2000);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == StorageError::Kind::stopped);
  CHECK_THAT(refused.error().detail, Catch::Matchers::Contains("no space"));
  CHECK(full.database->get(*full.family, "k").value()->size() == 1000);
  CHECK(full.database->metrics().background_errors == 0);
  full.disk.free();
  CHECK(full.write(2000));
}

TEST_CASE("a write that the device refuses stops the next ones until there is room") {
  FullDisk full(Purpose::log, 0);
  if (!full.disk.mounted()) return;
  REQUIRE(full.write(1000));
  full.disk.fill();
  CHECK(full.write_until_failure(20'000).kind == StorageError::Kind::no_space);
  auto next = full.write(10);
  REQUIRE_FALSE(next);
  CHECK(next.error().kind == StorageError::Kind::stopped);
  CHECK(full.database->metrics().background_errors > 0);
  CHECK(full.database->get(*full.family, "k").value());
  full.disk.free();
  CHECK(full.write(10));
  full.open();
  CHECK(full.database->get(*full.family, "k").value()->size() == 10);
}

TEST_CASE("whether writes would be taken is known without one") {
  FullDisk full(Purpose::state, 8u << 20);
  if (!full.disk.mounted()) return;
  CHECK(full.database->takes_writes());
  full.disk.fill((8u << 20) - 4096);
  auto refused = full.database->takes_writes();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == StorageError::Kind::stopped);
  CHECK_THAT(refused.error().detail, Catch::Matchers::Contains("no space"));
  full.disk.free();
  CHECK(full.database->takes_writes());
}

TEST_CASE("after a write that the device refused, so it is until there is room") {
  FullDisk full(Purpose::log, 0);
  if (!full.disk.mounted()) return;
  REQUIRE(full.write(1000));
  full.disk.fill();
  CHECK(full.write_until_failure(20'000).kind == StorageError::Kind::no_space);
  CHECK_FALSE(full.database->takes_writes());
  full.disk.free();
  CHECK(full.database->takes_writes());
  CHECK(full.write(10));
}

TEST_CASE("a database opens on a disk without any room, or says why not, and the process lives") {
  FullDisk full(Purpose::log, 0);
  if (!full.disk.mounted()) return;
  REQUIRE(full.write(1000));
  full.family.reset();
  full.database.reset();
  for (std::size_t bytes_left = 0; bytes_left <= 64u << 10; bytes_left += 4096) {
    full.disk.free();
    full.disk.fill(bytes_left);
    for (bool create : {false, true}) {
      std::string path = full.disk.path() + (create ? "/new" + std::to_string(bytes_left) : "/state");
      auto opened = Database::open(path, full.resources, {.purpose = Purpose::log, .create_if_missing = create});
      if (opened) continue;
      INFO(bytes_left << ": " << opened.error().detail);
      CHECK(opened.error().kind == StorageError::Kind::no_space);
    }
  }
  full.disk.free();
  full.open();
  CHECK(full.database->get(*full.family, "k").value()->size() == 1000);
}

TEST_CASE("a flush that the device refuses is told, and made up for when there is room") {
  FullDisk full(GENERATE(Purpose::log, Purpose::state), 0);
  if (!full.disk.mounted()) return;
  Batch batch;
  std::mt19937_64 random(7);
  std::string value;
  while (value.size() < 4u << 20) value += std::to_string(random());
  batch.put(*full.family, "large", value);
  REQUIRE(full.database->write(batch, Durability::synced));
  full.disk.fill(1u << 20);
  auto flushed = full.database->flush();
  REQUIRE_FALSE(flushed);
  CHECK(flushed.error().kind == StorageError::Kind::no_space);
  CHECK_FALSE(full.database->takes_writes());
  CHECK_FALSE(full.write(10));
  CHECK(full.database->get(*full.family, "large").value() == value);
  full.disk.free();
  CHECK(full.database->takes_writes());
  CHECK(full.write(10));
  CHECK(full.database->flush());
  full.open();
  CHECK(full.database->get(*full.family, "large").value() == value);
}

TEST_CASE("a family that the device refuses to make is told, and can be made when there is room") {
  FullDisk full(GENERATE(Purpose::log, Purpose::state), 0);
  if (!full.disk.mounted()) return;
  REQUIRE(full.write(1000));
  full.disk.fill();
  bool is_refused = false;
  // Names so long that the manifest goes beyond the room that it has been given beforehand.
  for (int count = 0; count < 100 && !is_refused; ++count) {
    is_refused = !full.database->create_families({std::to_string(count) + std::string(100'000, 'x')});
  }
  CHECK(is_refused);
  CHECK(full.database->get(*full.family, "k").value()->size() == 1000);
  full.disk.free();
  CHECK(full.write(10));
  CHECK(full.database->create_families({"another"}));
  full.open();
  CHECK(full.database->get(*full.family, "k").value()->size() == 10);
}

TEST_CASE("a log file that failed with nothing in memory is not used again") {
  FullDisk full(Purpose::log, 0);
  if (!full.disk.mounted()) return;
  REQUIRE(full.write(1000));
  REQUIRE(full.database->flush());
  full.disk.fill();
  CHECK(full.write_until_failure(200'000).kind == StorageError::Kind::no_space);
  full.disk.free();
  auto stuck = full.write(10);
  REQUIRE_FALSE(stuck);
  CHECK(stuck.error().kind == StorageError::Kind::stopped);
  CHECK_THAT(stuck.error().detail, Catch::Matchers::Contains("must be opened again"));
  full.open();
  CHECK(full.write(10));
}
