// Kafka as the log: the product's commands against what Kafka's own tool can write in transactions of the same size to
// the same brokers, and against the embedded log.
//
// TENANTRY_BENCH_KAFKA is the folder of a cluster that compose/kafka/kafka started (bench/run does). kafka-producer-
// perf-test ends a transaction after a time, not after a number of records, so it runs at several rates; how many
// transactions it made is learnt from the topic, where each leaves a marker of its own. Its latency is that of a record
// until the leader answers, before the transaction is committed; the product answers after that.
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <stdexcept>

#include "bench/measure.hpp"
#include "events/identifiers.hpp"

namespace tenantry::bench {
namespace {

constexpr int record_bytes = 700;  // an event with its headers
constexpr double seconds_each = 4.0;

struct Ceiling {
  double per_second = 0;
  double batch = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

class Tool {
 public:
  explicit Tool(std::string folder) : folder_(std::move(folder)) {}

  std::string bootstrap() const {
    std::ifstream file(folder_ + "/bootstrap");
    std::string text;
    if (!std::getline(file, text)) throw std::runtime_error("no cluster is up in " + folder_);
    return text;
  }
  // `per_second`: the records that it tries to write; `transaction_ms`: after which it commits.
  Ceiling write(int per_second, int transaction_ms) const {
    std::string topic = "ceiling-" + events::fresh_id().text();
    run("topics --create --topic " + topic + " --partitions 1");
    double records = std::ceil(per_second * seconds_each);
    std::string printed =
        run("producer-perf-test --topic " + topic + " --num-records " + std::to_string(static_cast<long>(records)) +
            " --record-size " + std::to_string(record_bytes) + " --throughput " + std::to_string(per_second) +
            " --transactional-id " + topic + " --transaction-duration-ms " + std::to_string(transaction_ms) +
            " --producer-props acks=all linger.ms=0 2>/dev/null");
    double end = number(run("get-offsets --topic " + topic), ":0:([0-9]+)");
    run("topics --delete --topic " + topic);
    return {.per_second = number(printed, "records sent, ([0-9.]+) records/sec[^\n]*50th"),
            .batch = records / (end - records),
            .p50_ms = number(printed, "([0-9]+) ms 50th"),
            .p99_ms = number(printed, "([0-9]+) ms 99th")};
  }

 private:
  std::string run(const std::string& arguments) const {
    std::string command = "compose/kafka/kafka --folder '" + folder_ + "' tool " + arguments;
    FILE* pipe = ::popen(("timeout 60 " + command).c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    std::string printed;
    std::array<char, 4096> buffer{};
    while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) printed += buffer.data();
    if (::pclose(pipe) != 0) throw std::runtime_error(command + ": " + printed);
    return printed;
  }
  static double number(const std::string& text, const std::string& pattern) {
    std::smatch found;
    if (!std::regex_search(text, found, std::regex(pattern))) throw std::runtime_error("not understood: " + text);
    return std::stod(found[1]);
  }

  std::string folder_;
};

// The one whose transactions are nearest in size; sizes are compared as ratios.
const Ceiling& nearest(const std::vector<Ceiling>& ceilings, double batch) {
  auto distance = [&](const Ceiling& ceiling) { return std::abs(std::log(ceiling.batch / batch)); };
  const Ceiling* best = &ceilings.front();
  for (const Ceiling& ceiling : ceilings) {
    bool is_nearer = distance(ceiling) < distance(*best);
    bool is_as_near = distance(ceiling) < distance(*best) + 0.2 && ceiling.per_second > best->per_second;
    if (is_nearer || is_as_near) best = &ceiling;
  }
  return *best;
}

void compare(const std::string& who, const Commands& kafka, const Commands& embedded, const Ceiling& ceiling) {
  report(who + ": on Kafka", kafka.per_second, "commands/s");
  report(who + ": events of a transaction", kafka.mean_batch, "");
  report(who + ": 50th percentile", kafka.p50_ms, "ms");
  report(who + ": 99th percentile", kafka.p99_ms, "ms");
  report("  Kafka's tool, with " + std::to_string(static_cast<int>(ceiling.batch + 0.5)) + " records a transaction",
         ceiling.per_second, "records/s");
  report_share("  share of the tool's rate", kafka.per_second / ceiling.per_second);
  report_share("  50th percentile, in those of the tool's unfinished writes", kafka.p50_ms / ceiling.p50_ms);
  report_share("  99th percentile, the same", kafka.p99_ms / ceiling.p99_ms);
  report_share("  share of the embedded log's rate", kafka.per_second / embedded.per_second);
  report_share("  50th percentile, in those of the embedded log", kafka.p50_ms / embedded.p50_ms);
  report_share("  99th percentile, the same", kafka.p99_ms / embedded.p99_ms);
}

}  // namespace

void bench_kafka() {
  const char* folder = std::getenv("TENANTRY_BENCH_KAFKA");
  if (folder == nullptr) throw std::runtime_error("TENANTRY_BENCH_KAFKA names no cluster; ./dev bench starts one");
  Tool tool(folder);
  std::vector<Ceiling> ceilings;
  for (auto [per_second, transaction_ms] :
       {std::pair{20, 1}, {60, 1}, {200, 5}, {1'000, 10}, {3'000, 20}, {10'000, 30}, {30'000, 50}}) {
    ceilings.push_back(tool.write(per_second, transaction_ms));
    const Ceiling& ceiling = ceilings.back();
    std::printf("  Kafka's tool: %8.0f records/s in transactions of %7.1f, half of its writes within %.0f ms\n",
                ceiling.per_second, ceiling.batch, ceiling.p50_ms);
    std::fflush(stdout);
  }
  TemporaryNode on_kafka(1, tool.bootstrap());
  TemporaryNode embedded(1);
  for (int clients : {1, 16, 128, 1'000}) {
    Commands commands = run_clients(on_kafka, clients);
    std::string who = clients == 1 ? "one client" : std::to_string(clients) + " clients";
    compare(who, commands, run_clients(embedded, clients), nearest(ceilings, commands.mean_batch));
  }
}

}  // namespace tenantry::bench
