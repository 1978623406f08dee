// The writing half of Database, and what it says of itself.
#include <filesystem>
#include <stdexcept>

#include "storage/database.hpp"
#include "storage/internal/database_internal.hpp"
#include "storage/internal/status.hpp"

namespace tenantry::storage {
namespace {

constexpr std::uint64_t resume_bytes_min = 1u << 20;

rocksdb::WriteOptions write_options(Durability durability) {
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::synced;
  return options;
}

std::uint64_t log_bytes(const std::string& path) {
  std::uint64_t bytes = 0;
  std::error_code error;  // a log file may go between being listed and being measured: it counts nothing then
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (entry.path().extension() != ".log") continue;
    auto size = entry.file_size(error);
    if (!error) bytes += size;
  }
  return bytes;
}

std::uint64_t sum_of(rocksdb::DB& db, const std::string& property) {
  std::uint64_t value = 0;
  return db.GetAggregatedIntProperty(property, &value) ? value : 0;
}

std::unexpected<StorageError> stopped(const Database::Internal& database, const std::string& why) {
  return std::unexpected(StorageError{StorageError::Kind::stopped, database.path + " does not take writes: " + why});
}

Result<void> check_room(const Database::Internal& database, std::uint64_t bytes) {
  std::error_code error;
  auto space = std::filesystem::space(database.path, error);
  if (error) return stopped(database, error.message());
  if (space.available >= bytes) return {};
  return stopped(database, "no space, " + std::to_string(bytes) + " bytes must be free and " +
                               std::to_string(space.available) + " are");
}

// RocksDB replaces a write-ahead log file that failed only if there is something in memory to flush; with nothing there
// it goes on with the failed file, which aborts the process on an assertion. And as resuming moves everything in memory
// to table files, trying it on a full disk again and again would cost much.
Result<void> check_resumable(const Database::Internal& database) {
  const auto& failures = *database.failures;
  auto& db = *database.db;
  bool is_log_stuck = failures.log_file_failed && sum_of(db, rocksdb::DB::Properties::kNumEntriesActiveMemTable) == 0;
  if (failures.beyond_mending || is_log_stuck) return stopped(database, "it must be opened again after a failure");
  auto in_memory = sum_of(db, rocksdb::DB::Properties::kCurSizeAllMemTables);
  return check_room(database, in_memory + resume_bytes_min);
}

}  // namespace

Result<void> Database::write(const Batch& batch, Durability durability) {
  if (batch.count() == 0) return {};
  if (batch.internal().database != internal_.get()) throw std::logic_error("a batch of another database");
  see_to_damage();
  if (auto resumed = resume(); !resumed) return resumed;
  if (internal_->free_bytes_min > 0) {
    if (auto room = check_room(*internal_, internal_->free_bytes_min + batch.bytes()); !room) return room;
  }
  auto status = internal_->db->Write(write_options(durability), &batch.internal().changes);
  if (status.ok()) return {};
  if (status.IsIOError()) internal_->failures->note(status, true);
  return failure("writing to " + internal_->path, status);
}

Result<void> Database::flush() {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  std::vector<FamilyPointer> held;
  {
    ReaderLock lock(internal_->families_mutex);
    for (const auto& [name, family] : internal_->families) held.push_back(family);
  }
  for (const auto& family : held) handles.push_back(handle_of(*internal_, *family));
  auto status = internal_->db->Flush(rocksdb::FlushOptions(), handles);
  if (!status.ok()) return failure("flushing " + internal_->path, status);
  return {};
}

Result<void> Database::resume() {
  auto& failures = *internal_->failures;
  if (!failures.failed) return {};
  MutexLock lock(internal_->resume_mutex);
  if (!failures.failed) return {};
  if (auto resumable = check_resumable(*internal_); !resumable) return resumable;
  failures.failed = false;  // before the attempt, so that a failure beside it is not forgotten
  auto status = internal_->db->Resume();
  if (!status.ok()) {
    failures.failed = true;
    return stopped(*internal_, status.ToString());
  }
  failures.log_file_failed = false;
  return {};
}

// Without compactions a family's table files pile up, and are no reason to hold up writes then.
void Database::see_to_damage() const {
  for (const auto& [name, detail] : internal_->failures->take_damaged()) {
    auto damaged = family(name);
    if (damaged == nullptr) continue;  // dropped meanwhile
    internal_->db->SetOptions(handle_of(*internal_, *damaged), {{"disable_auto_compactions", "true"}})
        .PermitUncheckedError();  // what is compacted again is met again
    ++internal_->damaged_reads;
    if (internal_->on_damage) internal_->on_damage(name, "compacting family " + name + ": " + detail);
  }
}

Result<void> Database::takes_writes() const {
  see_to_damage();
  if (internal_->failures->failed) {
    if (auto resumable = check_resumable(*internal_); !resumable) return resumable;
  }
  if (internal_->free_bytes_min > 0) return check_room(*internal_, internal_->free_bytes_min);
  return {};
}

DatabaseMetrics Database::metrics() const {
  see_to_damage();
  auto& db = *internal_->db;
  ReaderLock lock(internal_->families_mutex);
  return {.wal_bytes = log_bytes(internal_->path),
          .memtable_bytes = sum_of(db, rocksdb::DB::Properties::kCurSizeAllMemTables),
          .sst_bytes = sum_of(db, rocksdb::DB::Properties::kTotalSstFilesSize),
          .background_errors = internal_->failures->count,
          .damaged_reads = internal_->damaged_reads,
          .families = internal_->families.size()};
}

}  // namespace tenantry::storage
