// `tenantry events`: the audit trail on the command line, from the log and from a running server.
#include <catch2/catch.hpp>

#include <set>

#include "tests/system/loaded_demo.hpp"

namespace tenantry::test {
namespace {

std::vector<json> events_in(const std::string& output) {
  std::vector<json> events;
  for (const std::string& line : lines_of(output)) events.push_back(json::parse(line));
  return events;
}

std::vector<json> events_of(const std::string& folder, std::vector<std::string> more) {
  std::vector<std::string> arguments = {"events", "--data", folder};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Finished finished = tenantry(arguments);
  INFO(finished.errors);
  REQUIRE(finished.code == 0);
  return events_in(finished.output);
}

std::uint64_t sequence_of(const json& event) {
  return std::stoull(event.at("sequence").get<std::string>());
}

TEST_CASE("the events of every tenant are dense and complete CloudEvents") {
  std::map<std::string, std::uint64_t> last;
  std::set<std::string> ids;
  std::size_t count = 0;
  for (const json& event : events_of(LoadedDemo::once().path(), {})) {
    ++count;
    if (sequence_of(event) != ++last[event.at("tenantid")]) FAIL("a gap at " << event.dump());
    ids.insert(event.at("id").get<std::string>());
    bool whole = event.at("specversion") == "1.0" && event.at("type").is_string() && event.at("subject").is_string() &&
                 event.at("time").is_string() && event.at("data").is_object() && event.at("authtype") == "system";
    if (!whole) FAIL("not whole: " << event.dump());
  }
  CHECK(last.size() == 8);  // seven tenants and the platform
  CHECK(ids.size() == count);
  CHECK(count > 130'000);
}

TEST_CASE("events are chosen by tenant, type, subject, sequence and number") {
  const std::string folder = LoadedDemo::once().path();
  auto first = events_of(folder, {"--tenant", "aaa", "--limit", "3"});
  REQUIRE(first.size() == 3);
  CHECK(first[0].at("type") == "tenantry.tenancy.tenant-created.v1");
  CHECK(first[1].at("type") == "tenantry.roster.course-added.v1");
  CHECK(sequence_of(events_of(folder, {"--tenant", "aaa", "--from-sequence", "100", "--limit", "1"}).at(0)) == 100);
  CHECK(events_of(folder, {"--tenant", "aaa", "--type", "tenantry.roster.student-enrolled.v1"}).size() == 748);
  CHECK(events_of(folder, {"--tenant", "aaa", "--type", "tenantry.roster.class-*"}).size() == 2);
  CHECK(events_of(folder, {"--tenant", "aaa", "--subject", "courses/*"}).size() == 1);
  CHECK(events_of(folder, {"--type", "tenantry.directory.*"}).size() == 7);
  CHECK(tenantry({"events", "--data", folder, "--tenant", "zzz"}).code == 1);
  CHECK(tenantry({"events", "--data", folder, "--follow"}).code == 2);
}

TEST_CASE("a server's events are those of its log, and are followed as they come") {
  TemporaryFolder folder;
  Server server(folder / "data");
  HttpClient client = server.client();
  make_tenant(client, "school");
  for (int number = 0; number < 1200; ++number) {
    REQUIRE(client.post("/v1/students", student(std::to_string(number)).dump(), of("school")).status == 201);
  }
  auto locked = tenantry({"events", "--data", folder / "data", "--tenant", "school"});
  CHECK(locked.code == 1);
  CHECK(locked.errors.find("--url") != std::string::npos);

  Process follower(program(
      {"events", "--tenant", "school", "--url", server.url(), "--follow", "--from-sequence", "1200", "--limit", "3"}));
  CHECK(comes_true([&] { return lines_of(follower.output()).size() >= 2; }));
  CHECK(follower.is_running());
  REQUIRE(client.post("/v1/students", student("late").dump(), of("school")).status == 201);
  CHECK(follower.wait() == 0);
  auto followed = events_in(follower.output());
  REQUIRE(followed.size() == 3);
  CHECK(followed[2].at("data").at("number") == "late");

  Finished paged = tenantry({"events", "--tenant", "school", "--url", server.url()});
  CHECK(paged.code == 0);
  CHECK(server.stop() == 0);
  CHECK(lines_of(paged.output).size() == 1202);
  CHECK(events_in(paged.output) == events_of(folder / "data", {"--tenant", "school"}));
}

TEST_CASE("a follower goes on where it was when its server comes back") {
  TemporaryFolder folder;
  auto server = std::make_unique<Server>(folder / "data");
  std::string port = std::to_string(server->port());
  HttpClient before = server->client();
  make_tenant(before, "school");
  Process follower(program({"events", "--tenant", "school", "--url", server->url(), "--follow", "--limit", "2"}));
  CHECK(comes_true([&] { return !follower.output().empty(); }));
  CHECK(server->stop() == 0);
  server = std::make_unique<Server>(folder / "data", std::vector<std::string>{"--port", port});
  HttpClient after = server->client();
  REQUIRE(after.post("/v1/courses", json({{"code", "LATE"}, {"title", "Late"}}).dump(), of("school")).status == 201);
  CHECK(follower.wait() == 0);
  auto followed = events_in(follower.output());
  REQUIRE(followed.size() == 2);
  CHECK(followed[1].at("data").at("code") == "LATE");
}

}  // namespace
}  // namespace tenantry::test
