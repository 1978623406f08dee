// The state folder as crashes, other copies of the log and earlier programs leave it: made anew, or refused.
#include "projections/keys.hpp"
#include "tests/projections/school.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

std::unique_ptr<storage::Database> open_by_hand(School& school, storage::Resources& resources) {
  return std::move(storage::Database::open(school.folder / "state/events-0", resources, {}).value());
}

std::expected<std::unique_ptr<StateStore>, StateError> open_state(const std::string& folder,
                                                                  storage::Resources& resources) {
  auto log = std::move(embedded::EmbeddedLog::open(folder + "/log", resources, {.tenant_partitions = 1}).value());
  auto state = StateStore::open(folder + "/state", resources, *log);
  if (!state) return state;
  state->reset();  // before its log
  return nullptr;
}

}  // namespace

TEST_CASE("what a kill during the deletion of tables leaves is made anew") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  auto live = school.digest(tenant);
  school.close();
  std::string state = school.folder / "state/events-0";
  SECTION("half of the folder, as a program that deletes file by file leaves it") {
    REQUIRE_FALSE(files_with(state, ".log").empty());
    std::filesystem::remove(state + "/CURRENT");
  }
  SECTION("the folder under its other name, whole") {
    std::filesystem::rename(state, state + ".deleted");
  }
  SECTION("the folder under its other name, half deleted, and a new one begun") {
    std::filesystem::rename(state, state + ".deleted");
    std::filesystem::remove(state + ".deleted/CURRENT");
    std::filesystem::create_directories(state);
  }
  SECTION("remains of an earlier deletion beside tables that are whole") {
    test::copy_folder(state, state + ".deleted");
  }
  school.open();
  CHECK(school.digest(tenant).rows == live.rows);
  CHECK_FALSE(std::filesystem::exists(state + ".deleted"));
}

TEST_CASE("tables whose rebuild was cut short are made anew") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  auto live = school.digest(tenant);
  school.close();
  {
    storage::Resources resources;
    auto database = open_by_hand(school, resources);
    storage::Batch batch;
    batch.put(*database->default_family(), "rebuilding", "");
    batch.put(*database->family(storage::tenant_family_name(tenant)), "a row of half the events", "x");
    REQUIRE(database->write(batch, storage::Durability::synced));
  }
  school.open();
  CHECK(school.digest(tenant).rows == live.rows);
}

TEST_CASE("a tenant whose rebuild was cut short is rebuilt by the next start") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  auto live = school.digest(tenant);
  school.stop_engine();
  struct Cut {};
  CHECK_THROWS_AS(school.partition().rebuild_tenant(tenant, [](std::uint64_t, Position) { throw Cut{}; }), Cut);
  school.close();
  school.open();
  CHECK(school.digest(tenant).rows == live.rows);
  CHECK_FALSE(school.partition().quarantine_of(tenant));
}

TEST_CASE("tables of a copy of the log that went on by itself are refused, and a rebuild mends it") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.close();
  std::string copy = school.folder / "copy";
  std::filesystem::create_directories(copy);
  test::copy_folder(school.folder / "log", copy + "/log");
  test::copy_folder(school.folder / "state", copy + "/state");
  // Both go on with as many events, so that every position fits.
  school.open();
  school.done(tenant, add_course("A", "Here"));
  school.close();
  std::filesystem::rename(school.folder / "log", school.folder / "log-here");
  std::filesystem::rename(school.folder / "state", school.folder / "state-here");
  std::filesystem::rename(copy + "/log", school.folder / "log");
  std::filesystem::rename(copy + "/state", school.folder / "state");
  school.open();
  school.done(tenant, add_course("A", "There"));
  auto there = school.digest(tenant);
  school.close();

  test::copy_folder(school.folder / "state-here", school.folder / "state");
  storage::Resources resources;
  auto opened = open_state(school.folder.path(), resources);
  REQUIRE_FALSE(opened);
  INFO(opened.error().detail);
  CHECK(opened.error().detail.find("partition events-0") != std::string::npos);
  CHECK(opened.error().detail.find("`tenantry rebuild`") != std::string::npos);
  {
    auto log =
        std::move(embedded::EmbeddedLog::open(school.folder / "log", resources, {.tenant_partitions = 1}).value());
    REQUIRE(StateStore::rebuild(school.folder / "state", resources, *log, 1, {}));
  }
  school.open();
  CHECK(school.digest(tenant).rows == there.rows);
  // What a rebuild binds the tables to is the log's last record too.
  school.close();
  test::copy_folder(school.folder / "log-here", school.folder / "log");
  CHECK_FALSE(open_state(school.folder.path(), resources));
}

TEST_CASE("tables of another format are made anew, and the start says so") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  auto live = school.digest(tenant);
  school.close();
  storage::Resources resources;
  {
    auto database = open_by_hand(school, resources);
    storage::Batch batch;
    batch.put(*database->default_family(), "format", std::string("\0\0\0\0\0\0\0\2", 8));
    REQUIRE(database->write(batch, storage::Durability::synced));
  }
  school.open();
  REQUIRE(school.notes().size() == 1);
  CHECK(school.notes()[0].find("another format") != std::string::npos);
  CHECK(school.digest(tenant).rows == live.rows);
  school.close();
  school.open();
  CHECK(school.notes().empty());
}

TEST_CASE("tables that lost a part of their write-ahead log are made anew, and no rule is broken") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  TenantId neighbour = school.create_tenant("beta");
  school.fill(tenant);
  for (int start = 0; start < 3; ++start) {
    school.close();
    school.open();
    school.done(start == 1 ? tenant : neighbour, register_student("of start " + std::to_string(start)));
  }
  auto live = school.digest(tenant);
  auto live_neighbour = school.digest(neighbour);
  school.close();
  auto files = files_with(school.folder / "state/events-0", ".log");
  std::erase_if(files, [](const std::string& file) { return std::filesystem::file_size(file) == 0; });
  REQUIRE(files.size() >= 4);
  std::string lost = files[files.size() - 2];  // what `tenant` did last: its own rows cannot tell that it is missing
  bool is_emptied = GENERATE(true, false);
  is_emptied ? std::filesystem::resize_file(lost, 0) : void(std::filesystem::remove(lost));
  school.open();
  REQUIRE(school.notes().size() == 1);
  INFO(school.notes()[0]);
  CHECK(school.notes()[0].find(lost) != std::string::npos);
  CHECK(school.digest(tenant).rows == live.rows);
  CHECK(school.digest(neighbour).rows == live_neighbour.rows);
  auto refused = school.send(tenant, register_student("of start 1"));
  CHECK(std::holds_alternative<Refusal>(refused));
}

TEST_CASE("a tenant whose head does not stand at its last event is made anew by the next start") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  auto live = school.digest(tenant);
  school.close();
  {
    storage::Resources resources;
    auto database = open_by_hand(school, resources);
    storage::Batch batch;
    bool is_head = GENERATE(true, false);
    batch.erase(*database->family(storage::tenant_family_name(tenant)),
                is_head ? projections::head_key() : projections::sequence_key(live.sequence));
    REQUIRE(database->write(batch, storage::Durability::synced));
  }
  school.open();
  CHECK(school.digest(tenant).rows == live.rows);
  CHECK_FALSE(school.partition().quarantine_of(tenant));
}
