// Shutting down: answers in flight arrive, nothing new is taken, and no thread or descriptor is left.
#include <catch2/catch.hpp>

#include <filesystem>

#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;

namespace {

std::size_t entries(const char* directory) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(directory)) ++count;
  return count;
}

}  // namespace

TEST_CASE("draining answers what is in flight, closes what is idle, and refuses what is new", "[http]") {
  TestServer server;
  RawClient idle(server.port());
  REQUIRE(idle.ask(get("/describe")).value().status == 200);
  RawClient busy(server.port());
  busy.send(get("/held"));
  REQUIRE(eventually([&] { return server.server->in_flight() == 1; }));
  bool all_answered = false;
  std::jthread drainer([&] { all_answered = server.server->drain(20'000); });
  CHECK(idle.at_end());
  RawClient late(server.port());
  const auto refused = late.read();
  CHECK((!refused || refused->status == 503));
  {
    std::lock_guard lock(server.held_mutex);
    CHECK(server.held.front().send(200, "text/plain", "in time"));
  }
  const auto response = busy.read().value();
  CHECK(response.body == "in time");
  CHECK(response.closes());
  busy.close();
  late.close();
  drainer.join();
  CHECK(all_answered);
  CHECK_FALSE(RawClient(server.port()).connected());
}

TEST_CASE("a drain that runs out of time says so and stops", "[http]") {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/held"));
  REQUIRE(eventually([&] { return server.server->in_flight() == 1; }));
  CHECK_FALSE(server.server->drain(50));
  CHECK(client.at_end());
  CHECK(server.server->drain(50));
}

TEST_CASE("stopping under load leaves no thread and no descriptor, and no wrong answer", "[http]") {
  const auto threads_before = entries("/proc/self/task");
  // Pistache itself leaves some descriptors open for each listener that it ever had: what an unused server leaves is
  // what any may leave.
  const auto before_unused = entries("/proc/self/fd");
  { TestServer unused; }
  const auto left_by_unused = entries("/proc/self/fd") - before_unused;
  for (int round = 0; round < 3; ++round) {
    const auto descriptors_before = entries("/proc/self/fd");
    std::atomic<int> wrong{0};
    std::atomic<int> right{0};
    std::atomic<bool> stop{false};
    auto server = std::make_unique<TestServer>();
    std::vector<std::jthread> clients;
    for (int i = 0; i < 8; ++i) {
      clients.emplace_back([&, port = server->port(), i] {
        for (int n = 0; !stop; ++n) {
          const auto nonce = std::to_string(i) + "-" + std::to_string(n);
          const auto response = RawClient(port).ask(post("/echo/" + nonce, "x"));
          if (response && response->status == 200) ++(response->body == nonce + " x" ? right : wrong);
        }
      });
    }
    REQUIRE(eventually([&] { return right > 100; }));
    CHECK(server->server->drain(20'000));
    server.reset();
    stop = true;
    clients.clear();
    CHECK(wrong == 0);
    CHECK(entries("/proc/self/fd") - descriptors_before == left_by_unused);
  }
  CHECK(eventually([&] { return entries("/proc/self/task") == threads_before; }));
}
