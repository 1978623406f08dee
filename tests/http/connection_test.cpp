// The life of a connection: keeping it, closing it, and what handlers do wrong.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;

TEST_CASE("a connection serves many requests until one side closes it", "[http]") {
  TestServer server;
  RawClient client(server.port());
  for (int i = 0; i < 50; ++i) {
    const auto nonce = std::to_string(i);
    REQUIRE(client.ask(post("/echo/" + nonce, "x")).value().body == nonce + " x");
  }
  CHECK(server.server->counters().connections_accepted == 1);
  CHECK(server.server->counters().requests == 50);
  CHECK(server.server->counters().responses_by_class[2] == 50);
  const auto last = client.ask(get("/describe", "Connection: x, Close\r\n")).value();
  CHECK(last.closes());
  CHECK(client.at_end());
}

TEST_CASE("HTTP/1.0 closes unless it is asked to keep the connection", "[http]") {
  TestServer server;
  RawClient once(server.port());
  CHECK(once.ask("GET /describe HTTP/1.0\r\n\r\n").value().closes());
  CHECK(once.at_end());
  RawClient kept(server.port());
  const std::string request = "GET /describe HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n";
  CHECK(kept.ask(request).value().headers.at("connection") == "keep-alive");
  CHECK(kept.ask(request).value().status == 200);
}

TEST_CASE("HEAD is answered with the length and without the body", "[http]") {
  TestServer server;
  RawClient client(server.port());
  const auto head = client.ask("HEAD /students/12345 HTTP/1.1\r\nHost: test\r\n\r\n", true).value();
  CHECK(head.status == 200);
  CHECK(head.headers.at("content-length") == "5");
  CHECK(head.headers.at("x-content-type-options") == "nosniff");
  CHECK(client.ask(get("/students/next")).value().body == "next");
  const auto stream = client.ask("HEAD /export/1 HTTP/1.1\r\nHost: test\r\n\r\n", true).value();
  CHECK(stream.headers.at("transfer-encoding") == "chunked");
  CHECK(client.ask(get("/students/after")).value().body == "after");
}

TEST_CASE("a client that expects 100 Continue gets it before it sends the body", "[http]") {
  TestServer server;
  RawClient client(server.port());
  client.send("POST /describe HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.read().value().status == 100);
  client.send("abc");
  CHECK(client.read().value().body == "POST /describe host=test tags=0 body=abc");
  client.send("POST /small HTTP/1.1\r\nHost: test\r\nContent-Length: 17\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.read().value().status == 413);
}

TEST_CASE("pipelined requests: the first is answered, then the connection closes", "[http]") {
  TestServer server;
  SECTION("in one packet") {
    RawClient client(server.port());
    client.send(post("/echo/first", "1") + post("/echo/second", "2"));
    CHECK(client.read().value().body == "first 1");
    CHECK(client.at_end());
  }
  SECTION("while the first is being answered") {
    RawClient client(server.port());
    client.send(get("/held"));
    REQUIRE(eventually([&] { return server.server->in_flight() == 1; }));
    client.send(post("/echo/second", "2"));
    REQUIRE(eventually([&] { return server.server->counters().pipelined == 1; }));
    std::lock_guard lock(server.held_mutex);
    server.held.front().send(200, "text/plain", "held");
    const auto response = client.read().value();
    CHECK(response.body == "held");
    CHECK(response.closes());
    CHECK(client.at_end());
  }
}

TEST_CASE("a handler that does not answer is answered for", "[http]") {
  TestServer server;
  for (const char* path : {"/dropped", "/throws", "/throws-int", "/split"}) {
    INFO(path);
    const auto response = RawClient(server.port()).ask(get(path)).value();
    CHECK(response.status == 500);
    CHECK(response.headers.at("content-type") == "application/problem+json");
    CHECK(response.headers.count("set-cookie") == 0);
  }
  CHECK(RawClient(server.port()).ask(get("/describe")).value().status == 200);
  // The client is answered while the exception is still on its way to whoever reports it.
  REQUIRE(eventually([&] {
    std::lock_guard lock(server.failures_mutex);
    return server.failures.size() == 2;
  }));
  CHECK(server.server->counters().handler_failures == 2);
  std::ranges::sort(server.failures);
  CHECK(server.failures[0] == "/throws-int: an exception that is not a std::exception");
  CHECK(server.failures[1] == "/throws: on purpose");
}

TEST_CASE("a reply may outlive its client and its server", "[http]") {
  std::vector<tenantry::api::http::Reply> kept;
  {
    TestServer server;
    RawClient gone(server.port());
    gone.send(get("/held"));
    REQUIRE(eventually([&] { return server.server->in_flight() == 1; }));
    gone.reset();
    REQUIRE(eventually([&] { return server.server->counters().connections_open == 0; }));
    RawClient waiting(server.port());
    waiting.send(get("/held"));
    REQUIRE(eventually([&] { return server.server->in_flight() == 2; }));
    std::lock_guard lock(server.held_mutex);
    CHECK_FALSE(server.held.front().send(200, "text/plain", "late"));
    kept = std::move(server.held);
  }
  for (auto& reply : kept) CHECK_FALSE(reply.send(200, "text/plain", "late"));
}
