// Mutated requests from a fixed seed: whatever comes, the server answers the next good request, and holds nothing.
#include <catch2/catch.hpp>

#include <random>

#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;

namespace {

using Random = std::mt19937;

std::string seed_request(Random& random) {
  static const std::vector<std::string> seeds{
      get("/students/17?a=b&c=%20d", "X-Tag: v\r\nAccept: */*\r\nAuthorization: Bearer x\r\n"),
      post("/describe", "some body", "Content-Type: application/json\r\n"),
      "POST /describe HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n",
      "POST /small HTTP/1.0\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: keep-alive\r\n\r\nbody",
      get("/export/0"),
      "OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n",
  };
  return seeds[random() % seeds.size()];
}

void mutate(std::string& bytes, Random& random) {
  static const std::vector<std::string> pieces{"\r\n",
                                               "\n",
                                               "\r",
                                               ":",
                                               " ",
                                               "%",
                                               "//",
                                               "..",
                                               "\0x",
                                               "HTTP/1.1",
                                               "*",
                                               "Transfer-Encoding: chunked\r\n",
                                               "Content-Length: 5\r\n",
                                               "\xff",
                                               "ffffffffffffffff",
                                               "-1",
                                               "{",
                                               "?",
                                               "#"};
  const auto at = random() % (bytes.size() + 1);
  switch (random() % 5) {
    case 0:
      bytes.insert(at, pieces[random() % pieces.size()]);
      break;
    case 1:
      bytes.erase(at, 1 + random() % 8);
      break;
    case 2:
      if (at < bytes.size()) bytes[at] = static_cast<char>(random());
      break;
    case 3:
      bytes.insert(at, bytes.substr(random() % (bytes.size() + 1), random() % 40));
      break;
    case 4:
      bytes.resize(at);
      break;
  }
}

}  // namespace

TEST_CASE("mutated requests neither stop the server nor leave anything behind", "[http]") {
  TestServer server;
  Random random(20240229);
  for (int batch = 0; batch < 60; ++batch) {
    for (int i = 0; i < 50; ++i) {
      auto bytes = seed_request(random);
      for (auto mutations = 1 + random() % 4; mutations > 0; --mutations) mutate(bytes, random);
      RawClient client(server.port());
      const auto split = random() % (bytes.size() + 1);
      client.send(std::string_view(bytes).substr(0, split));
      client.send(std::string_view(bytes).substr(split));
      if (random() % 2 == 0) client.reset();
    }
    INFO("batch " << batch);
    const auto response = RawClient(server.port()).ask(get("/students/alive"));
    REQUIRE(response);
    REQUIRE(response->body == "alive");
  }
  CHECK(server.server->counters().handler_failures == 0);
  CHECK(eventually([&] { return server.server->counters().connections_open == 0; }));
  CHECK(eventually([&] { return server.server->in_flight() == 0; }));
  CHECK(server.server->body_bytes_held() == 0);
}
