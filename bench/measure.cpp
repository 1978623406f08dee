#include "bench/measure.hpp"

#include <stdlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "events/identifiers.hpp"

namespace tenantry::bench {
namespace {

template <class T>
T value_or_throw(std::expected<T, std::string> result) {
  if (!result) throw std::runtime_error(result.error());
  return std::move(*result);
}

api::NodeOptions options_for(const std::string& folder, int partitions) {
  api::NodeOptions options;
  options.folder = folder;
  options.log.tenant_partitions = partitions;
  return options;
}

}  // namespace

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

void report(const std::string& name, double value, const std::string& unit) {
  std::printf("  %-66s %12.1f %s\n", name.c_str(), value, unit.c_str());
  std::fflush(stdout);
}

void report_share(const std::string& name, double share) {
  std::printf("  %-66s %12.3f\n", name.c_str(), share);
  std::fflush(stdout);
}

void report_ratio(const std::string& name, double ratio, double aim, bool at_least) {
  bool reached = at_least ? ratio >= aim : ratio <= aim;
  std::printf("  %-66s %12.2f (aim: at %s %.2f) %s\n", name.c_str(), ratio, at_least ? "least" : "most", aim,
              reached ? "ok" : "SHORT");
  std::fflush(stdout);
}

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t pages = 0;
  statm >> pages >> pages;
  return pages * 4096;
}

api::client::HttpClient client_of(std::uint16_t port) {
  return api::client::HttpClient({.host = "127.0.0.1", .port = port});
}

api::client::HttpAnswer ask(api::client::HttpClient& client, const api::client::HttpRequest& request) {
  return value_or_throw(client.ask(request));
}

api::client::HttpRequest post(const std::string& target, const std::string& body, const std::string& tenant) {
  api::client::HttpRequest request{
      .method = "POST", .target = target, .headers = {{"Content-Type", "application/json"}}, .body = body};
  if (!tenant.empty()) request.headers.emplace_back("X-Tenant", tenant);
  return request;
}

TemporaryNode::TemporaryNode(int partitions) : TemporaryNode(partitions, {}) {}

TemporaryNode::TemporaryNode(int partitions, const std::string& kafka_brokers)
    : partitions_(partitions), kafka_brokers_(kafka_brokers) {
  folder_ = (std::filesystem::current_path() / "bench-XXXXXX").string();
  if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder at " + folder_);
  open();
}

TemporaryNode::~TemporaryNode() {
  close();
  std::error_code ignored;  // nothing that the measurements could do about it
  std::filesystem::remove_all(folder_, ignored);
}

void TemporaryNode::open() {
  api::NodeOptions options = options_for(folder_, partitions_);
  if (!kafka_brokers_.empty()) {
    options.log.backend = "kafka";
    options.log.node = "bench";
    options.log.address = "http://127.0.0.1";
    options.log.own = {{"brokers", kafka_brokers_}, {"prefix", "bench-" + events::fresh_id().text()}};
  }
  node_ = value_or_throw(api::Node::open(options));
  if (node_->shared_log() != nullptr) take_all();
  serve();
}

void TemporaryNode::take_all() {
  for (events::Partition partition : node_->log().partitions()) {
    if (auto taken = node_->shared_log()->take(partition); !taken) throw std::runtime_error(taken.error().detail);
    if (auto served = node_->engine().serve(partition); !served) throw std::runtime_error("a partition is not served");
  }
}

void TemporaryNode::serve() {
  service_ = std::make_unique<api::Service>(node_->log(), node_->state(), node_->engine(), api::ServiceOptions{});
  node_->on_committed(service_->commit_listener());
  if (auto started = service_->start(); !started) throw std::runtime_error(started.error());
}

void TemporaryNode::close() {
  if (service_) service_->drain(5000);
  service_.reset();
  node_.reset();
}

RebuildTimes TemporaryNode::rebuild(int threads) {
  close();
  auto start = Clock::now();
  value_or_throw(api::Node::open_log(options_for(folder_, partitions_))).reset();
  RebuildTimes times{.open_log_seconds = seconds_since(start), .all_seconds = 0};
  start = Clock::now();
  node_ = value_or_throw(api::Node::rebuild(options_for(folder_, partitions_), threads, {}));
  times.all_seconds = seconds_since(start);
  serve();
  return times;
}

}  // namespace tenantry::bench
