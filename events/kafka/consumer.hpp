// Consumer: the one thread that reads all partitions of both topics into the mirror, from where the mirror ends.
//
// Reads committed messages only, checks their checksums, and applies the reader rule of owner_record.hpp: a stale
// record is counted and not stored; a message that is no record is stored as a foreign one, at its position. What has
// come is written to the mirror together, then told. While `is_appending` says that this node appends to a partition,
// what comes of that partition waits, so that an append is seen whole.
// start() first holds the mirror against the topics (mirror_check.hpp), then waits until something was heard of every
// partition; it fails with `unavailable` if one cannot be read.
// When the mirror cannot be written (no space) nothing is read until it can. Trouble with a partition (a topic deleted
// under it, offsets that are gone, reading forbidden) is its fault (faults.hpp); nothing more is taken from a partition
// with a lasting one. Hooks are called on the consumer's thread, outside locks.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "domain/kernel/thread_safety.hpp"
#include "events/kafka/client.hpp"
#include "events/kafka/faults.hpp"
#include "events/kafka/metrics.hpp"
#include "events/kafka/mirror.hpp"

namespace tenantry::events::kafka {

struct ConsumerHooks {
  std::function<bool(Partition)> is_appending;
  std::function<void(Partition)> on_records;
  std::function<void(Partition, const Owner&)> on_owner;
  std::function<void(Partition, const std::string&)> on_fault;
  std::function<void(const std::string&)> on_note;
};

class Consumer {
 public:
  // The mirror and the counters outlive the consumer.
  static std::expected<std::unique_ptr<Consumer>, LogError> start(const KafkaOptions& options, Mirror& mirror,
                                                                  Counters& counters, ConsumerHooks hooks);
  ~Consumer();

  // Why the partition is read no further; empty while it is.
  std::string fault(Partition partition) const { return faults_.of(partition); }
  std::map<Partition, std::string> faults() const { return faults_.all(); }
  // Offsets known to be in the topic that were not read yet.
  std::uint64_t lag(Partition partition) const;

 private:
  // What has come of a partition and is not in the mirror yet.
  struct Pending {
    Addition addition;
    Position position = 0;
    Owner owner;  // the latest, for the reader rule
    std::uint64_t stale = 0;
    std::uint64_t foreign = 0;
    bool dirty() const { return addition.consumed > 0 || position > 0; }
  };

  Consumer(const KafkaOptions& options, Mirror& mirror, Counters& counters, ConsumerHooks hooks);
  std::expected<void, LogError> hear_all();
  void hear(std::optional<Partition> partition);
  std::expected<void, LogError> assign_all();
  void run();
  void accept(const rd_kafka_message_t& message);
  void accept_record(Partition partition, const rd_kafka_message_t& message);
  void accept_error(std::optional<Partition> partition, const rd_kafka_message_t& message);
  void set_fault(Partition partition, rd_kafka_resp_err_t code, const std::string& detail);
  std::string why_offsets_are_gone(Partition partition, const std::string& detail) const;
  void look_for_topics();
  void look_into_suspicions();
  void note(const std::string& what, std::uint64_t count, Partition partition, const std::string& detail);
  bool flush();
  bool flush(Partition partition, Pending& pending);

  const KafkaOptions options_;
  Mirror& mirror_;
  Counters& counters_;
  ConsumerHooks hooks_;
  Faults faults_;
  std::unique_ptr<Client> client_;
  std::map<Partition, Pending> pending_;
  std::size_t pending_bytes_ = 0;
  Deadline next_look_;
  Mutex mutex_;
  std::condition_variable heard_;
  std::set<Partition> unheard_ TENANTRY_GUARDED_BY(mutex_);
  std::atomic<bool> all_heard_ = false;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace tenantry::events::kafka
