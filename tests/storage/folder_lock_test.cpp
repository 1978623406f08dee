#include "storage/folder_lock.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.hpp"

using namespace tenantry;
using namespace tenantry::storage;
using Catch::Matchers::Contains;

TEST_CASE("a folder is locked once, and the refusal names the holder") {
  test::TemporaryFolder folder;
  auto path = folder / "data";
  {
    auto lock = FolderLock::acquire(path);
    REQUIRE(lock);
    auto second = FolderLock::acquire(path);
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == StorageError::Kind::locked);
    CHECK_THAT(second.error().detail, Contains(path) && Contains("process " + std::to_string(::getpid())));
    FolderLock moved = std::move(*lock);
    CHECK_FALSE(FolderLock::acquire(path));
  }
  CHECK(FolderLock::acquire(path));
}

TEST_CASE("a lock ends with the process that held it") {
  test::TemporaryFolder folder;
  auto pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    auto lock = FolderLock::acquire(folder.path());
    ::_exit(lock ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(pid, &status, 0) == pid);
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(FolderLock::acquire(folder.path()));
}

TEST_CASE("a folder that cannot be made is an error") {
  auto lock = FolderLock::acquire("/proc/no-such-place");
  REQUIRE_FALSE(lock);
  CHECK(lock.error().kind == StorageError::Kind::io);
}
