// A folder is emptied in one step, whatever a crash leaves of the work after it.
#include "storage/folder_emptying.hpp"

#include <catch2/catch.hpp>

#include "tests/support/files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::storage {
namespace {

void make_files(const std::string& folder) {
  std::filesystem::create_directories(folder + "/bulk-load");
  for (const char* name : {"/CURRENT", "/000004.log", "/bulk-load/1.sst"}) test::write_file(folder + name, "x");
}

}  // namespace

TEST_CASE("an emptied folder is there, empty, and nothing else is left") {
  test::TemporaryFolder folder;
  std::string state = folder / "events-0";
  make_files(state);
  make_files(state + ".deleted");  // of an emptying that a crash cut short
  REQUIRE(empty_folder(state));
  CHECK(std::filesystem::is_empty(state));
  CHECK_FALSE(std::filesystem::exists(state + ".deleted"));
  REQUIRE(empty_folder(folder / "new"));
  CHECK(std::filesystem::is_empty(folder / "new"));
}

TEST_CASE("finishing an emptying leaves the folder itself alone") {
  test::TemporaryFolder folder;
  std::string state = folder / "events-0";
  make_files(state);
  make_files(state + ".deleted");
  REQUIRE(finish_emptying(state));
  CHECK(std::filesystem::exists(state + "/000004.log"));
  CHECK_FALSE(std::filesystem::exists(state + ".deleted"));
  CHECK(finish_emptying(state));
}

TEST_CASE("files without CURRENT are the remains of a database") {
  test::TemporaryFolder folder;
  std::string state = folder / "events-0";
  CHECK_FALSE(holds_remains(state));
  std::filesystem::create_directories(state);
  CHECK_FALSE(holds_remains(state));
  make_files(state);
  CHECK_FALSE(holds_remains(state));
  std::filesystem::remove(state + "/CURRENT");
  CHECK(holds_remains(state));
}

}  // namespace tenantry::storage
