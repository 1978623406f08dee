// The tables are a function of the log, and `tenantry rebuild` makes them so.
#include <catch2/catch.hpp>

#include "tests/system/loaded_demo.hpp"

namespace tenantry::test {
namespace {

TEST_CASE("tables made live, rebuilt and caught up are equal byte for byte") {
  DemoCopy copy;
  auto live = digests(copy.path());
  REQUIRE(live.size() == 9);  // seven tenants, the platform, all
  SECTION("rebuilt whole") {
    Finished rebuilt = tenantry({"rebuild", "--data", copy.path()});
    INFO(rebuilt.output << rebuilt.errors);
    CHECK(rebuilt.code == 0);
    CHECK(rebuilt.output.find("100%") != std::string::npos);
    CHECK(rebuilt.output.find("records") != std::string::npos);
    CHECK(digests(copy.path()) == live);
  }
  SECTION("one tenant rebuilt") {
    Finished rebuilt = tenantry({"rebuild", "--data", copy.path(), "--tenant", "ddd"});
    INFO(rebuilt.output << rebuilt.errors);
    CHECK(rebuilt.code == 0);
    CHECK(digests(copy.path()) == live);
    auto one = digests(copy.path(), {"--tenant", "ddd"});
    CHECK(one.at("ddd") == live.at("ddd"));
    CHECK(one.count("aaa") == 0);
  }
  SECTION("the state folder deleted") {
    std::filesystem::remove_all(copy.path() + "/state");
    CHECK(digests(copy.path()) == live);
  }
}

TEST_CASE("a rebuild, and every other opening, does not depend on what is in the place of tables") {
  DemoCopy copy;
  auto live = digests(copy.path());
  std::filesystem::remove_all(copy.path() + "/state/events-0");
  std::filesystem::create_directories(copy.path() + "/state/events-0");
  write_file(copy.path() + "/state/events-0/CURRENT", "MANIFEST-999999\n");
  if (GENERATE(true, false)) CHECK(tenantry({"rebuild", "--data", copy.path()}).code == 0);
  CHECK(digests(copy.path()) == live);
}

TEST_CASE("a rebuild that is killed leaves tables that the next start completes") {
  DemoCopy copy;
  auto live = digests(copy.path());
  for (const char* progress : {"rebuilding", "50%"}) {
    Process rebuild(program({"rebuild", "--data", copy.path()}));
    CHECK(comes_true([&] { return rebuild.output().find(progress) != std::string::npos || !rebuild.is_running(); }));
    rebuild.kill(SIGKILL);
    rebuild.wait();
    CHECK(digests(copy.path()) == live);
  }
}

TEST_CASE("the tables of a running server are left alone") {
  DemoCopy copy;
  Server server(copy.path());
  REQUIRE(server.serves());
  for (const char* command : {"rebuild", "digest"}) {
    Finished refused = tenantry({command, "--data", copy.path()});
    CHECK(refused.code == 1);
    CHECK(refused.errors.find("is in use by process") != std::string::npos);
  }
  CHECK(json_of(server.client().get("/v1/statistics", of("aaa"))).at("registrations") == 748);
}

TEST_CASE("commands that need a log or a tenant say so when there is none") {
  TemporaryFolder folder;
  for (const char* command : {"rebuild", "digest", "events"}) {
    Finished finished = tenantry({command, "--data", folder / "nothing"});
    CHECK(finished.code == 1);
    CHECK(finished.errors.find("there is no log in") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder / "nothing"));
  }
  Finished unknown = tenantry({"rebuild", "--data", LoadedDemo::once().path(), "--tenant", "zzz"});
  CHECK(unknown.code == 1);
  CHECK(unknown.errors.find("there is no tenant zzz") != std::string::npos);
}

}  // namespace
}  // namespace tenantry::test
