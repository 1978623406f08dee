// Inspection: what a log's files hold, found out before the log is opened and without changing a byte, so that a log
// that is refused stays as it was found and is refused the same way again.
//
// For each partition the end found is held against its end mark [first, next):
//   end >= next    sound: the mark lags at most
//   end == first   the last append is gone, which was answered: corrupt, unless whoever opens the log accepts the loss
//                  by name (LostAppend::accepted); then sound again from `first`, and said in the notes
//   otherwise      answered records are missing: corrupt, with both positions
// The mark is written when its append is durable: no crash leaves less than it says.
// A database whose identity is not the mark's is refused (a copy put together from two logs).
// Then records are read and checked: all of them, or those that table files do not hold yet and the last append.
// Damage to the write-ahead log keeps the database from opening at all; the longest undamaged part of it then tells
// from which position on each partition cannot be read.
// One caller, which holds the log's lock.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/embedded/embedded_log.hpp"
#include "events/embedded/end_mark.hpp"

namespace tenantry::events::embedded {

struct Caution {
  Verify verify = Verify::tail;
  LostAppend lost_append = LostAppend::refused;
};

struct Inspection {
  std::vector<Position> ends;
  std::vector<std::string> notes;
};

// Where the database keeps the log's identity, in its default family.
inline constexpr std::string_view identity_key = "identity";

std::expected<Inspection, LogError> inspect(const std::string& database_path, storage::Resources& resources,
                                            const std::vector<Partition>& partitions, const EndMark& mark,
                                            Caution caution);

}  // namespace tenantry::events::embedded
