// Internal to the Kafka log: what an open one holds. Members are destroyed in reverse order: the consumer, which calls
// back, goes first.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/kernel/thread_safety.hpp"
#include "events/first_damage.hpp"
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

  Mutex appending;  // held by append(), take(), release() and resolve()
  std::unique_ptr<Producer> producer TENANTRY_GUARDED_BY(appending);
  Deadline next_transaction TENANTRY_GUARDED_BY(appending){};  // does not begin before this
  Taking taking TENANTRY_GUARDED_BY(appending) = Taking::serve;
  // The epoch of an append of unknown outcome, until it is resolved; 0 if there is none.
  std::uint64_t doubtful_epoch TENANTRY_GUARDED_BY(appending) = 0;
  // The offset after the marker of this node's last transaction; 0 if it is not known.
  Position after_marker TENANTRY_GUARDED_BY(appending) = 0;
  // Of a partition that is taken: the mirror holds no record from here on but those that another program wrote, or that
  // this node is writing.
  Position known_end TENANTRY_GUARDED_BY(appending) = 0;
};

struct KafkaLog::Internal {
  Internal(const KafkaOptions& options, const SharedLogCallbacks& callbacks) : options(options), callbacks(callbacks) {}

  const KafkaOptions options;
  const SharedLogCallbacks callbacks;
  Counters counters;
  std::unique_ptr<Mirror> mirror;
  FirstDamage first_damage;  // of the mirror
  std::map<Partition, std::unique_ptr<PartitionState>> partitions;
  // Asks how far partitions reach, transactions included whose markers are not written yet: a commit is answered before
  // they are, so the end that consumers of committed records see may lack what was answered.
  std::unique_ptr<Client> uncommitted;
  std::unique_ptr<Consumer> consumer;

  PartitionState* find(Partition partition) const;
  ConsumerHooks hooks();
  // Appends no more to the partition, and says so once.
  bool give_up(PartitionState& state, const std::string& why);
  // Another node has the partition.
  void lose(PartitionState& state);
  // Another program wrote into a partition of this node's: it is to be taken again, and what is there read.
  LogError intruded(PartitionState& state) TENANTRY_REQUIRES(state.appending);
  void look_for_intruder(PartitionState& state);
  LogError not_owner(const PartitionState& state) const;
  // What stands in the way of using the partition at all.
  std::optional<LogError> fault_of(Partition partition) const;

  std::expected<std::uint64_t, LogError> take(PartitionState& state, Taking taking, std::uint64_t former_epoch)
      TENANTRY_REQUIRES(state.appending);
  std::expected<void, LogError> check_clock(Partition partition);
  using Ask = std::function<std::expected<Watermarks, LogError>(Deadline)>;
  // The partition's end in the topic; fails if it lies before what was read.
  std::expected<Position, LogError> end_in_topic(Partition partition, const Ask& ask, Deadline deadline) const;
  std::expected<std::uint64_t, LogError> write_owner_record(PartitionState& state, Taking taking, Deadline deadline)
      TENANTRY_REQUIRES(state.appending);
  std::expected<void, LogError> wait_until_read(Partition partition, Position position, Deadline deadline) const;
  std::expected<std::vector<Message>, LogError> encode(const PartitionState& state, std::uint64_t epoch,
                                                       const std::vector<std::string>& records) const
      TENANTRY_REQUIRES(state.appending);
  std::expected<Appended, LogError> send(PartitionState& state, std::uint64_t epoch,
                                         const std::vector<std::string>& records, const std::vector<Message>& messages)
      TENANTRY_REQUIRES(state.appending);
  std::expected<void, LogError> keep_or_read_back(PartitionState& state, std::uint64_t epoch, const Appended& appended,
                                                  const std::vector<std::string>& records, bool is_next)
      TENANTRY_REQUIRES(state.appending);
  std::expected<void, LogError> keep(PartitionState& state, Position first, const std::vector<std::string>& records);
  LogError failure_of(PartitionState& state, std::uint64_t epoch, const SendFailure& failure)
      TENANTRY_REQUIRES(state.appending);
  void renew_producer(PartitionState& state, std::uint64_t epoch) TENANTRY_REQUIRES(state.appending);
  LogError doubt(PartitionState& state, std::uint64_t epoch, const std::string& why) TENANTRY_REQUIRES(state.appending);
};

}  // namespace tenantry::events::kafka
