// The most important test of the layer: under a storm of clients that abort, no client ever reads another's answer.
#include <catch2/catch.hpp>

#include <random>

#include "tests/http/test_server.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry::test;

namespace {

struct Tally {
  std::atomic<int> verified{0};
  std::atomic<int> mismatched{0};
  std::atomic<int> lost{0};
};

std::string echo_request(const std::string& nonce) {
  return post("/echo/" + nonce, "body-of-" + nonce);
}

// Asks several times over one connection and compares each answer with what was asked.
void ask_and_verify(std::uint16_t port, const std::string& name, int requests, Tally& tally) {
  RawClient client(port);
  for (int i = 0; i < requests; ++i) {
    const auto nonce = name + "-" + std::to_string(i);
    const auto response = client.ask(echo_request(nonce));
    if (!response) {
      ++tally.lost;
      return;
    }
    const bool own = response->status == 200 && response->body == nonce + " body-of-" + nonce;
    ++(own ? tally.verified : tally.mismatched);
  }
}

// Leaves in one of the ways clients do: reset or closed, before, within or after the request.
void abort_somehow(std::uint16_t port, const std::string& name, unsigned choice) {
  RawClient client(port);
  const auto request = echo_request(name);
  const auto cut = choice % 3 == 0 ? request.size() : request.size() - 1 - choice % 40;
  client.send(std::string_view(request).substr(0, cut));
  // Half an answer read, then gone; half a request would wait for nothing.
  if (cut == request.size() && choice % 5 == 0) client.receive();
  choice % 2 == 0 ? client.reset() : client.close();
}

void run_client(std::uint16_t port, int worker, int clients, Tally& tally) {
  std::minstd_rand random(static_cast<unsigned>(worker) + 1);
  for (int i = 0; i < clients; ++i) {
    const auto name = std::to_string(worker) + "-" + std::to_string(i);
    if (worker % 2 == 0) {
      ask_and_verify(port, name, 8, tally);
      continue;
    }
    // Aborting is quicker than asking: keep the storm up as long as the others ask.
    for (int j = 0; j < 6; ++j) {
      abort_somehow(port, "aborted-" + name + "-" + std::to_string(j), static_cast<unsigned>(random()));
    }
  }
}

}  // namespace

TEST_CASE("no client reads another client's answer while others abort", "[http]") {
  TestServer server;
  Tally tally;
  constexpr int workers = 16;
  constexpr int clients = 40;
  {
    std::vector<std::jthread> threads;
    for (int worker = 0; worker < workers; ++worker) {
      threads.emplace_back([&, worker] { run_client(server.port(), worker, clients, tally); });
    }
  }
  CHECK(tally.mismatched == 0);
  CHECK(tally.lost == 0);
  CHECK(tally.verified == workers / 2 * clients * 8);
  // Every aborted request was still answered by its handler, into nothing.
  CHECK(eventually([&] { return server.server->in_flight() == 0; }));
  CHECK(eventually([&] { return server.server->counters().connections_open == 0; }));
  CHECK(server.server->body_bytes_held() == 0);
  CHECK(server.server->queued_bytes_held() == 0);
}
