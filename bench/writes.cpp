// Writes: the engine with one and with many waiting clients, against the disk and against the log alone.
#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

#include "bench/measure.hpp"

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

}  // namespace

void bench_writes() {
  TemporaryNode temporary(1);
  double sync = sync_ms(temporary.folder());
  double one = run_clients(temporary, 1).per_second;
  report("fdatasync of one record, median", sync * 1000, "us");
  report("a single client's command", 1e6 / one, "us");
  report_ratio("a single client's command, in fdatasyncs", 1000 / one / sync, 2.0, false);

  Commands commands = run_clients(temporary, 128);
  double many = commands.per_second;
  double batch = commands.mean_batch;
  TemporaryNode other(1);
  double log = log_rate(other, static_cast<std::size_t>(batch + 0.5));
  report("128 waiting clients", many, "commands/s");
  report("mean batch that occurred", batch, "events");
  report("the log alone at that batch", log, "events/s");
  report_ratio("128 waiting clients, share of the log's rate", many / log, 0.5, true);
}

}  // namespace tenantry::bench
