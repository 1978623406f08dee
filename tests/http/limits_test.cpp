// What clients can make grow, and where it stops.
#include <catch2/catch.hpp>

#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;
using tenantry::api::http::Limits;

TEST_CASE("each route has its own limit of the body", "[http]") {
  TestServer server;
  const auto answer = [&](const std::string& path, std::size_t bytes) {
    return RawClient(server.port()).ask(post(path, std::string(bytes, 'b'))).value();
  };
  CHECK(answer("/small", 16).body == "16");
  CHECK(answer("/small", 17).status == 413);
  CHECK(answer("/describe", 1u << 20).status == 200);
  CHECK(answer("/describe", (1u << 20) + 1).status == 413);
  CHECK(answer("/large", 16u << 20).body == std::to_string(16u << 20));
}

TEST_CASE("bodies of all connections together have a limit", "[http]") {
  Limits limits;
  limits.body_total_bytes_max = 3u << 20;
  TestServer server(limits);
  RawClient holder(server.port());
  holder.send("POST /large HTTP/1.1\r\nHost: test\r\nContent-Length: 2500000\r\n\r\n" + std::string(2'400'000, 'b'));
  REQUIRE(eventually([&] { return server.server->body_bytes_held() == 2'400'000; }));
  const auto refused = RawClient(server.port()).ask(post("/large", std::string(1u << 20, 'b'))).value();
  CHECK(refused.status == 503);
  CHECK(refused.headers.count("retry-after") == 1);
  // The refused bytes were given back: the holder can finish, and then the other can try again.
  REQUIRE(eventually([&] { return server.server->body_bytes_held() == 2'400'000; }));
  holder.send(std::string(100'000, 'b'));
  CHECK(holder.read().value().body == "2500000");
  REQUIRE(eventually([&] { return server.server->body_bytes_held() == 0; }));
  CHECK(RawClient(server.port()).ask(post("/large", std::string(1u << 20, 'b'))).value().status == 200);
}

TEST_CASE("a body that is only announced costs nothing", "[http]") {
  TestServer server;
  std::vector<RawClient> clients;
  for (int i = 0; i < 50; ++i) {
    clients.emplace_back(server.port());
    clients.back().send("POST /large HTTP/1.1\r\nHost: test\r\nContent-Length: 16777216\r\n\r\nx");
  }
  REQUIRE(eventually([&] { return server.server->body_bytes_held() == 50; }));
  clients.clear();
  CHECK(eventually([&] { return server.server->body_bytes_held() == 0; }));
}

TEST_CASE("connections are taken from the networks that are named alone, and others closed before anything is read") {
  using tenantry::api::http::Network;
  Limits limits;
  limits.peers = {Network::parse("198.51.100.0/24").value()};
  {
    TestServer server(limits);
    RawClient client(server.port());
    CHECK_FALSE(client.ask(get("/describe")).has_value());
    CHECK(server.server->counters().connections_refused == 1);
    CHECK(server.server->counters().requests == 0);
  }
  limits.peers.push_back(Network::parse("127.0.0.1").value());
  TestServer server(limits);
  CHECK(RawClient(server.port()).ask(get("/describe")).value().status == 200);
}

TEST_CASE("above the limit of connections a client is refused politely", "[http]") {
  Limits limits;
  limits.connections_max = 4;
  limits.refusals_max = 2;
  TestServer server(limits);
  std::vector<RawClient> kept;
  for (int i = 0; i < 4; ++i) {
    kept.emplace_back(server.port());
    REQUIRE(kept.back().ask(get("/describe")).value().status == 200);
  }
  RawClient refused(server.port());
  const auto response = refused.read().value();
  CHECK(response.status == 503);
  CHECK(response.closes());
  CHECK(kept[0].ask(get("/describe")).value().status == 200);
  refused.close();
  kept.pop_back();
  REQUIRE(eventually([&] { return server.server->counters().connections_open == 3; }));
  CHECK(RawClient(server.port()).ask(get("/describe")).value().status == 200);
  CHECK(server.server->counters().connections_refused == 1);
}

TEST_CASE("a flood of connections above the limit is cut, and those within it go on", "[http]") {
  Limits limits;
  limits.connections_max = 2;
  limits.refusals_max = 2;
  TestServer server(limits);
  RawClient kept(server.port());
  REQUIRE(kept.ask(get("/describe")).value().status == 200);
  std::vector<RawClient> flood;
  for (int i = 0; i < 100; ++i) flood.emplace_back(server.port());
  CHECK(eventually([&] { return server.server->counters().connections_refused >= 99; }));
  CHECK(kept.ask(get("/describe")).value().status == 200);
  // At most the cap, the polite refusals that linger, and none of the others.
  CHECK(eventually([&] { return server.server->counters().connections_open <= 4; }));
}

TEST_CASE("bytes sent behind a request that is not answered are thrown away, up to a limit", "[http]") {
  Limits limits;
  limits.discarded_bytes_max = 100'000;
  TestServer server(limits);
  RawClient client(server.port());
  client.send(get("/held"));
  REQUIRE(eventually([&] { return server.server->in_flight() == 1; }));
  while (client.send(std::string(10'000, 'f'))) {
  }
  CHECK(eventually([&] { return server.server->counters().connections_open == 0; }));
  CHECK(server.server->counters().bytes_in < 10u << 20);
}

TEST_CASE("limits that make no sense, and connections beyond the descriptors, stop the start", "[http]") {
  Limits limits;
  limits.idle_timeout_ms = 0;
  CHECK_THROWS_WITH(TestServer(limits), Catch::Contains("idle_timeout_ms"));
  limits = {};
  limits.connections_max = 1u << 30;
  CHECK_THROWS_WITH(TestServer(limits), Catch::Contains("descriptor limit"));
}

TEST_CASE("a port that is taken and an address that is not this machine's stop the start", "[http]") {
  TestServer server;
  tenantry::api::http::ServerOptions options;
  options.port = server.port();
  CHECK_THROWS_AS(tenantry::api::http::Server(options, {}), std::runtime_error);
  options.port = 0;
  options.address = "192.0.2.1";
  CHECK_THROWS_AS(tenantry::api::http::Server(options, {}), std::runtime_error);
  CHECK(RawClient(server.port()).ask(get("/describe")).value().status == 200);
}
