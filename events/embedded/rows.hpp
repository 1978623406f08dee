// Reading a partition's rows with every check: dense positions, checksums, and RocksDB's own block checksums.
// Free functions over an open database; any thread. Damage is LogError::corrupt with partition and position.
#pragma once

#include <string>

#include "events/log.hpp"
#include "storage/database.hpp"

namespace tenantry::events::embedded {

struct RowSpan {
  Position from;
  Position until;
};

// Whether the rows read are likely to be wanted again soon.
enum class Cache { keep, pass };

LogError damage(const std::string& partition, Position position, const std::string& why);
LogError log_error(const storage::StorageError& error);

// Visits the records of the span, all of which must be there; returns the position after the last one visited.
std::expected<Position, LogError> visit_rows(const storage::Database& database, const storage::Family& family,
                                             RowSpan span, Cache cache, const RecordVisitor& visit);
// The position after the last row.
std::expected<Position, LogError> end_of_rows(const storage::Database& database, const storage::Family& family);

}  // namespace tenantry::events::embedded
