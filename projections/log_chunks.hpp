// LogChunks: a partition's records from a position on, in chunks that are read and decoded ahead of their use.
//
// While one chunk is applied, a thread of its own reads and decodes the next: that is about a third of a replay's work.
// A chunk has whole commands (events/whole_commands.hpp): what is left of others is passed over, and a command whose
// end the log does not hold yet is left for a later reading. next() belongs to one thread; the log outlives the object.
// An error of the log comes back as it is, and ends the chunks. Memory: two chunks of at most `records_max` records and
// about 32 MiB, and one more command.
#pragma once

#include <future>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "events/catalog/catalog.hpp"
#include "events/engine/state.hpp"

namespace tenantry::projections {

// A record and what could be made of it. `event` is meant only for records that can be read and are asked for; where
// there is a `note`, it is no event, and `record` says nothing.
struct DecodedRecord {
  events::Position position;
  std::string_view bytes;
  std::optional<events::AnswerNote> note;
  std::expected<events::RecordView, events::DecodeError> record;
  std::optional<std::expected<Value, events::DecodeError>> event;
};

// Records to be applied together. Moving it leaves the views into `bytes` valid.
struct Chunk {
  std::vector<char> bytes;
  std::vector<DecodedRecord> records;
  events::Position next = 0;  // where to go on
};

class LogChunks {
 public:
  struct Span {
    events::Position from = 0;
    events::Position until = std::numeric_limits<events::Position>::max();
    std::optional<TenantId> only{};  // events of other tenants are not decoded
    std::size_t records_max;
  };
  LogChunks(events::Log& log, events::Partition partition, const Span& span);
  ~LogChunks();
  LogChunks(const LogChunks&) = delete;
  LogChunks& operator=(const LogChunks&) = delete;

  // The next chunk; one without records at the end.
  std::expected<Chunk, events::engine::StateError> next();

 private:
  std::expected<Chunk, events::engine::StateError> read(events::Position from) const;

  events::Log& log_;
  events::Partition partition_;
  Span span_;
  std::future<std::expected<Chunk, events::engine::StateError>> ahead_;
};

}  // namespace tenantry::projections
