// The reading half of Database.
#include <rocksdb/iterator.h>
#include <rocksdb/metadata.h>

#include "storage/database.hpp"
#include "storage/internal/database_internal.hpp"
#include "storage/internal/status.hpp"

namespace tenantry::storage {
namespace {

std::unexpected<StorageError> unreadable(const Database::Internal& database, const Family& family,
                                         const rocksdb::Status& status) {
  auto error = failure("reading family " + family.name() + " of " + database.path, status);
  if (error.error().kind != StorageError::Kind::corrupt) return error;
  ++database.damaged_reads;
  if (database.on_damage) database.on_damage(family.name(), error.error().detail);
  return error;
}

void seek_start(rocksdb::Iterator& rows, bool reverse) {
  reverse ? rows.SeekToLast() : rows.SeekToFirst();
}
void step(rocksdb::Iterator& rows, bool reverse) {
  reverse ? rows.Prev() : rows.Next();
}

}  // namespace

rocksdb::ReadOptions read_options(const SnapshotPointer& snapshot) {
  rocksdb::ReadOptions options;
  if (snapshot) options.snapshot = static_cast<const SnapshotHandle&>(*snapshot).get();
  return options;
}

KeyRange prefix_range(std::string_view prefix) {
  KeyRange range{std::string{prefix}, std::string{prefix}};
  while (!range.until.empty() && static_cast<unsigned char>(range.until.back()) == 0xff) range.until.pop_back();
  if (!range.until.empty()) ++range.until.back();
  return range;
}

Result<std::optional<std::string>> Database::get(const Family& family, std::string_view key,
                                                 const SnapshotPointer& snapshot) const {
  std::string value;
  auto status = internal_->db->Get(read_options(snapshot), handle_of(*internal_, family), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return unreadable(*internal_, family, status);
  return value;
}

Result<std::vector<std::optional<std::string>>> Database::multi_get(const Family& family,
                                                                    const std::vector<std::string>& keys,
                                                                    const SnapshotPointer& snapshot) const {
  std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> found(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  internal_->db->MultiGet(read_options(snapshot), handle_of(*internal_, family), keys.size(), slices.data(),
                          found.data(), statuses.data());
  std::vector<std::optional<std::string>> values(keys.size());
  for (std::size_t index = 0; index < keys.size(); ++index) {
    if (statuses[index].IsNotFound()) continue;
    if (!statuses[index].ok()) return unreadable(*internal_, family, statuses[index]);
    values[index] = found[index].ToString();
  }
  return values;
}

Result<void> Database::scan(const Family& family, const KeyRange& range, const RowVisitor& visit,
                            const ScanOptions& options) const {
  if (!range.until.empty() && range.from >= range.until) return {};
  auto how = read_options(options.snapshot);
  how.readahead_size = options.readahead_bytes;
  how.fill_cache = options.fill_cache;
  rocksdb::Slice from = slice(range.from);
  rocksdb::Slice until = slice(range.until);
  how.iterate_lower_bound = &from;
  if (!range.until.empty()) how.iterate_upper_bound = &until;
  std::unique_ptr<rocksdb::Iterator> rows(internal_->db->NewIterator(how, handle_of(*internal_, family)));
  for (seek_start(*rows, options.reverse); rows->Valid(); step(*rows, options.reverse)) {
    if (!visit(view(rows->key()), view(rows->value()))) return {};
  }
  if (!rows->status().ok()) return unreadable(*internal_, family, rows->status());
  return {};
}

Result<std::optional<std::string>> Database::last_key(const Family& family) const {
  std::optional<std::string> last;
  auto remember_one = [&](std::string_view key, std::string_view) {
    last = key;
    return false;
  };
  auto scanned = scan(family, {}, remember_one, {.reverse = true, .snapshot = nullptr});
  if (!scanned) return std::unexpected(scanned.error());
  return last;
}

std::optional<std::string> Database::last_flushed_key(const Family& family) const {
  rocksdb::ColumnFamilyMetaData files;
  internal_->db->GetColumnFamilyMetaData(handle_of(*internal_, family), &files);
  std::optional<std::string> last;
  for (const auto& level : files.levels) {
    for (const auto& file : level.files) {
      if (!last || file.largestkey > *last) last = file.largestkey;
    }
  }
  return last;
}

void Database::on_damage(DamageListener listener) {
  internal_->on_damage = std::move(listener);
}

SnapshotPointer Database::snapshot() const {
  return std::make_shared<SnapshotHandle>(internal_);
}

}  // namespace tenantry::storage
