// What is a request and what is not: raw bytes against the status they must get, over a real connection.
#include <catch2/catch.hpp>

#include "api/http/date.hpp"
#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;

namespace {

struct Case {
  const char* what;
  std::string bytes;
  int status;
};

const std::string host = "Host: test\r\n";

std::string chunked(const std::string& body) {
  return "POST /describe HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n" + body;
}

std::vector<Case> request_line_cases() {
  return {
      {"plain", "GET /describe HTTP/1.1\r\n" + host + "\r\n", 200},
      {"one empty line before", "\r\nGET /describe HTTP/1.1\r\n" + host + "\r\n", 200},
      {"two empty lines before", "\r\n\r\nGET /describe HTTP/1.1\r\n" + host + "\r\n", 400},
      {"two words", "GET /describe\r\n" + host + "\r\n", 400},
      {"two spaces", "GET  /describe HTTP/1.1\r\n" + host + "\r\n", 400},
      {"trailing space", "GET /describe HTTP/1.1 \r\n" + host + "\r\n", 400},
      {"tab for a space", "GET\t/describe HTTP/1.1\r\n" + host + "\r\n", 400},
      {"lower-case method", "get /describe HTTP/1.1\r\n" + host + "\r\n", 501},
      {"a method of another protocol", "PROPFIND /describe HTTP/1.1\r\n" + host + "\r\n", 501},
      {"CONNECT", "CONNECT test:80 HTTP/1.1\r\n" + host + "\r\n", 501},
      {"method not a token", "G(T /describe HTTP/1.1\r\n" + host + "\r\n", 400},
      {"HTTP/2.0", "GET /describe HTTP/2.0\r\n" + host + "\r\n", 505},
      {"HTTP/1.2", "GET /describe HTTP/1.2\r\n" + host + "\r\n", 505},
      {"not HTTP", "GET /describe FTP/1.1\r\n" + host + "\r\n", 400},
      {"HTTP/0.9", "GET /describe\r\n\r\n", 400},
      {"TLS hello", std::string("\x16\x03\x01\x02\x00\x01\x00", 7), 400},
      {"bare LF", "GET /describe HTTP/1.1\nHost: test\n\n", 400},
      {"bare CR", "GET /describe HTTP/1.1\rHost: test\r\n\r\n", 400},
      {"NUL in the target", std::string("GET /desc\0ribe HTTP/1.1\r\n", 25) + host + "\r\n", 400},
  };
}

std::vector<Case> target_cases() {
  const auto with_target = [](const std::string& target) { return "GET " + target + " HTTP/1.1\r\n" + host + "\r\n"; };
  return {
      {"16,000 slashes", with_target(std::string(16'000, '/')), 414},
      {"8,000 slashes", with_target(std::string(8'000, '/')), 400},
      {"4,000 segments", with_target([] {
         std::string path;
         for (int i = 0; i < 4'000; ++i) path += "/a";
         return path;
       }()),
       404},
      {"16,000 letters", with_target("/" + std::string(16'000, 'a')), 414},
      {"an endless first line", "GET /" + std::string(9'000, 'a'), 414},
      {"no slash", with_target("describe"), 400},
      {"empty segment", with_target("/describe//x"), 400},
      {"dot segment", with_target("/./describe"), 400},
      {"two dots", with_target("/x/../describe"), 400},
      {"escaped dots", with_target("/x/%2e%2E/describe"), 400},
      {"half-escaped dots", with_target("/x/.%2e"), 400},
      {"escaped NUL", with_target("/students/%00"), 400},
      {"escaped LF", with_target("/students/%0a"), 400},
      {"escape cut short", with_target("/students/%2"), 400},
      {"escape not hexadecimal", with_target("/students/%zz"), 400},
      {"escape of bad UTF-8", with_target("/students/%ff"), 400},
      {"overlong escape", with_target("/students/%c0%af"), 400},
      {"escape in the query cut short", with_target("/describe?a=%f"), 400},
      {"NUL in the query", with_target("/describe?a=%00"), 400},
      {"bad UTF-8 in the query", with_target("/describe?a=%c3"), 400},
      {"fragment", with_target("/describe#x"), 400},
      {"raw UTF-8", with_target("/students/\xc3\xa9"), 400},
      {"raw quote in the path", with_target("/students/\"x\""), 400},
      {"absolute, same host", with_target("http://TEST/describe"), 200},
      {"absolute, same host with the dot of an absolute name", with_target("http://test./describe"), 200},
      {"absolute, other port", with_target("http://test:81/describe"), 200},
      {"absolute, other host", with_target("http://other/describe"), 200},
      {"absolute, no host", with_target("http:///describe"), 400},
      {"absolute, a host with an empty label", with_target("http://.test/describe"), 400},
      {"absolute, a port that is none", with_target("http://test:99999/describe"), 400},
      {"absolute, user information", with_target("http://test@other/describe"), 400},
      {"absolute, other scheme", with_target("ftp://test/describe"), 400},
      {"asterisk for GET", with_target("*"), 400},
      {"asterisk for OPTIONS", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 204},
      {"literal segment escaped", with_target("/%64escribe"), 200},
      {"slash at the end", with_target("/describe/"), 404},
      {"root", with_target("/"), 200},
  };
}

std::vector<Case> header_cases() {
  const auto with = [](const std::string& lines) { return "GET /describe HTTP/1.1\r\n" + lines + "\r\n"; };
  const auto hosted = [&](const std::string& lines) { return with(host + lines); };
  std::string many;
  for (int i = 0; i < 101; ++i) many += "X-N: 1\r\n";
  return {
      {"no Host", with(""), 400},
      {"two Hosts", hosted("Host: test\r\n"), 400},
      {"empty Host", with("Host:\r\n"), 400},
      {"Host with a path", with("Host: test/x\r\n"), 400},
      {"Host with user information", with("Host: a@test\r\n"), 400},
      {"Host with a port", with("Host: test:8080\r\n"), 200},
      {"Host with an empty port", with("Host: test:\r\n"), 200},
      {"Host of IPv6", with("Host: [::1]\r\n"), 200},
      {"Host of IPv6 with a port", with("Host: [2001:db8::1]:8080\r\n"), 200},
      {"Host without its closing bracket", with("Host: [::1\r\n"), 400},
      {"Host without its opening bracket", with("Host: ::1]\r\n"), 400},
      {"Host of IPv6 without brackets", with("Host: ::1\r\n"), 400},
      {"Host in brackets that is no address", with("Host: [test]\r\n"), 400},
      {"Host with something after its brackets", with("Host: [::1]x\r\n"), 400},
      {"Host with a bracket inside", with("Host: te[st\r\n"), 400},
      {"Host with two ports", with("Host: test:80:80\r\n"), 400},
      {"Host with an empty first label", with("Host: .test\r\n"), 400},
      {"Host with an empty label", with("Host: a..test\r\n"), 400},
      {"Host with two dots at its end", with("Host: test..\r\n"), 400},
      {"Host that is only a dot", with("Host: .\r\n"), 400},
      {"Host with the dot of an absolute name", with("Host: test.:80\r\n"), 200},
      {"Host beside an absolute target is looked at", "GET http://test/describe HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
      {"no Host beside an absolute target", "GET http://test/describe HTTP/1.1\r\n\r\n", 400},
      {"Host that is only a port", with("Host: :80\r\n"), 400},
      {"HTTP/1.0 without Host", "GET /describe HTTP/1.0\r\n\r\n", 200},
      {"no colon", hosted("X-Broken\r\n"), 400},
      {"space before the colon", hosted("X-Broken : 1\r\n"), 400},
      {"empty name", hosted(": 1\r\n"), 400},
      {"folded line", hosted("X-A: 1\r\n 2\r\n"), 400},
      {"folded first line", with(" X: 1\r\n" + host), 400},
      {"NUL in a value", hosted(std::string("X-A: a\0b\r\n", 10)), 400},
      {"control character in a value", hosted("X-A: a\x01\r\n"), 400},
      {"DEL in a value", hosted("X-A: a\x7f\r\n"), 400},
      {"tab in a value", hosted("X-A: a\tb\r\n"), 200},
      {"UTF-8 in a value", hosted("X-A: \xc3\xa9\r\n"), 200},
      {"bad UTF-8 in a value", hosted("X-A: \xc3\r\n"), 400},
      {"surrogate in a value", hosted("X-A: \xed\xa0\x80\r\n"), 400},
      {"empty value", hosted("X-A:\r\n"), 200},
      {"101 headers", hosted(many), 431},
      {"a long header", hosted("X-A: " + std::string(17'000, 'a') + "\r\n"), 431},
      {"other expectation", hosted("Expect: miracles\r\n"), 417},
      {"odd typed values pass", hosted("Accept: ///\r\nContent-Type: ;;\r\nCookie: =\r\nDate: x\r\n"), 200},
      {"odd authorization passes", hosted("Authorization: \r\nCache-Control: max-age=x\r\nUser-Agent: \r\n"), 200},
  };
}

std::vector<Case> body_cases() {
  const auto with = [](const std::string& lines, const std::string& body) {
    return "POST /describe HTTP/1.1\r\n" + host + lines + "\r\n" + body;
  };
  return {
      {"no length means no body", with("", ""), 200},
      {"length", with("Content-Length: 3\r\n", "abc"), 200},
      {"length zero", with("Content-Length: 0\r\n", ""), 200},
      {"two lengths", with("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400},
      {"list of lengths", with("Content-Length: 3, 3\r\n", "abc"), 400},
      {"signed length", with("Content-Length: +3\r\n", "abc"), 400},
      {"negative length", with("Content-Length: -1\r\n", ""), 400},
      {"hexadecimal length", with("Content-Length: 0x3\r\n", "abc"), 400},
      {"empty length", with("Content-Length:\r\n", ""), 400},
      {"length beyond 64 bits", with("Content-Length: 99999999999999999999999\r\n", ""), 413},
      {"length above the route's", with("Content-Length: 1048577\r\n", ""), 413},
      {"length and chunked", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {"chunked twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
      {"gzip, chunked", with("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
      {"identity", with("Transfer-Encoding: identity\r\n", ""), 501},
      {"chunked in HTTP/1.0", "POST /describe HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"chunked", chunked("3\r\nabc\r\n0\r\n\r\n"), 200},
      {"no data", chunked("0\r\n\r\n"), 200},
      {"extension", chunked("3;a=\"b\"\r\nabc\r\n0\r\n\r\n"), 200},
      {"endless extension", chunked("3;" + std::string(300, 'a') + "\r\n"), 400},
      {"trailer", chunked("0\r\nX-T: 1\r\n\r\n"), 200},
      {"trailers", chunked("3\r\nabc\r\n0\r\nX-T: 1\r\nDigest:\r\n\r\n"), 200},
      {"trailer of 300 bytes", chunked("0\r\nX-T: " + std::string(300, 'a') + "\r\n\r\n"), 200},
      {"endless trailer", chunked("0\r\nX-T: " + std::string(9'000, 'a')), 431},
      {"endless trailers",
       chunked("0\r\n" +
               [] {
                 std::string lines;
                 for (int i = 0; i < 2'000; ++i) lines += "X: 1\r\n";
                 return lines;
               }()),
       431},
      {"trailer without a colon", chunked("0\r\nX-T\r\n\r\n"), 400},
      {"trailer with a space before the colon", chunked("0\r\nX-T : 1\r\n\r\n"), 400},
      {"folded trailer", chunked("0\r\nX-T: 1\r\n 2\r\n\r\n"), 400},
      {"control character in a trailer", chunked("0\r\nX-T: \x01\r\n\r\n"), 400},
      {"bad UTF-8 in a trailer", chunked("0\r\nX-T: \xc3\r\n\r\n"), 400},
      {"bare LF in a trailer", chunked("0\r\nX-T: 1\n\r\n"), 400},
      {"bare LF after the last chunk", chunked("0\r\n\n"), 400},
      {"size not a number", chunked("g\r\n"), 400},
      {"size with 0x", chunked("0x3\r\nabc\r\n0\r\n\r\n"), 400},
      {"size with a blank behind", chunked("3 \t\r\nabc\r\n0 \r\n\r\n"), 200},
      {"size with blanks before its extension", chunked("3 \t;a=b\r\nabc\r\n0\r\n\r\n"), 200},
      {"size with a blank in front", chunked(" 3\r\nabc\r\n0\r\n\r\n"), 400},
      {"size with a blank inside", chunked("0 3\r\nabc\r\n0\r\n\r\n"), 400},
      {"size of blanks", chunked(" ;a\r\nabc\r\n0\r\n\r\n"), 400},
      {"size negative", chunked("-3\r\nabc\r\n"), 400},
      {"size empty", chunked("\r\nabc\r\n"), 400},
      {"size beyond 64 bits", chunked("fffffffffffffffff\r\n"), 413},
      {"size of 64 bits", chunked("ffffffffffffffff\r\n"), 413},
      {"sum above the route's", chunked("3\r\nabc\r\n100000\r\n"), 413},
      {"bare LF after the size", chunked("3\nabc\r\n0\r\n\r\n"), 400},
      {"chunk longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n"), 400},
      {"bare LF after the data", chunked("3\r\nabc\n0\r\n\r\n"), 400},
  };
}

}  // namespace

TEST_CASE("each request gets the status its framing deserves, and an error closes", "[http]") {
  TestServer server;
  for (const auto& cases : {request_line_cases(), target_cases(), header_cases(), body_cases()}) {
    for (const auto& [what, bytes, status] : cases) {
      INFO(what);
      RawClient client(server.port());
      client.send(bytes);
      const auto response = client.read();
      REQUIRE(response);
      CHECK(response->status == status);
      if (status < 400 || status == 404) continue;
      CHECK(response->headers.at("content-type") == "application/problem+json");
      CHECK(response->body.find("\"type\":\"/problems/") == 1);
      CHECK(response->body.find("\"status\":" + std::to_string(status)) != std::string::npos);
      CHECK(response->closes());
      CHECK(client.at_end());
    }
  }
}

TEST_CASE("what refuses a HEAD has no body, but the headers that it has for GET", "[http]") {
  TestServer server;
  std::size_t refused = 0;
  for (const auto& cases : {request_line_cases(), target_cases(), header_cases()}) {
    for (const auto& [what, bytes, status] : cases) {
      if (status < 400 || !bytes.starts_with("GET ")) continue;
      INFO(what);
      RawClient by_get(server.port()), by_head(server.port());
      by_get.send(bytes);
      by_head.send("HEAD" + bytes.substr(3));
      const auto with_body = by_get.read().value();
      const auto response = by_head.read(true).value();
      CHECK(response.status == status);
      CHECK(response.headers.at("content-type") == "application/problem+json");
      CHECK(response.headers.at("content-length") == with_body.headers.at("content-length"));
      if (status == 404) continue;  // kept open
      CHECK(by_head.at_end());
      ++refused;
    }
  }
  CHECK(refused > 50);
  RawClient with_a_body(server.port());
  with_a_body.send("HEAD /describe HTTP/1.1\r\n" + host + "Content-Length: 5000\r\n\r\n");
  CHECK(with_a_body.read(true).value().status == 413);
  CHECK(with_a_body.at_end());
}

TEST_CASE("a problem has its body again after a HEAD on the same connection", "[http]") {
  TestServer server;
  RawClient client(server.port());
  CHECK(client.ask("HEAD /describe HTTP/1.1\r\n" + host + "\r\n", true).value().status == 200);
  const auto refused = client.ask("GET /%zz HTTP/1.1\r\n" + host + "\r\n").value();
  CHECK(refused.status == 400);
  CHECK(refused.body.find("/problems/bad-request") != std::string::npos);
}

TEST_CASE("an absolute target's host counts instead of Host", "[http]") {
  TestServer server;
  RawClient client(server.port());
  const auto body = [&](const std::string& target) {
    return client.ask("GET " + target + " HTTP/1.1\r\n" + host + "\r\n").value().body;
  };
  CHECK(body("http://Other.:81/describe") == "GET /describe host=Other.:81 tags=0 body=");
  CHECK(body("http://[::1]?a=1") == "GET / host=[::1] a=1 tags=0 body=");
  CHECK(body("/describe") == "GET /describe host=test tags=0 body=");
  CHECK(client.ask("GET http://other/describe HTTP/1.0\r\n\r\n").value().body ==
        "GET /describe host=other tags=0 body=");
}

TEST_CASE("an unknown method is not implemented, whatever the path", "[http]") {
  TestServer server;
  RawClient client(server.port());
  auto answered = client.ask("BREW /describe HTTP/1.1\r\nHost: localhost\r\n\r\n").value();
  CHECK(answered.status == 501);
  CHECK(answered.headers.count("allow") == 0);
}

TEST_CASE("trailers are thrown away and never become headers or part of the body", "[http]") {
  TestServer server;
  const auto answered = RawClient(server.port()).ask(chunked("3\r\nabc\r\n0\r\nX-Tag: u\r\n\r\n")).value();
  CHECK(answered.body == "POST /describe host=test tags=0 body=abc");
}

TEST_CASE("every answer that is not interim has the date", "[http]") {
  TestServer server;
  const auto dated = [](const Answer& response) {
    return response.headers.count("date") == 1 && response.headers.at("date").ends_with(" GMT");
  };
  RawClient client(server.port());
  CHECK(dated(client.ask(get("/describe")).value()));
  CHECK(dated(client.ask("HEAD /describe HTTP/1.1\r\nHost: test\r\n\r\n", true).value()));
  CHECK(dated(client.ask("OPTIONS /describe HTTP/1.1\r\nHost: test\r\n\r\n").value()));
  CHECK(dated(client.ask(get("/nowhere")).value()));
  CHECK(dated(client.ask(get("/throws")).value()));
  RawClient expecting(server.port());
  expecting.send("POST /describe HTTP/1.1\r\nHost: test\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  CHECK_FALSE(dated(expecting.read().value()));
  expecting.send("abc");
  CHECK(dated(expecting.read().value()));
  const auto refused = RawClient(server.port()).ask("nonsense\r\n\r\n").value();
  CHECK(dated(refused));
  CHECK(refused.headers.at("cache-control") == "no-store");
}

TEST_CASE("dates are read in HTTP's three forms and written in one", "[http]") {
  using namespace std::chrono;
  namespace http = tenantry::api::http;
  const sys_seconds now = sys_days{year{2026} / 11 / 26};
  const sys_seconds moment = sys_days{year{1994} / 11 / 6} + 8h + 49min + 37s;
  CHECK(http::http_date(moment) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(http::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT", now) == moment);
  CHECK(http::parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT", now) == moment);
  CHECK(http::parse_http_date("Sun Nov  6 08:49:37 1994", now) == moment);
  CHECK(http::parse_http_date("Wednesday, 16-Nov-76 08:49:37 GMT", now) ==
        sys_days{year{2076} / 11 / 16} + 8h + 49min + 37s);
  CHECK(http::parse_http_date("Wed Nov 16 08:49:37 1994", now) == sys_days{year{1994} / 11 / 16} + 8h + 49min + 37s);
  for (const char* text :
       {"", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", "784111777",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT"}) {
    CAPTURE(text);
    CHECK_FALSE(http::parse_http_date(text, now));
  }
}

TEST_CASE("a refusal names the header that was wrong", "[http]") {
  TestServer server;
  const auto refusal = [&](const std::string& headers) {
    return RawClient(server.port()).ask("GET /describe HTTP/1.1\r\n" + headers + "\r\n").value().body;
  };
  CHECK(refusal("Host: a\r\nHost: b\r\n").find("Host") != std::string::npos);
  CHECK(refusal("Host: a\r\nX-Odd: \x01\r\n").find("X-Odd") != std::string::npos);
  CHECK(refusal("Host: a\r\nContent-Length: x\r\n").find("Content-Length") != std::string::npos);
}

TEST_CASE("a chunked request may be split anywhere", "[http]") {
  TestServer server;
  const auto request = chunked("5;x\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
  for (std::size_t at = 1; at < request.size(); ++at) {
    RawClient client(server.port());
    client.send(std::string_view(request).substr(0, at));
    // The first part must have been read by itself for the split to be one.
    REQUIRE(eventually([&] { return server.server->counters().bytes_in >= (at - 1) * request.size() + at; }));
    client.send(std::string_view(request).substr(at));
    const auto response = client.read();
    REQUIRE(response);
    CHECK(response->body == "POST /describe host=test tags=0 body=hello world");
  }
}

TEST_CASE("chunked requests waiting in the middle of a CRLF leave the workers free", "[http]") {
  TestServer server;
  std::vector<RawClient> waiting;
  for (int i = 0; i < 8; ++i) {
    waiting.emplace_back(server.port());
    waiting.back().send(chunked("5\r\nhello\r"));
  }
  for (int i = 0; i < 8; ++i) CHECK(RawClient(server.port()).ask(get("/describe")).value().status == 200);
  for (auto& client : waiting) {
    client.send("\n0\r\n\r\n");
    CHECK(client.read().value().body == "POST /describe host=test tags=0 body=hello");
  }
}
