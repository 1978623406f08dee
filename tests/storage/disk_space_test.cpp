// What a folder's file system says of it before anything is made there.
#include "storage/disk_space.hpp"
#include "tests/storage/storage_fixture.hpp"
#include "tests/support/files.hpp"
#include "tests/support/small_disk.hpp"

using namespace tenantry;
using namespace tenantry::storage;

TEST_CASE("what is not there is told from what cannot be looked at") {
  test::TemporaryFolder folder;
  CHECK(is_there(folder.path()).value());
  CHECK_FALSE(is_there(folder / "none").value());
  CHECK_FALSE(is_there(folder / "none/deeper").value());
  test::write_file(folder / "file", "x");
  auto below_a_file = is_there(folder / "file/deeper");
  REQUIRE_FALSE(below_a_file);
  CHECK_THAT(below_a_file.error().detail, Catch::Matchers::Contains("file/deeper: Not a directory"));
}

TEST_CASE("a folder that is not there yet is judged by the one above it") {
  test::SmallDisk disk(8);
  if (!disk.mounted()) {
    WARN("not tested: no small disk can be mounted here (" << disk.why() << ")");
    return;
  }
  auto all = free_bytes(disk.path()).value();
  CHECK(all <= 8u << 20);
  CHECK(free_bytes(disk.path() + "/not/made/yet").value() == all);
  CHECK_FALSE(why_not_writable(disk.path() + "/not/made/yet"));
  disk.fill(8192);
  CHECK(free_bytes(disk.path() + "/not/made/yet").value() == 8192);
  REQUIRE(disk.remount(true));
  CHECK_THAT(why_not_writable(disk.path() + "/not/made/yet").value(),
             Catch::Matchers::Contains("Read-only file system"));
  REQUIRE(disk.remount(false));
  test::write_file(disk.path() + "/file", "x");
  CHECK_THAT(why_not_writable(disk.path() + "/file").value(), Catch::Matchers::Contains("Not a directory"));
}

TEST_CASE("bytes are told as people read them") {
  CHECK(readable_bytes(0) == "0 bytes");
  CHECK(readable_bytes(1023) == "1023 bytes");
  CHECK(readable_bytes(4096) == "4 KiB");
  CHECK(readable_bytes((32u << 20) - 1) == "31 MiB");
  CHECK(readable_bytes(std::uint64_t{5} << 40) == "5 TiB");
}
