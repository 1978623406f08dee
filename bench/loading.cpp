// Loading and rebuilding: the OULAD roster through POST /v1/commands, then all tables anew from the log.
#include <atomic>
#include <stdexcept>
#include <thread>

#include "api/demo/oulad_commands.hpp"
#include "bench/measure.hpp"

namespace tenantry::bench {
namespace {

constexpr std::size_t lines_per_request = 1000;

struct Load {
  std::string slug;
  std::vector<std::string> bodies;
};

std::vector<Load> prepare(api::client::HttpClient& client, std::size_t& commands) {
  std::vector<Load> loads;
  for (const api::demo::TenantLoad& load : api::demo::oulad_loads()) {
    auto made = ask(client, post("/v1/tenants", api::demo::registration_body(load.registration)));
    if (made.status != 201) throw std::runtime_error("no tenant: " + made.body);
    Load& prepared = loads.emplace_back(load.registration.slug);
    for (std::size_t index = 0; index < load.commands.size(); ++index) {
      if (index % lines_per_request == 0) prepared.bodies.emplace_back();
      api::demo::append_command_line(prepared.bodies.back(), load.commands[index]);
    }
    commands += load.commands.size();
  }
  return loads;
}

void send(std::uint16_t port, const Load& load) {
  auto client = client_of(port);
  for (const std::string& body : load.bodies) {
    auto answer = ask(client, {.method = "POST",
                               .target = "/v1/commands",
                               .headers = {{"Content-Type", "application/x-ndjson"}, {"X-Tenant", load.slug}},
                               .body = body});
    if (answer.status != 200) throw std::runtime_error(answer.body);
    if (answer.body.find("\"problem\"") != std::string::npos) throw std::runtime_error("a line was refused");
  }
}

}  // namespace

void bench_loading() {
  TemporaryNode temporary(4);
  auto client = client_of(temporary.port());
  std::size_t commands = 0;
  std::vector<Load> loads = prepare(client, commands);
  auto start = Clock::now();
  {
    std::atomic<std::size_t> taken{0};
    std::vector<std::jthread> clients;
    for (int count = 0; count < 4; ++count) {
      clients.emplace_back([&] {
        for (std::size_t index; (index = taken++) < loads.size();) send(temporary.port(), loads[index]);
      });
    }
  }
  double rate = static_cast<double>(commands) / seconds_since(start);
  report("commands", static_cast<double>(commands), "");
  report("loading through POST /v1/commands", rate, "commands/s");
  report_ratio("loading, against 20,000 commands/s", rate / 20'000, 1.0, true);

  std::uint64_t events = temporary.node().engine().counters().events;
  RebuildTimes times = temporary.rebuild(2);
  double rebuild_rate = static_cast<double>(events) / (times.all_seconds - times.open_log_seconds);
  report("opening the log, not part of the next", times.open_log_seconds * 1000, "ms");
  report("rebuild of all tables on two threads", rebuild_rate, "events/s");
  report_ratio("rebuild, against 150,000 events/s", rebuild_rate / 150'000, 1.0, true);
}

}  // namespace tenantry::bench
