// Damage on disk, through the whole program: found, said, and concerning nobody but those whose rows or records it hit.
#include <chrono>

#include "storage/database.hpp"
#include "storage/resources.hpp"
#include "tests/support/files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/system/program.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

void register_students(HttpClient& client, const std::string& tenant, int from, int until) {
  for (int number = from; number < until; ++number) {
    REQUIRE(client.post("/v1/students", student("N-" + std::to_string(number)).dump(), of(tenant)).status == 201);
  }
}

// Moves what a database of the data folder has in memory into table files, and changes a bit of its largest one, at
// this part of its length.
void damage_rows(const std::string& path, storage::Purpose purpose, double where) {
  {
    storage::Resources resources;
    auto database = storage::Database::open(path, resources, {.purpose = purpose});
    REQUIRE(database);
    REQUIRE((*database)->flush());
  }
  auto files = files_with(path, ".sst");
  auto largest = std::ranges::max_element(files, {}, [](const auto& file) { return std::filesystem::file_size(file); });
  REQUIRE(largest != files.end());
  flip_bit(*largest, static_cast<std::size_t>(where * static_cast<double>(std::filesystem::file_size(*largest))));
}

std::string partition_of(HttpClient& client, const std::string& tenant) {
  auto partition = json_of(client.get("/v1/tenants/" + tenant)).at("partition").get<int>();
  return "events-" + std::to_string(partition);
}

// Two tenants in one partition: "school" has 300 students, of whom some cannot be read, "college" none.
void damage_school(const TemporaryFolder& folder) {
  std::string state;
  {
    Server server(folder.path(), {"--partitions", "1"});
    auto client = server.client();
    make_tenant(client, "school");
    make_tenant(client, "college");
    state = folder / "state/" + partition_of(client, "school");
    register_students(client, "school", 0, 300);
    server.stop();
  }
  damage_rows(state, storage::Purpose::state, 0.2);  // among the students
}

}  // namespace

TEST_CASE("tables that lost a write-ahead log file are made anew, whatever was last in it") {
  TemporaryFolder folder;
  std::string state;
  for (int start = 0; start < 3; ++start) {
    Server server(folder.path());
    auto client = server.client();
    if (start == 0) make_tenant(client, "school");
    state = folder / "state/" + partition_of(client, "school");
    register_students(client, "school", 10 * start, 10 * start + 10);
    start == 2 ? server.stop(SIGKILL) : server.stop();
  }
  auto logs = files_with(state, ".log");
  std::erase_if(logs, [](const auto& file) { return std::filesystem::file_size(file) == 0; });
  REQUIRE(logs.size() >= 3);
  std::filesystem::remove(logs[logs.size() - 2]);
  Server server(folder.path());
  REQUIRE(server.serves());
  CHECK(server.process().errors().find("made anew") != std::string::npos);
  auto client = server.client();
  CHECK(json_of(client.get("/v1/statistics", of("school"))).at("students") == 30);
  CHECK(json_of(client.get("/v1/students?limit=100", of("school"))).at("items").size() == 30);
  for (int number = 0; number < 30; ++number) {
    CHECK(client.post("/v1/students", student("N-" + std::to_string(number)).dump(), of("school")).status == 409);
  }
}

TEST_CASE(
    "records of the log that cannot be read make the server not ready, and it says why; what can be done goes on") {
  TemporaryFolder folder;
  {
    Server server(folder.path());
    auto client = server.client();
    make_tenant(client, "school");
    register_students(client, "school", 0, 50);
    server.stop();
  }
  damage_rows(folder / "log/records", storage::Purpose::log, 0.3);
  Server server(folder.path(), {"--verify-log", "tail"});
  if (!server.serves()) FAIL(server.process().errors());
  auto client = server.client();
  CHECK(client.get("/readyz").status == 200);  // nobody has read them
  CHECK(client.get("/v1/audit/events?after=0", of("school")).status == 500);
  auto ready = client.get("/readyz");
  CHECK(ready.status == 503);
  CHECK(json_of(ready).at("type") == "/problems/not-ready");
  CHECK(json_of(ready).at("detail").get<std::string>().find("log cannot be read") != std::string::npos);
  CHECK(ready.body.find(folder.path()) == std::string::npos);
  CHECK(client.get("/metrics").body.find("tenantry_log_damaged_reads 0\n") == std::string::npos);
  CHECK(client.post("/v1/students", student("N-50").dump(), of("school")).status == 201);
}

TEST_CASE("a tenant with a damaged row is in quarantine, its neighbours are served, and the next start mends it") {
  TemporaryFolder folder;
  damage_school(folder);
  {
    Server server(folder.path(), {"--partitions", "1"});
    auto client = server.client();
    CHECK(json_of(client.get("/readyz")).at("quarantinedTenants") == 0);  // nobody has met it
    Answer met;
    int unreadable = 0;
    for (int number = 0; number < 300; ++number) {
      auto found = client.get("/v1/students?number=N-" + std::to_string(number), of("school"));
      REQUIRE((found.status == 200 || found.status == 500));
      if (found.status == 500) ++unreadable;
    }
    CHECK(unreadable > 0);
    // A query says that it cannot read, and leaves commands alone; the tables will be made anew.
    CHECK(json_of(client.get("/readyz")).at("quarantinedTenants") == 0);
    CHECK(json_of(client.get("/readyz")).at("damagedTenants") == 1);
    bool commands_follow = GENERATE(true, false);
    if (!commands_follow)
      CHECK(client.post("/v1/courses", json({{"code", "A"}, {"title", "A"}}).dump(), of("school")).status == 201);
    if (commands_follow) {
      auto events = lines_of(client.get("/v1/audit/events?limit=1000", of("school")).body);
      for (const std::string& line : events) {
        auto data = json::parse(line).at("data");
        if (!data.contains("number")) continue;
        met = client.post("/v1/students/" + data.at("id").get<std::string>() + "/deactivate", json::object().dump(),
                          of("school"));
        if (met.status != 200) break;
      }
      CHECK(met.status == 503);
      CHECK(json_of(met).at("type") == "/problems/tenant-quarantined");
      for (int number = 0; number < 20; ++number) {
        CHECK(client.post("/v1/students", student("N-" + std::to_string(number)).dump(), of("college")).status == 201);
      }
      auto ready = client.get("/readyz");
      CHECK(ready.status == 200);
      CHECK(json_of(ready).at("quarantinedTenants") == 1);
      CHECK(json_of(client.get("/v1/quarantine")).at("items").size() == 1);
    }
    CHECK(client.get("/metrics").body.find("tenantry_state_damaged_reads{partition=\"events-0\"} 0\n") ==
          std::string::npos);
    server.stop();
  }
  Server server(folder.path(), {"--partitions", "1"});
  auto client = server.client();
  CHECK(json_of(client.get("/readyz")).at("quarantinedTenants") == 0);
  CHECK(json_of(client.get("/readyz")).at("damagedTenants") == 0);
  CHECK(json_of(client.get("/v1/statistics", of("school"))).at("students") == 300);
  for (int number = 0; number < 300; ++number) {
    CHECK(client.get("/v1/students?number=N-" + std::to_string(number), of("school")).status == 200);
  }
}

// A list is read at one moment, and after that RocksDB compacts what it kept for it.
TEST_CASE("damage that a compaction meets, after a list was read, concerns its tenant alone") {
  TemporaryFolder folder;
  damage_school(folder);
  Server server(folder.path(), {"--partitions", "1"});
  auto client = server.client();
  CHECK(client.get("/v1/enrolments?status=active", of("school")).status == 200);
  auto damaged = [&] { return json_of(client.get("/readyz")).at("damagedTenants") == 1; };
  auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  for (int number = 0; !damaged() && std::chrono::steady_clock::now() < until; ++number) {
    REQUIRE(client.post("/v1/students", student("N-" + std::to_string(number)).dump(), of("college")).status == 201);
  }
  CHECK(damaged());
  CHECK(client.post("/v1/students", student("last").dump(), of("college")).status == 201);
  CHECK(client.get("/readyz").status == 200);
}

TEST_CASE("a command that finds tables which are not whole says so, and makes them anew") {
  TemporaryFolder folder;
  {
    Server server(folder.path(), {"--partitions", "1"});
    auto client = server.client();
    make_tenant(client, "school");
    server.stop();
  }
  auto before = digests(folder.path());
  std::filesystem::remove(folder / "state/events-0/WAL-MANIFEST");
  Finished finished = test::tenantry({"digest", "--data", folder.path()});
  CHECK(finished.code == 0);
  CHECK(finished.errors.find("made anew") != std::string::npos);
  CHECK(digests(folder.path()) == before);
}
