// From a target to a handler: patterns, decoding, methods.
#include <catch2/catch.hpp>

#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;
namespace http = tenantry::api::http;

TEST_CASE("parameters are decoded after the path was split", "[http]") {
  TestServer server;
  const auto body = [&](const std::string& path) { return RawClient(server.port()).ask(get(path)).value().body; };
  CHECK(body("/students/17") == "17");
  CHECK(body("/students/a%2Fb") == "a/b");
  CHECK(body("/students/a%252Fb") == "a%2Fb");
  CHECK(body("/students/%C3%A9+x") == "\xc3\xa9+x");
  CHECK(body("/students/1/classes/2%203") == "1|2 3");
  CHECK(body("/students/%7Btilde%7E") == "{tilde~");
  CHECK(body("/students/search") == "the search");
  CHECK(body("/students/:id") == ":id");
  CHECK(body("/students/*") == "*");
}

TEST_CASE("the query is decoded in order and keeps duplicates", "[http]") {
  TestServer server;
  const auto response =
      RawClient(server.port()).ask(get("/describe?a=1&b=x%26y&a=2+3&&c&=d", "X-Tag: u\r\nx-tag: v\r\n"));
  CHECK(response.value().body == "GET /describe host=test a=1 b=x&y a=2 3 c= =d tags=2 tag=u body=");
}

TEST_CASE("methods that a path does not serve are named", "[http]") {
  TestServer server;
  RawClient client(server.port());
  const auto refused = client.ask("PUT /students/17 HTTP/1.1\r\nHost: test\r\n\r\n").value();
  CHECK(refused.status == 405);
  CHECK(refused.headers.at("allow") == "GET, HEAD, DELETE, OPTIONS");
  CHECK(refused.headers.at("content-type") == "application/problem+json");
  const auto options = client.ask("OPTIONS /small HTTP/1.1\r\nHost: test\r\n\r\n").value();
  CHECK(options.status == 204);
  CHECK(options.headers.at("allow") == "POST, OPTIONS");
  CHECK(options.headers.count("content-length") == 0);
  CHECK(client.ask("OPTIONS /nowhere HTTP/1.1\r\nHost: test\r\n\r\n").value().status == 404);
  CHECK(client.ask("DELETE /students/17 HTTP/1.1\r\nHost: test\r\n\r\n").value().status == 204);
  const auto trace = client.ask("TRACE /small HTTP/1.1\r\nHost: test\r\n\r\n").value();
  CHECK(trace.status == 405);
  CHECK(trace.headers.at("allow") == "POST, OPTIONS");
  CHECK(client.ask("TRACE /nowhere HTTP/1.1\r\nHost: test\r\n\r\n").value().status == 404);
  CHECK(client.ask("HEAD /small HTTP/1.1\r\nHost: test\r\n\r\n", true).value().status == 405);
}

TEST_CASE("OPTIONS of the server names the methods that some path serves", "[http]") {
  const auto allowed = [](std::vector<http::Method> methods) {
    http::Routes routes;
    for (const auto method : methods) {
      routes.routes.push_back({method, "/a", 0, [](http::Request, http::Reply reply) { reply.send({}); }});
    }
    http::Server server({}, std::move(routes));
    return RawClient(server.port()).ask("OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n").value().headers.at("allow");
  };
  using enum http::Method;
  CHECK(allowed({get, post, patch}) == "GET, HEAD, POST, PATCH, OPTIONS");
  CHECK(allowed({del}) == "DELETE, OPTIONS");
}

TEST_CASE("an unknown path is answered before its body, which is not read as a request", "[http]") {
  TestServer server;
  RawClient client(server.port());
  const auto response = client.ask(post("/nowhere", get("/students/smuggled"))).value();
  CHECK(response.status == 404);
  CHECK(response.closes());
  CHECK(client.at_end());
}

TEST_CASE("the given handlers answer for paths and methods that are not served", "[http]") {
  http::Routes routes;
  routes.routes.push_back({http::Method::get, "/a", 0, [](http::Request, http::Reply reply) { reply.send({}); }});
  routes.not_found = [](http::Request request, http::Reply reply) { reply.send(404, "text/plain", request.path()); };
  routes.method_not_allowed = [](http::Request, http::Reply reply, std::string allow) {
    reply.send(405, "text/plain", allow);
  };
  http::Server server({}, std::move(routes));
  CHECK(RawClient(server.port()).ask(get("/b")).value().body == "/b");
  CHECK(RawClient(server.port()).ask(post("/a", "")).value().body == "GET, HEAD, OPTIONS");
}

TEST_CASE("bad routes are refused at the start", "[http]") {
  const auto start = [](std::vector<std::string> patterns) {
    http::Routes routes;
    for (auto& pattern : patterns) {
      routes.routes.push_back(
          {http::Method::get, pattern, 0, [](http::Request, http::Reply reply) { reply.send({}); }});
    }
    http::Server server({}, std::move(routes));
  };
  CHECK_NOTHROW(start({"/a/{b}", "/a/{c}/d"}));
  CHECK_THROWS_AS(start({"a"}), std::invalid_argument);
  CHECK_THROWS_AS(start({"/a/"}), std::invalid_argument);
  CHECK_THROWS_AS(start({"/a*"}), std::invalid_argument);
  CHECK_THROWS_AS(start({"/{}"}), std::invalid_argument);
  CHECK_THROWS_AS(start({"/x{y}"}), std::invalid_argument);
  CHECK_THROWS_AS(start({"/a", "/a"}), std::invalid_argument);
}
