// Slow clients meet their deadlines. Small deadlines are injected; what is tested is what happens, never how fast.
#include <catch2/catch.hpp>

#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;

namespace {

tenantry::api::http::Limits impatient() {
  tenantry::api::http::Limits limits;
  limits.head_timeout_ms = 200;
  limits.body_timeout_ms = 200;
  limits.idle_timeout_ms = 200;
  limits.linger_timeout_ms = 200;
  limits.deadline_tick_ms = 10;
  return limits;
}

// One byte at a time, without end, until the server closes.
void dribble(RawClient& client, std::string_view first, const std::atomic<bool>& stop) {
  client.send(first);
  while (!stop && client.send("a")) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

Answer answer_to_dribble(std::uint16_t port, std::string_view first) {
  RawClient client(port);
  std::atomic<bool> stop{false};
  std::jthread sender([&] { dribble(client, first, stop); });
  auto response = client.read();
  stop = true;
  return response.value_or(Answer{});
}

}  // namespace

TEST_CASE("a head that never ends is answered 408", "[http]") {
  TestServer server(impatient());
  const auto response = answer_to_dribble(server.port(), "GET /describe HTTP/1.1\r\nX-Slow: ");
  CHECK(response.status == 408);
  CHECK(response.body.find("/problems/request-timeout") != std::string::npos);
  CHECK(server.server->counters().head_timeouts == 1);
}

TEST_CASE("a HEAD whose head never ends is answered 408 without a body", "[http]") {
  TestServer server(impatient());
  RawClient client(server.port());
  client.send("HEAD /describe HTTP/1.1\r\nX-Slow: ");
  CHECK(client.read(true).value().status == 408);
  CHECK(client.at_end());
}

TEST_CASE("a body that never ends is answered 408, stated or chunked", "[http]") {
  TestServer server(impatient());
  const std::string start = "POST /describe HTTP/1.1\r\nHost: test\r\n";
  CHECK(answer_to_dribble(server.port(), start + "Content-Length: 100000\r\n\r\n").status == 408);
  CHECK(answer_to_dribble(server.port(), start + "Transfer-Encoding: chunked\r\n\r\n10000\r\n").status == 408);
  CHECK(server.server->counters().body_timeouts == 2);
  CHECK(eventually([&] { return server.server->body_bytes_held() == 0; }));
}

TEST_CASE("an idle connection is closed without a word", "[http]") {
  TestServer server(impatient());
  RawClient silent(server.port());
  CHECK(silent.at_end());
  RawClient kept(server.port());
  CHECK(kept.ask(get("/describe")).value().status == 200);
  CHECK(kept.at_end());
  CHECK(server.server->counters().idle_timeouts == 2);
}

TEST_CASE("a request that waits for its answer has no deadline", "[http]") {
  TestServer server(impatient());
  RawClient client(server.port());
  client.send(get("/held"));
  REQUIRE(eventually([&] { return server.server->in_flight() == 1; }));
  // Another connection's deadlines pass meanwhile, several times over.
  for (int i = 0; i < 3; ++i) RawClient(server.port()).at_end();
  std::lock_guard lock(server.held_mutex);
  CHECK(server.held.front().send(200, "text/plain", "at last"));
  CHECK(client.read().value().body == "at last");
}

TEST_CASE("a client that does not close after its last answer is cut", "[http]") {
  TestServer server(impatient());
  RawClient client(server.port());
  CHECK(client.ask("BREW / HTTP/1.1\r\n\r\n").value().status == 501);
  CHECK(eventually([&] { return server.server->counters().connections_open == 0; }));
}
