// Internal to the Kafka log: what an open one holds. Members are destroyed in reverse order: the consumer, which calls
// back, goes first.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "events/kafka/consumer.hpp"
#include "events/kafka/kafka_log.hpp"
#include "events/kafka/mirror.hpp"
#include "events/kafka/producer.hpp"

namespace tenantry::events::kafka {

struct PartitionState {
  explicit PartitionState(Partition partition) : partition(partition) {}

  const Partition partition;
  // From a take() that succeeded until release() or a loss, also while an unknown outcome is being resolved.
  std::atomic<bool> is_taken = false;
  // The epoch under which this node may append; 0 while it may not. Set to 0 by whoever learns of a loss.
  std::atomic<std::uint64_t> epoch = 0;
  std::atomic<bool> is_appending = false;  // the consumer leaves what comes to the appender

  std::mutex appending;  // held by append(), take(), release() and resolve(); guards what follows
  std::unique_ptr<Producer> producer;
  Taking taking = Taking::serve;
  // The epoch of an append of unknown outcome, until it is resolved; 0 if there is none.
  std::uint64_t doubtful_epoch = 0;
  // The offset after the marker of this node's last transaction; 0 if it is not known.
  Position after_marker = 0;
};

struct KafkaLog::Internal {
  Internal(const KafkaOptions& options, const KafkaCallbacks& callbacks) : options(options), callbacks(callbacks) {}

  const KafkaOptions options;
  const KafkaCallbacks callbacks;
  Counters counters;
  std::unique_ptr<Mirror> mirror;
  std::map<Partition, std::unique_ptr<PartitionState>> partitions;
  // Asks how far partitions reach, transactions included whose markers are not written yet: a commit is answered before
  // they are, so the end that consumers of committed records see may lack what was answered.
  std::unique_ptr<Client> uncommitted;
  std::unique_ptr<Consumer> consumer;

  PartitionState* find(Partition partition) const;
  ConsumerHooks hooks();
  // Another node has the partition: says so once.
  void lose(PartitionState& state);
  LogError not_owner(const PartitionState& state) const;

  // With state.appending held.
  std::expected<std::uint64_t, LogError> take(PartitionState& state, Taking taking, std::uint64_t former_epoch);
  std::expected<std::uint64_t, LogError> write_owner_record(PartitionState& state, Taking taking, Deadline deadline);
  std::expected<void, LogError> wait_until_read(Partition partition, Position position, Deadline deadline) const;
  std::expected<std::vector<Message>, LogError> encode(const PartitionState& state, std::uint64_t epoch,
                                                       const std::vector<std::string>& records) const;
  std::expected<Appended, LogError> send(PartitionState& state, std::uint64_t epoch,
                                         const std::vector<std::string>& records, const std::vector<Message>& messages);
  std::expected<void, LogError> keep(PartitionState& state, Position first, const std::vector<std::string>& records);
  LogError failure_of(PartitionState& state, std::uint64_t epoch, const SendFailure& failure);
  LogError doubt(PartitionState& state, std::uint64_t epoch, const std::string& why);
};

}  // namespace tenantry::events::kafka
