// Clients that each send a command to the engine, wait for its answer, and send the next.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "bench/measure.hpp"
#include "domain/roster/commands.hpp"
#include "events/identifiers.hpp"

namespace tenantry::bench {
namespace {

constexpr double seconds_each = 3.0;

TenantScope make_tenant(TemporaryNode& node) {
  std::string slug = "bench-" + events::fresh_id().text();
  auto client = client_of(node.port());
  auto made =
      ask(client, post("/v1/tenants", "{\"slug\":\"" + slug + R"(","name":"Bench","timezone":"Europe/London"})"));
  if (made.status != 201) throw std::runtime_error("no tenant: " + made.body);
  auto scope = api::Gate(node.node().state()).find(slug);
  if (!scope) throw std::runtime_error(scope.error().detail);
  return *scope;
}

class Clients {
 public:
  Clients(events::engine::Engine& engine, TenantScope scope) : engine_(engine), scope_(scope) {}

  // The commands answered a second; times() has how long each took.
  double run(int clients) {
    auto start = Clock::now();
    running_ = clients;
    for (int client = 0; client < clients; ++client) next();
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds_each));
    stop_ = true;
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return running_ == 0; });
    if (failed_) throw std::runtime_error("a command was not done");
    return static_cast<double>(times_.size()) / seconds_since(start);
  }
  const std::vector<double>& times_ms() const { return times_; }

 private:
  void next() {
    if (stop_) {
      std::lock_guard lock(mutex_);
      if (--running_ == 0) idle_.notify_all();
      return;
    }
    Uuid id = events::fresh_id();
    roster::RegisterStudent command{{id}, id.text(), "Ada", "Lovelace", {}};
    auto reply = [this, start = Clock::now()](std::vector<events::engine::Outcome> outcomes) {
      if (!std::holds_alternative<events::engine::Done>(outcomes[0])) stop_ = failed_ = true;
      {
        std::lock_guard lock(mutex_);
        times_.push_back(seconds_since(start) * 1000);
      }
      next();
    };
    events::engine::Submission submission{
        .scope = scope_, .origin = {.auth_type = "user", .auth_id = "bench"}, .reply = std::move(reply)};
    submission.commands.push_back({Value{std::move(command)}, {}, {}});
    engine_.submit(std::move(submission));
  }

  events::engine::Engine& engine_;
  TenantScope scope_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;  // guards what follows
  std::condition_variable idle_;
  int running_ = 0;
  std::vector<double> times_;
};

}  // namespace

Commands run_clients(TemporaryNode& node, int clients) {
  auto& engine = node.node().engine();
  Clients all(engine, make_tenant(node));
  std::uint64_t events_before = engine.counters().events;
  std::uint64_t batches_before = engine.counters().batches;
  Commands commands{.per_second = all.run(clients), .p50_ms = 0, .p99_ms = 0, .mean_batch = 0};
  commands.p50_ms = percentile(all.times_ms(), 0.5);
  commands.p99_ms = percentile(all.times_ms(), 0.99);
  commands.mean_batch = static_cast<double>(engine.counters().events - events_before) /
                        static_cast<double>(engine.counters().batches - batches_before);
  return commands;
}

}  // namespace tenantry::bench
