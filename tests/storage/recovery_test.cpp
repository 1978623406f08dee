// What a state database does after an unclean end, and with damaged files.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "tests/storage/storage_fixture.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::storage;

namespace {

constexpr const char* folder_variable = "TENANTRY_TEST_DATABASE_FOLDER";
constexpr const char* child_test = "writes pairs until killed";

}  // namespace

TEST_CASE(child_test, "[.][child]") {
  Resources resources;
  auto database = Database::open(std::getenv(folder_variable), resources, {.create_if_missing = true});
  REQUIRE(database);
  auto families = (*database)->create_families({"one", "two"}).value();
  for (int round = 0;; ++round) {
    Batch batch;
    for (const auto& family : families) batch.put(*family, "round", std::to_string(round));
    if (!(*database)->write(batch, Durability::buffered)) break;
    if (::write(STDOUT_FILENO, &round, sizeof round) != sizeof round) break;
  }
}

TEST_CASE("buffered batches survive the end of the process, whole") {
  StorageFixture fixture;
  fixture.close();
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::setenv(folder_variable, fixture.path().c_str(), 1);
  pid_t pid = ::fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl("/proc/self/exe", "test", child_test, static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);
  int answered = -1;
  for (int round = 0; ::read(ends[0], &round, sizeof round) == sizeof round; answered = round) {
    if (round == 200) ::kill(pid, SIGKILL);
  }
  ::close(ends[0]);
  ::waitpid(pid, nullptr, 0);
  REQUIRE(answered >= 200);
  fixture.open();
  auto one = fixture.database().get(*fixture.database().family("one"), "round").value();
  auto two = fixture.database().get(*fixture.database().family("two"), "round").value();
  REQUIRE(one);
  CHECK(one == two);
  CHECK(std::stoi(*one) >= answered);
}

TEST_CASE("a state database opens with the undamaged part of its write-ahead log; a log database refuses") {
  StorageFixture fixture;
  auto purpose = GENERATE(Purpose::state, Purpose::log);
  fixture.open({.purpose = purpose, .create_if_missing = true});
  auto family = fixture.family("f");
  for (int number = 0; number < 10; ++number) fixture.put(*family, {{std::to_string(number), std::string(200, 'v')}});
  family.reset();
  fixture.close();
  auto log = test::files_with(fixture.path(), ".log").back();
  test::flip_bit(log, std::filesystem::file_size(log) / 2);
  auto opened = Database::open(fixture.path(), fixture.resources, {.purpose = purpose});
  if (purpose == Purpose::state) {
    REQUIRE(opened);
    auto last = (*opened)->last_key(*(*opened)->family("f")).value();
    CHECK((last && *last < "9"));
  } else {
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == StorageError::Kind::corrupt);
    auto salvaged =
        Database::open(fixture.path(), fixture.resources, {.purpose = purpose, .read_only = true, .salvage = true});
    REQUIRE(salvaged);
    CHECK((*salvaged)->last_key(*(*salvaged)->family("f")).value());
  }
}

TEST_CASE("starting again and again does not pile up write-ahead log files") {
  StorageFixture fixture;
  for (int start = 0; start < 60; ++start) {
    auto family = fixture.family(start % 2 == 0 ? "even" : "odd");
    fixture.put(*family, {{"start " + std::to_string(start), "seen"}});
    family.reset();
    fixture.open();
  }
  for (int start = 0; start < 40; ++start) fixture.open();  // and nothing to flush
  CHECK(test::files_with(fixture.path(), ".log").size() < 20);
  CHECK(fixture.rows(*fixture.database().family("even")).size() == 30);
  CHECK(fixture.rows(*fixture.database().family("odd")).size() == 30);
}
