// The log port: an append-only sequence of records in each partition of two streams.
//
// What every backend promises (tests/contracts/log_contract.hpp holds each to it):
// - append() adds all of its records at the partition's end, in order, or none; when it returns a position, they are
//   durable and survive a crash. One caller at a time for a partition; different partitions may append concurrently.
// - A definite failure (`rejected`, `unavailable`) leaves nothing behind. An `unknown` failure may have appended all or
// nothing:
//   the caller must call resolve(), and read what is there, before it appends more. No failure ever leaves a part.
// - read() sees exactly what was appended, in order, from a position on; it never sees records not yet durable.
// - Positions grow along a partition but need not be dense (Kafka's control records take offsets): the position after
//   a record is learnt from the next record or from end(). They start at 0.
// Records are the canonical bytes of events/record.hpp, or of a note (events/answer_note.hpp), which is no event and
// which whoever reads the log passes over; the log does not look inside. Any thread may read. Errors are values; a
// backend that finds its files damaged refuses to open.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/stream.hpp"
#include "storage/database.hpp"

namespace tenantry::events {

struct Partition {
  Stream stream = Stream::tenants;
  int number = 0;

  auto operator<=>(const Partition&) const = default;
  // "platform-0", "events-3": the name in folders, metrics and messages.
  std::string name() const;
};

using Position = std::uint64_t;

struct LogError {
  enum class Kind {
    rejected,    // nothing was appended; trying again may help (no space, too large)
    unknown,     // cannot tell whether it was appended
    corrupt,     // stored bytes are damaged; detail names the position
    unavailable  // the log cannot be reached now, or not by this node; nothing was appended
  };
  Kind kind;
  std::string detail;
};

// Where the appended records start and the position after the last.
struct Appended {
  Position first;
  Position next;
};

// Called for each record in order; returns false to stop. The bytes live until it returns.
using RecordVisitor = std::function<bool(Position position, std::string_view bytes)>;

class Log {
 public:
  virtual ~Log() = default;

  virtual std::vector<Partition> partitions() const = 0;
  virtual std::expected<Appended, LogError> append(Partition partition, const std::vector<std::string>& records) = 0;
  // Visits records with position >= from; returns the position to go on from.
  virtual std::expected<Position, LogError> read(Partition partition, Position from, const RecordVisitor& visit) = 0;
  // Visits the records at exactly these positions, in the order given. A missing one is `corrupt`.
  virtual std::expected<void, LogError> read_at(Partition partition, const std::vector<Position>& positions,
                                                const RecordVisitor& visit) = 0;
  // The position that the next record will not be below; everything before it is durable.
  virtual std::expected<Position, LogError> end(Partition partition) = 0;
  // Tells this log from every other, for as long as it lives; what was made from another is refused. Empty: unknown.
  virtual std::string identity() const { return {}; }
  // The epoch that records carry which this node appends now; 0 where the log has one writer by construction.
  virtual std::uint64_t owner_epoch(Partition) const { return 0; }
  // Called by the partition's writer after an `unknown` failure, before it reads on: returns when what became of the
  // append can be read. May block.
  virtual std::expected<void, LogError> resolve(Partition) { return {}; }
  // Whether this node's disk would take an append now, as far as can be told without one: for readiness. The error is
  // why not. A log that the disk does not concern says yes.
  virtual std::expected<void, LogError> takes_appends() const { return {}; }
  // What a read found damaged first since the log was opened, for readiness; empty: nothing so far.
  virtual std::string first_damage() const { return {}; }
  // Of this node's copy, where it has one on disk.
  virtual std::optional<storage::DatabaseMetrics> disk_metrics() const { return std::nullopt; }
};

}  // namespace tenantry::events
