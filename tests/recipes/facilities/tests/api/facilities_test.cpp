// Process managers at work on a whole service, whose clock is moved by hand.
#include <catch2/catch.hpp>
#include <thread>

#include "tests/api/test_service.hpp"
#include "tests/support/manual_clock.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
const Instant noon = *Instant::parse("2026-03-02T12:00:00.000Z");

struct Rooms {
  ManualClock clock{noon};
  TestService service;

  explicit Rooms(api::ServiceOptions options = {}) : service(std::move(options), {.clock = &clock}) {
    service.tenant("oak");
  }

  HttpClient school() { return service.client({{"X-Tenant", "oak"}}); }
  std::string add(const std::string& code) {
    return created(school().post("/v1/rooms", R"({"code":")" + code + R"("})"));
  }
  void close_until(const std::string& room, Instant opens_at) {
    auto closed = school().post("/v1/rooms/" + room + "/close", R"({"opensAt":")" + opens_at.text() + R"("})");
    REQUIRE(closed.status == 200);
  }
  std::string of(const std::string& room, const std::string& pointer) {
    return at(school().get("/v1/rooms/" + room), pointer);
  }
  // What comes by itself comes soon; fails the test if it does not.
  void wait_until(const std::string& room, const std::string& pointer, const std::string& value) {
    for (int looks = 0; looks < 3'000 && of(room, pointer) != value; ++looks) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    REQUIRE(of(room, pointer) == value);
  }
  double metric(const std::string& name) {
    std::string text = service.client().get("/metrics").body;
    auto found = text.find("\n" + name + " ");
    REQUIRE(found != std::string::npos);
    return std::stod(text.substr(found + name.size() + 2));
  }
  void wait_until_metric(const std::string& name, double value) {
    for (int looks = 0; looks < 3'000 && metric(name) != value; ++looks) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    REQUIRE(metric(name) == value);
  }
};

const std::string waiting = "tenantry_process_tenants_waiting";
const std::string refused = "tenantry_process_commands_refused_total";
const std::string done = "tenantry_process_commands_done_total";

}  // namespace

TEST_CASE("a reaction answers an event once, as the system, and says which event it was", "[process]") {
  Rooms rooms;
  std::string room = rooms.add("A1");
  rooms.wait_until(room, "/inspected", "true");
  auto history = rooms.school().get("/v1/rooms/" + room + "/history");
  REQUIRE(size_at(history, "/items") == 2);
  CHECK(at(history, "/items/1/type") == "tenantry.facilities.room-inspected.v1");
  CHECK(at(history, "/items/1/authtype") == "system");
  CHECK(at(history, "/items/1/causationid") == at(history, "/items/0/id"));
  CHECK(at(history, "/items/1/commandid").ends_with("-facilities.inspect-room"));
  rooms.wait_until_metric(waiting, 0);
  rooms.service.restart();
  rooms.wait_until_metric(waiting, 0);
  CHECK(rooms.metric(done) == 0);
}

TEST_CASE("a deadline falls due at its instant, not before, and after a restart too", "[process]") {
  Rooms rooms;
  std::string first = rooms.add("A1"), second = rooms.add("A2");
  rooms.wait_until(second, "/inspected", "true");
  rooms.close_until(first, {noon.unix_ms + hour_ms});
  rooms.close_until(second, {noon.unix_ms + 2 * hour_ms});
  rooms.clock.advance(hour_ms - 1);
  rooms.service.restart();
  rooms.wait_until_metric(waiting, 1);
  CHECK(rooms.of(first, "/open") == "false");
  rooms.clock.advance(1);
  rooms.wait_until(first, "/open", "true");
  CHECK(rooms.of(second, "/open") == "false");
  rooms.service.restart([&](api::Node&) { rooms.clock.advance(5 * hour_ms); });
  rooms.wait_until(second, "/open", "true");
  rooms.wait_until_metric(waiting, 0);
}

TEST_CASE("what is done by hand before its deadline is not done again", "[process]") {
  Rooms rooms;
  std::string room = rooms.add("A1");
  rooms.wait_until(room, "/inspected", "true");
  rooms.close_until(room, {noon.unix_ms + hour_ms});
  CHECK(rooms.school().post("/v1/rooms/" + room + "/open", "{}").status == 200);
  rooms.clock.advance(2 * hour_ms);
  rooms.wait_until_metric(waiting, 0);
  CHECK(size_at(rooms.school().get("/v1/rooms/" + room + "/history"), "/items") == 4);
  CHECK(rooms.metric(done) == 1);
}

TEST_CASE("what a rule refuses a process manager is over, which the log remembers", "[process]") {
  Rooms rooms;
  std::string room = rooms.add("private");
  rooms.wait_until_metric(refused, 1);
  rooms.wait_until_metric(waiting, 0);
  CHECK(rooms.of(room, "/inspected") == "false");
  rooms.service.restart();
  rooms.wait_until_metric(waiting, 0);
  CHECK(rooms.metric(refused) == 0);
}

TEST_CASE("what falls due while the tenant is suspended is done when it works again", "[process]") {
  Rooms rooms;
  std::string room = rooms.add("A1");
  rooms.wait_until(room, "/inspected", "true");
  rooms.close_until(room, {noon.unix_ms + hour_ms});
  auto operators = rooms.service.client();
  REQUIRE(operators.post("/v1/tenants/oak/suspend", R"({"reason":"unpaid"})").status == 200);
  rooms.clock.advance(2 * hour_ms);
  rooms.wait_until_metric("tenantry_process_attempts_failed_total", 1);
  REQUIRE(operators.post("/v1/tenants/oak/reactivate", "{}").status == 200);
  rooms.wait_until(room, "/open", "true");
}

TEST_CASE("many tenants' deadlines of one instant are all met, more than are asked for at once", "[process]") {
  api::ServiceOptions options;
  options.processes = {.commands_at_once_max = 3, .tenants_at_once_max = 2};
  Rooms rooms(options);
  std::vector<std::pair<std::string, std::string>> closed;  // school and room
  for (int number = 0; number < 10; ++number) {
    std::string slug = "school-" + std::to_string(number);
    auto client = rooms.service.tenant(slug);
    for (int each = 0; each < 5; ++each) {
      auto room = created(client.post("/v1/rooms", R"({"code":"R)" + std::to_string(each) + R"("})"));
      auto body = R"({"opensAt":")" + Instant{noon.unix_ms + hour_ms}.text() + R"("})";
      REQUIRE(client.post("/v1/rooms/" + room + "/close", body).status == 200);
      closed.emplace_back(slug, room);
    }
  }
  rooms.clock.advance(hour_ms);
  rooms.wait_until_metric(waiting, 0);
  for (const auto& [slug, room] : closed) {
    auto client = rooms.service.client({{"X-Tenant", slug}});
    CHECK(at(client.get("/v1/rooms/" + room), "/open") == "true");
    CHECK(size_at(client.get("/v1/rooms/" + room + "/history"), "/items") == 4);
  }
}
