// Reads: a point query over HTTP against a constant answer of the same size from the same kind of server.
#include <array>
#include <cstdio>
#include <stdexcept>

#include "api/http/server.hpp"
#include "bench/measure.hpp"

namespace tenantry::bench {
namespace {

constexpr int rounds = 3;

// Requests a second that wrk reaches with 32 connections.
double wrk(std::uint16_t port, const std::string& target) {
  std::string command = "wrk -t1 -c32 -d3s -H 'X-Tenant: bench' http://127.0.0.1:" + std::to_string(port) + target;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run wrk");
  std::array<char, 256> line;
  double rate = 0;
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
    double value;
    if (std::sscanf(line.data(), "Requests/sec: %lf", &value) == 1) rate = value;
    if (std::string_view{line.data()}.find("Non-2xx") != std::string_view::npos) rate = -1;
  }
  if (::pclose(pipe) != 0 || rate <= 0) throw std::runtime_error("wrk failed: is the package wrk installed?");
  return rate;
}

}  // namespace

void bench_reads() {
  TemporaryNode temporary(1);
  auto client = client_of(temporary.port());
  ask(client, post("/v1/tenants", R"({"slug":"bench","name":"Bench","timezone":"Europe/London"})"));
  auto made = ask(client, post("/v1/students",
                               R"({"id":"0190163d-8694-739b-aea5-966c26f8ad91","number":"1","givenName":"Ada",)"
                               R"("familyName":"Lovelace","email":"ada@example.org"})",
                               "bench"));
  if (made.status != 201) throw std::runtime_error("no student: " + made.body);
  std::string target = "/v1/students/0190163d-8694-739b-aea5-966c26f8ad91";
  auto found = ask(client, {.method = "GET", .target = target, .headers = {{"X-Tenant", "bench"}}, .body = {}});
  if (found.status != 200) throw std::runtime_error(found.body);
  std::string body = found.body;

  api::http::Routes routes;
  routes.routes.push_back({.method = api::http::Method::get,
                           .pattern = "/constant/{id}",
                           .handler = [body](api::http::Request, api::http::Reply reply) {
                             api::http::Response response{
                                 .status = 200, .content_type = "application/json", .body = body};
                             reply.send(response);
                           }});
  api::http::Server constant({}, std::move(routes));

  double query_rate = 0;
  double constant_rate = 0;
  for (int round = 0; round < rounds; ++round) {
    constant_rate += wrk(constant.port(), "/constant/0190163d-8694-739b-aea5-966c26f8ad91") / rounds;
    query_rate += wrk(temporary.port(), target) / rounds;
  }
  report("constant answer of " + std::to_string(body.size()) + " bytes", constant_rate, "requests/s");
  report("point query", query_rate, "requests/s");
  report_ratio("point query, share of the constant answer", query_rate / constant_rate, 0.8, true);
}

}  // namespace tenantry::bench
