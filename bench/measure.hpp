// Tools of the benchmarks: time, percentiles, a temporary node, and one way to print a result.
//
// Absolute numbers depend on the machine and its neighbours; what is compared is measured in the same run, in turns,
// and printed as a ratio beside its aim. One thread, unless said otherwise.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "api/client/http_client.hpp"
#include "api/node/node.hpp"
#include "api/service/service.hpp"

namespace tenantry::bench {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start);
double percentile(std::vector<double> values, double share);

// "name: value unit".
void report(const std::string& name, double value, const std::string& unit);
// "name: 0.87".
void report_share(const std::string& name, double share);
// "name: 0.87 (aim: at least 0.80) ok"; `at_least` says which side of the aim is good.
void report_ratio(const std::string& name, double ratio, double aim, bool at_least);

// Resident memory of this process, in bytes.
std::uint64_t resident_bytes();

// A rebuild opens the log first, as every start does: a fixed cost, however many events there are.
struct RebuildTimes {
  double open_log_seconds;
  double all_seconds;  // with opening the log
};

// A node and its REST API over a folder that is removed at the end.
class TemporaryNode {
 public:
  explicit TemporaryNode(int partitions = 4);
  // The log is Kafka's, at these brokers, on topics of its own, which stay there; this node serves all partitions.
  TemporaryNode(int partitions, const std::string& kafka_brokers);
  ~TemporaryNode();

  void open();
  void close();
  // Erases the tables and makes them again.
  RebuildTimes rebuild(int threads);

  api::Node& node() { return *node_; }
  std::uint16_t port() const { return service_->port(); }
  const std::string& folder() const { return folder_; }

 private:
  void serve();
  void take_all();

  int partitions_;
  std::string kafka_brokers_;
  std::string folder_;
  std::unique_ptr<api::Node> node_;
  std::unique_ptr<api::Service> service_;
};

// A client of a server on this machine, and an answer from it; a broken connection throws std::runtime_error.
api::client::HttpClient client_of(std::uint16_t port);
api::client::HttpAnswer ask(api::client::HttpClient& client, const api::client::HttpRequest& request);
// A JSON body for the platform, or for the tenant "bench".
api::client::HttpRequest post(const std::string& target, const std::string& body, const std::string& tenant = {});

// A client that waits for each answer before it sends the next command, or many of them, of a tenant made for it.
struct Commands {
  double per_second;
  double p50_ms;
  double p99_ms;
  double mean_batch;  // events of a group commit
};
Commands run_clients(TemporaryNode& node, int clients);

void bench_writes();
void bench_kafka();
void bench_reads();
void bench_loading();
void bench_tenants();

}  // namespace tenantry::bench
