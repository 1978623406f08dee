// Writes: the engine with one and with many waiting clients, against the disk and against the log alone.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "bench/measure.hpp"
#include "events/identifiers.hpp"

namespace tenantry::bench {
namespace {

constexpr double seconds_each = 3.0;
constexpr std::size_t record_bytes = 500;

// Appends a record's worth of bytes to a file and waits for the disk, in milliseconds.
double sync_ms(const std::string& folder) {
  std::string path = folder + "/sync";
  int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot open " + path);
  std::string bytes(record_bytes, 'x');
  std::vector<double> times;
  for (int count = 0; count < 500; ++count) {
    auto start = Clock::now();
    if (::write(file, bytes.data(), bytes.size()) < 0 || ::fdatasync(file) != 0) break;
    times.push_back(seconds_since(start) * 1000);
  }
  ::close(file);
  return percentile(times, 0.5);
}

// Events a second of the log alone, in appends of `batch` records.
double log_rate(TemporaryNode& temporary, std::size_t batch) {
  std::vector<std::string> records(batch, std::string(record_bytes, 'x'));
  std::size_t appended = 0;
  auto start = Clock::now();
  while (seconds_since(start) < seconds_each) {
    if (!temporary.node().log().append({events::Stream::tenants, 0}, records))
      throw std::runtime_error("append failed");
    appended += batch;
  }
  return static_cast<double>(appended) / seconds_since(start);
}

// Clients that each send a command, wait for its answer, and send the next.
class Clients {
 public:
  Clients(events::engine::Engine& engine, TenantScope scope) : engine_(engine), scope_(scope) {}

  double commands_per_second(int clients) {
    stop_ = false;
    done_ = 0;
    auto start = Clock::now();
    {
      std::lock_guard lock(mutex_);
      running_ = clients;
    }
    for (int client = 0; client < clients; ++client) next();
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds_each));
    stop_ = true;
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [&] { return running_ == 0; });
    return static_cast<double>(done_.load()) / seconds_since(start);
  }

 private:
  void next() {
    if (stop_) {
      std::lock_guard lock(mutex_);
      if (--running_ == 0) idle_.notify_all();
      return;
    }
    Uuid id = events::fresh_id();
    roster::RegisterStudent command{{id}, id.text(), "Ada", "Lovelace", {}};
    events::engine::Submission submission{.scope = scope_,
                                          .origin = {.auth_type = "user", .auth_id = "bench"},
                                          .reply = [this](std::vector<events::engine::Outcome> outcomes) {
                                            if (!std::holds_alternative<events::engine::Done>(outcomes[0]))
                                              stop_ = true;
                                            ++done_;
                                            next();
                                          }};
    submission.commands.push_back({events::AnyCommand{roster::Command{std::move(command)}}, {}, {}});
    engine_.submit(std::move(submission));
  }

  events::engine::Engine& engine_;
  TenantScope scope_;
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> done_{0};
  std::mutex mutex_;
  std::condition_variable idle_;
  int running_ = 0;
};

}  // namespace

void bench_writes() {
  TemporaryNode temporary(1);
  auto client = client_of(temporary.port());
  auto made = ask(client, post("/v1/tenants", R"({"slug":"bench","name":"Bench","timezone":"Europe/London"})"));
  if (made.status != 201) throw std::runtime_error("no tenant: " + made.body);
  auto scope = api::Gate(temporary.node().state()).find("bench");
  if (!scope) throw std::runtime_error(scope.error().detail);
  auto& engine = temporary.node().engine();
  Clients clients(engine, *scope);

  double sync = sync_ms(temporary.folder());
  double one = clients.commands_per_second(1);
  report("fdatasync of one record, median", sync * 1000, "us");
  report("a single client's command", 1e6 / one, "us");
  report_ratio("a single client's command, in fdatasyncs", 1000 / one / sync, 2.0, false);

  std::uint64_t events_before = engine.counters().events;
  std::uint64_t batches_before = engine.counters().batches;
  double many = clients.commands_per_second(128);
  double batch = static_cast<double>(engine.counters().events - events_before) /
                 static_cast<double>(engine.counters().batches - batches_before);
  TemporaryNode other(1);
  double log = log_rate(other, static_cast<std::size_t>(batch + 0.5));
  report("128 waiting clients", many, "commands/s");
  report("mean batch that occurred", batch, "events");
  report("the log alone at that batch", log, "events/s");
  report_ratio("128 waiting clients, share of the log's rate", many / log, 0.5, true);
}

}  // namespace tenantry::bench
