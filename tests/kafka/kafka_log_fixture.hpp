// A Kafka log over topics of its own, with all partitions taken, for tests; and a plain producer that writes what
// Tenantry would not.
#pragma once

#include <catch2/catch.hpp>

#include <atomic>
#include <memory>
#include <string>

#include "events/kafka/kafka_log.hpp"
#include "storage/resources.hpp"
#include "tests/contracts/log_contract.hpp"
#include "tests/kafka/broker.hpp"

namespace tenantry::events::kafka {

inline KafkaOptions test_options(const std::string& prefix, const std::string& node = "a") {
  return {.bootstrap = test::shared_bootstrap(),
          .prefix = prefix,
          .tenant_partitions = 2,
          .node = node,
          .address = "http://" + node + ":8080"};
}

// Why a log on an empty folder does not open, or "opened".
inline std::string refusal(const KafkaOptions& options) {
  test::TemporaryFolder folder;
  storage::Resources resources;
  auto log = KafkaLog::open(folder / "mirror", resources, options);
  return log ? "opened" : log.error().detail;
}

// One node: a log with its mirror, opened and closed.
class Node {
 public:
  explicit Node(const KafkaOptions& options) : options_(options) { open(); }

  KafkaLog& log() { return *log_; }
  int lost() const { return lost_; }
  void close() { log_.reset(); }
  std::expected<std::unique_ptr<KafkaLog>, LogError> try_open() {
    SharedLogCallbacks callbacks;
    callbacks.on_lost = [this](Partition) { ++lost_; };
    return KafkaLog::open(folder_ / "mirror", resources_, options_, callbacks);
  }
  void open() {
    auto opened = try_open();
    if (!opened) FAIL(opened.error().detail);
    log_ = std::move(*opened);
  }
  std::uint64_t take(Partition partition, Taking taking = Taking::serve) {
    auto epoch = log_->take(partition, taking);
    if (!epoch) FAIL(epoch.error().detail);
    return *epoch;
  }
  contract::Found read_to_end(Partition partition) {
    auto caught_up = log_->catch_up(partition, 30'000);
    if (!caught_up) FAIL(caught_up.error().detail);
    return contract::read_all(*log_, partition);
  }
  KafkaOptions& options() { return options_; }

 private:
  test::TemporaryFolder folder_;
  storage::Resources resources_{{.block_cache_bytes = 8u << 20}};
  KafkaOptions options_;
  std::atomic<int> lost_ = 0;
  std::unique_ptr<KafkaLog> log_;
};

class KafkaLogFixture : public contract::LogFixture {
 public:
  KafkaLogFixture() : node_(test_options(test::fresh_prefix())) { take_all(); }

  Log& log() override { return node_.log(); }
  void reopen() override {
    node_.close();
    node_.open();
    take_all();
  }

 private:
  void take_all() {
    for (Partition partition : node_.log().partitions()) node_.take(partition);
  }

  Node node_;
};

// Writes one message without a transaction, as any other program could.
void write_plainly(const KafkaOptions& options, Partition partition, const Message& message);

}  // namespace tenantry::events::kafka
