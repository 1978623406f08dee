// Exports and feeds: long answers to clients that read fast, slowly, or not at all.
#include <catch2/catch.hpp>

#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;

namespace {

void wait_for_feeds(TestServer& server, std::size_t count) {
  REQUIRE(eventually([&] {
    std::lock_guard lock(server.feeds_mutex);
    return server.feeds.size() == count;
  }));
}

}  // namespace

TEST_CASE("a stream arrives whole and the connection lives on", "[http]") {
  TestServer server;
  RawClient client(server.port());
  const auto response = client.ask(get("/export/5")).value();
  CHECK(response.headers.at("transfer-encoding") == "chunked");
  CHECK(response.body == std::string(5u << 20, 'x'));
  CHECK(client.ask(get("/students/next")).value().body == "next");
  CHECK(server.server->counters().streams_started == 1);
  CHECK(server.server->counters().streams_open == 0);
}

TEST_CASE("an HTTP/1.0 client gets the stream until the connection closes", "[http]") {
  TestServer server;
  RawClient client(server.port());
  const auto response = client.ask("GET /export/1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").value();
  CHECK(response.headers.count("transfer-encoding") == 0);
  CHECK(response.closes());
  CHECK(response.body == std::string(1u << 20, 'x'));
}

TEST_CASE("a client that does not read its export is dropped, costs a bounded queue, and starves nobody", "[http]") {
  tenantry::api::http::Limits limits;
  limits.write_stall_timeout_ms = 500;
  limits.deadline_tick_ms = 10;
  TestServer server(limits);
  RawClient slow(server.port(), 4096);
  slow.send(get("/export/64"));
  REQUIRE(eventually([&] { return server.server->counters().streams_open == 1; }));
  std::size_t most_queued = 0;
  int others = 0;
  while (server.exports_ended == 0) {
    most_queued = std::max(most_queued, server.server->queued_bytes_held());
    REQUIRE(RawClient(server.port()).ask(get("/describe")).value().status == 200);
    ++others;
  }
  CHECK(others > 0);
  CHECK(most_queued > 0);
  CHECK(most_queued <= 2 * limits.stream_high_water_bytes);
  CHECK(server.server->counters().write_stalls == 1);
  CHECK(server.server->counters().streams_dropped == 1);
  CHECK(server.server->counters().bytes_out < 32u << 20);
  CHECK(eventually([&] { return server.server->queued_bytes_held() == 0; }));
}

TEST_CASE("a slow reader that does read gets everything", "[http]") {
  TestServer server;
  RawClient slow(server.port(), 4096);
  slow.send(get("/export/32"));
  REQUIRE(eventually([&] { return server.server->queued_bytes_held() > 0; }));
  CHECK(slow.read().value().body.size() == 32u << 20);
}

TEST_CASE("a feed's subscriber that does not read is cut without blocking the feed", "[http]") {
  TestServer server;
  RawClient deaf(server.port(), 4096);
  deaf.send(get("/feed"));
  RawClient keen(server.port());
  keen.send(get("/feed"));
  wait_for_feeds(server, 2);
  const std::string event = "data: " + std::string(64 * 1024, 'e') + "\n\n";
  int open = 2;
  std::size_t sent = 0;
  while (open == 2) {
    std::lock_guard lock(server.feeds_mutex);
    open = 0;
    for (auto& feed : server.feeds) open += feed.try_write(event);
    sent += event.size();
    // The keen subscriber keeps up by reading what it is sent.
    REQUIRE(keen.receive());
    REQUIRE(sent < 256u << 20);
  }
  CHECK(server.server->counters().streams_dropped >= 1);
  CHECK(eventually([&] { return server.server->counters().connections_open == 1; }));
}

TEST_CASE("a feed learns that its subscriber has gone", "[http]") {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/feed"));
  wait_for_feeds(server, 1);
  std::unique_lock lock(server.feeds_mutex);
  CHECK(server.feeds[0].is_open());
  lock.unlock();
  client.close();
  CHECK(eventually([&] { return server.server->counters().connections_open == 0; }));
  lock.lock();
  CHECK_FALSE(server.feeds[0].is_open());
  CHECK_FALSE(server.feeds[0].try_write("data: x\n\n"));
}

TEST_CASE("a stream that is dropped before its end does not look complete", "[http]") {
  TestServer server;
  RawClient client(server.port());
  client.send(get("/feed"));
  wait_for_feeds(server, 1);
  {
    std::lock_guard lock(server.feeds_mutex);
    CHECK(server.feeds[0].try_write("half"));
    server.feeds.clear();
  }
  const auto all = client.read_to_end();
  CHECK(all.find("4\r\nhalf\r\n") != std::string::npos);
  CHECK_FALSE(all.ends_with("0\r\n\r\n"));
  CHECK(server.server->counters().streams_open == 0);
}

TEST_CASE("above the limit of streams a client is told to come back", "[http]") {
  tenantry::api::http::Limits limits;
  limits.streams_max = 1;
  TestServer server(limits);
  RawClient first(server.port());
  first.send(get("/feed"));
  wait_for_feeds(server, 1);
  const auto refused = RawClient(server.port()).ask(get("/feed")).value();
  CHECK(refused.status == 503);
  CHECK(refused.headers.count("retry-after") == 1);
  {
    std::lock_guard lock(server.feeds_mutex);
    CHECK(server.feeds[0].end());
    server.feeds.clear();
  }
  RawClient third(server.port());
  third.send(get("/feed"));
  wait_for_feeds(server, 1);
}
