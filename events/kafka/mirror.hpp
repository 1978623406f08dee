// Mirror: this node's local copy of the log, from which all reading is done.
//
// On disk, a RocksDB database (numbers big-endian):
//   family default     "identity" = cluster id LF prefix LF number of tenant partitions
//                      "partition/" and Partition::name() = consumed, 8 bytes | epoch of the latest owner record, 8
//                      bytes, 0 = none | that record's value
//                      "vault" = how far the vault's topic reached when this node last opened it, 8 bytes
//   a family per partition, named as Partition::name() says: key = offset, 8 bytes; value = the record's or note's
//                      canonical bytes, or a foreign message as events/kafka/message.hpp keeps it
// Rows and the partition's entry are written in one batch, unsynced: the topic is the truth, and what a loss of power
// takes is consumed again.
//
// A partition's `consumed` is the offset from which consuming goes on: all that counts before it is here. Its `end` is
// the offset after its last record, so that owner records and markers of transactions move `consumed` alone.
// add() is idempotent: records before `consumed` are dropped, so that the appender and the consumer may both bring the
// same ones; it makes all of its records visible together. Any thread may call any member; reads and mark() take no
// lock that is held during a write.
#pragma once

#include <condition_variable>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/kernel/thread_safety.hpp"
#include "events/kafka/client.hpp"
#include "events/kafka/owner_record.hpp"
#include "storage/database.hpp"

namespace tenantry::events::kafka {

struct Mark {
  Position consumed = 0;
  Position end = 0;
  // The offset up to which there is nothing unread: beyond `consumed` where only markers are. Not on disk.
  Position position = 0;
  Owner owner;
};

struct Addition {
  std::vector<std::pair<Position, std::string>> records;
  Position consumed = 0;
  std::optional<Owner> owner;  // the latest, if there was one
};

// The last thing mirrored, by which a topic that was replaced is told.
struct LastMirrored {
  Position position;
  std::string bytes;  // the record's, or the owner record's value
  bool is_owner;
};

class Mirror {
 public:
  // What is there; begin() must follow before anything but was_begun() is called.
  static std::expected<std::unique_ptr<Mirror>, LogError> open(const std::string& folder,
                                                               storage::Resources& resources);
  bool was_begun() const { return !stored_identity_.empty(); }
  // Refuses (`corrupt`) to go on with a mirror of another cluster, prefix or number of partitions.
  std::expected<void, LogError> begin(const KafkaOptions& options, const std::string& cluster);

  const std::vector<Partition>& partitions() const { return partitions_; }
  const std::string& identity() const { return identity_; }
  bool has(Partition partition) const { return states_.contains(partition); }
  Mark mark(Partition partition) const;
  std::expected<std::optional<LastMirrored>, LogError> last(Partition partition) const;
  // The bytes of the partition's last record, whatever came after it.
  std::expected<std::optional<std::string>, LogError> newest_record(Partition partition) const;

  // Returns how many of the records were new.
  std::expected<std::size_t, LogError> add(Partition partition, const Addition& addition);
  // Nothing is unread before this offset.
  void move_position(Partition partition, Position position);
  // False if it did not come true in time. The condition is called under a lock: it must only look.
  bool wait(Partition partition, Deadline deadline, const std::function<bool(const Mark&)>& condition) const;
  // Wakes all who wait, so that their conditions look again.
  void wake();

  // How far the vault's topic reached; nothing if this node never had it open.
  std::expected<std::optional<Position>, LogError> vault_end() const;
  std::expected<void, LogError> keep_vault_end(Position end);

  // Of the database that holds it.
  std::expected<void, LogError> takes_writes() const;
  storage::DatabaseMetrics disk_metrics() const { return database_->metrics(); }

  std::expected<Position, LogError> read(Partition partition, Position from, const RecordVisitor& visit) const;
  std::expected<void, LogError> read_at(Partition partition, const std::vector<Position>& positions,
                                        const RecordVisitor& visit) const;

 private:
  struct State {
    storage::FamilyPointer family;
    Mutex writing;
    mutable Mutex mutex;
    mutable std::condition_variable moved;
    Mark mark TENANTRY_GUARDED_BY(mutex);
  };
  explicit Mirror(std::unique_ptr<storage::Database> database) : database_(std::move(database)) {}
  std::expected<void, LogError> keep_identity(const std::string& identity);
  std::expected<void, LogError> load(Partition partition, State& state);

  std::unique_ptr<storage::Database> database_;
  std::string stored_identity_;
  std::string identity_;
  std::vector<Partition> partitions_;
  std::map<Partition, std::unique_ptr<State>> states_;  // families go before the database
};

}  // namespace tenantry::events::kafka
