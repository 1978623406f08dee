// KafkaLog: the log of several machines. Implements events/shared_log.hpp on two Kafka topics
// (events/kafka/topics.hpp).
//
// Reading: one thread keeps the mirror, this node's local copy (events/kafka/mirror.hpp), up to what is committed, and
// all of read(), read_at() and end() is answered from it; they never wait for Kafka. What another node appended is seen
// when it has been read; an append of another node may be seen in pieces, in order. A message that is neither
// a record nor a note is read at its position in a form that is refused as either.
//
// Writing: a node appends to the partitions that it has taken. take() fences the former owner, commits this node's
// owner record (events/kafka/owner_record.hpp) and returns when everything up to it can be read. An append is one
// transaction, and when it returns a position its records can be read here. append() fails with
//   rejected     nothing was written: too large, a record of another epoch than owner_epoch(), an aborted transaction
//   unavailable  nothing was written: the partition is not this node's, or is lost, or must be resolved first, or
//                cannot be read (fault()), or another program wrote into it, so that it must be taken again
//   unknown      cannot tell. The producer is thrown away, and nothing is appended until resolve() took the partition
//                again, which settles what was under way. It refuses (`unavailable`) when another node has taken it
//                since, and may be called again when it failed because Kafka cannot be reached.
// Records must carry owner_epoch(), which is 0 while the partition is not this node's, so that what was decided under
// one ownership is never written under a later one. Taking::copy lifts that for the copy of another log.
//
// open() fails with `unavailable` (no broker answers in time, or none lets this program in or read), `rejected`
// (settings, a topic that would lose events) or `corrupt` (the log was replaced, a topic deleted, or records are gone),
// each saying what and where. take() refuses while this node's clock is far behind the partition's newest event, since
// times would go backwards; Kafka itself refuses the records of one that is far ahead.
//
// Threads: any thread may call any member, one append at a time for a partition. append(), take(), release() and
// resolve() of a partition exclude each other and block up to their deadlines; only they hold a lock (the partition's
// own) while they wait for Kafka. Destroying waits for none of them: end them first. Resources outlive the log.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "events/kafka/metrics.hpp"
#include "events/kafka/options.hpp"
#include "events/kafka/owner_record.hpp"
#include "events/shared_log.hpp"
#include "events/vault.hpp"

namespace tenantry::storage {
class Resources;
}

namespace tenantry::events::kafka {

class KafkaLog : public SharedLog {
 public:
  // The mirror is in `folder`, which one process has open at a time.
  static std::expected<std::unique_ptr<KafkaLog>, LogError> open(const std::string& folder,
                                                                 storage::Resources& resources,
                                                                 const KafkaOptions& options,
                                                                 const SharedLogCallbacks& callbacks = {});
  ~KafkaLog() override;

  std::vector<Partition> partitions() const override;
  std::expected<Appended, LogError> append(Partition partition, const std::vector<std::string>& records) override;
  std::expected<Position, LogError> read(Partition partition, Position from, const RecordVisitor& visit) override;
  std::expected<void, LogError> read_at(Partition partition, const std::vector<Position>& positions,
                                        const RecordVisitor& visit) override;
  std::expected<Position, LogError> end(Partition partition) override;
  std::string identity() const override;
  std::uint64_t owner_epoch(Partition partition) const override;
  std::expected<void, LogError> resolve(Partition partition) override;
  // Of the mirror.
  std::expected<void, LogError> takes_appends() const override;
  std::string first_damage() const override;
  std::optional<storage::DatabaseMetrics> disk_metrics() const override;

  std::expected<std::uint64_t, LogError> take(Partition partition, Taking taking = Taking::serve) override;
  void release(Partition partition) override;
  std::optional<Owner> owner(Partition partition) const override;
  // A transaction that a killed node left open holds it up until the next owner, or Kafka, ends it.
  std::expected<void, LogError> catch_up(Partition partition, int deadline_ms) override;
  std::string fault(Partition partition) const override;
  std::uint64_t lag(Partition partition) const override;
  std::expected<std::unique_ptr<Group>, LogError> join(GroupHooks hooks) override;
  Figures figures() const override;

  KafkaMetrics metrics() const;

  // The vault beside this log, which outlives it (events/kafka/kafka_vault.hpp); opened once. Reads its topic whole.
  std::expected<std::unique_ptr<Vault>, VaultError> open_vault(RootKeys keys, const VaultOptions& options = {});

 private:
  struct Internal;
  explicit KafkaLog(std::unique_ptr<Internal> internal);

  std::unique_ptr<Internal> internal_;
};

}  // namespace tenantry::events::kafka
