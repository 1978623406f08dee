#include "events/embedded/rows.hpp"

#include <optional>

#include "events/embedded/record_row.hpp"

namespace tenantry::events::embedded {
namespace {

constexpr Position long_read_records = 4096;
constexpr std::size_t long_read_readahead_bytes = 2u << 20;

storage::ScanOptions scan_options(RowSpan span, Cache cache) {
  storage::ScanOptions options;
  bool is_long = span.until - span.from > long_read_records;
  options.readahead_bytes = is_long ? long_read_readahead_bytes : 0;
  options.fill_cache = cache == Cache::keep && !is_long;
  return options;
}

}  // namespace

LogError damage(const std::string& partition, Position position, const std::string& why) {
  return {LogError::Kind::corrupt,
          "partition " + partition + " cannot be read at position " + std::to_string(position) + ": " + why};
}

LogError log_error(const storage::StorageError& error) {
  auto kind =
      error.kind == storage::StorageError::Kind::corrupt ? LogError::Kind::corrupt : LogError::Kind::unavailable;
  return {kind, error.detail};
}

std::expected<Position, LogError> visit_rows(const storage::Database& database, const storage::Family& family,
                                             RowSpan span, Cache cache, const RecordVisitor& visit) {
  if (span.from >= span.until) return span.from;
  Position next = span.from;
  bool stopped = false;
  std::optional<LogError> broken;
  auto check_and_visit = [&](std::string_view key, std::string_view value) {
    auto record = check_row(next, key, value);
    if (!record) {
      broken = damage(family.name(), next, record.error());
      return false;
    }
    stopped = !visit(next++, *record);
    return !stopped;
  };
  storage::KeyRange range{row_key(span.from), row_key(span.until)};
  auto scanned = database.scan(family, range, check_and_visit, scan_options(span, cache));
  if (broken) return std::unexpected(*broken);
  if (!scanned && scanned.error().kind == storage::StorageError::Kind::corrupt) {
    return std::unexpected(damage(family.name(), next, scanned.error().detail));
  }
  if (!scanned) return std::unexpected(log_error(scanned.error()));
  if (!stopped && next != span.until) return std::unexpected(damage(family.name(), next, "the record is missing"));
  return next;
}

std::expected<Position, LogError> end_of_rows(const storage::Database& database, const storage::Family& family) {
  auto last = database.last_key(family);
  if (!last) {
    return std::unexpected(LogError{
        LogError::Kind::corrupt, "the end of partition " + family.name() + " cannot be read: " + last.error().detail});
  }
  if (!*last) return 0;
  auto position = row_position(**last);
  if (!position) {
    return std::unexpected(
        LogError{LogError::Kind::corrupt, "the end of partition " + family.name() + " is " + position.error()});
  }
  return *position + 1;
}

}  // namespace tenantry::events::embedded
