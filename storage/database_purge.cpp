// Database::purge: erased rows are gone from the files too.
//
// RocksDB keeps an erased value in three places: the write-ahead log files written before the erasure, until every
// family that has rows in them is flushed; table files, until a compaction meets value and erasure; and files that
// nothing needs any more, until they are deleted by whichever thread comes to it, which may be after flush and
// compaction have returned. So after both the folder itself is looked at.
#include <rocksdb/metadata.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/table_properties.h>
#include <rocksdb/transaction_log.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <thread>

#include "storage/database.hpp"
#include "storage/internal/database_internal.hpp"
#include "storage/internal/status.hpp"
#include "storage/internal/wal_manifest.hpp"

namespace tenantry::storage {
namespace {

// Deletions by other threads take moments; a scan that somebody holds may take longer.
constexpr auto deletion_wait_max = std::chrono::seconds(30);
constexpr auto deletion_wait_step = std::chrono::milliseconds(2);

std::vector<std::string> files_of(const std::string& folder, std::string_view extension) {
  std::vector<std::string> paths;
  std::error_code error;  // a file may go while the folder is listed
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
    if (file->path().extension() == extension) paths.push_back(file->path());
  }
  return paths;
}

std::set<std::uint64_t> wal_numbers(const std::string& folder) {
  std::set<std::uint64_t> numbers;
  for (const auto& path : files_of(folder, ".log")) {
    if (auto number = wal_number(path)) numbers.insert(*number);
  }
  return numbers;
}

Result<std::uint64_t> current_wal(rocksdb::DB& db, const std::string& path) {
  std::unique_ptr<rocksdb::LogFile> file;
  auto status = db.GetCurrentWalFile(&file);
  if (!status.ok()) return failure("the write-ahead log of " + path, status);
  return file->LogNumber();
}

// Of the files that were there before a flush. The one being written stays if the flush had no use for another: then
// it holds no row that was in memory before.
bool is_any_left(const std::set<std::uint64_t>& before, std::uint64_t current, const std::string& folder) {
  for (std::uint64_t number : wal_numbers(folder)) {
    if (number != current && before.contains(number)) return true;
  }
  return false;
}

// Files of this family that nothing needs any more, or that a scan still holds. One that is not whole is being written,
// from rows of after the erasure.
bool is_any_left_over(const Database::Internal& database, const std::string& family) {
  auto there = files_of(database.path, ".sst");
  std::vector<rocksdb::LiveFileMetaData> live;
  database.db->GetLiveFilesMetaData(&live);
  std::set<std::string> needed;
  for (const auto& file : live) needed.insert(database.path + file.name);
  for (const auto& path : there) {
    if (needed.contains(path)) continue;
    rocksdb::SstFileReader reader{rocksdb::Options(database.db->GetDBOptions(), database.new_family_options)};
    if (reader.Open(path).ok() && reader.GetTableProperties()->column_family_name == family) return true;
  }
  return false;
}

// Deletes what nothing needs, on this thread.
Result<void> delete_unneeded(rocksdb::DB& db, const std::string& path) {
  auto status = db.DisableFileDeletions();
  if (status.ok()) status = db.EnableFileDeletions(/*force=*/false);
  if (!status.ok()) return failure("deleting files of " + path, status);
  return {};
}

Result<void> compact(const Database::Internal& database, const Family& family, const KeyRange& range) {
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  rocksdb::Slice from = slice(range.from);
  rocksdb::Slice until = slice(range.until);
  auto status =
      database.db->CompactRange(options, handle_of(database, family), &from, range.until.empty() ? nullptr : &until);
  if (!status.ok()) return failure("rewriting family " + family.name() + " of " + database.path, status);
  return {};
}

std::unexpected<StorageError> held(const Database::Internal& database, const std::string& by) {
  return std::unexpected(
      StorageError{StorageError::Kind::stopped, "erased rows of " + database.path + " are still held by " + by});
}

Result<bool> is_gone(Database::Internal& database, const Family& family, const std::set<std::uint64_t>& before) {
  if (auto deleted = delete_unneeded(*database.db, database.path); !deleted) return std::unexpected(deleted.error());
  auto current = current_wal(*database.db, database.path);
  if (!current) return std::unexpected(current.error());
  return !is_any_left(before, *current, database.path) && !is_any_left_over(database, family.name());
}

}  // namespace

Result<void> Database::purge(const Family& family, const KeyRange& range) {
  std::uint64_t snapshots = 0;
  internal_->db->GetIntProperty(rocksdb::DB::Properties::kNumSnapshots, &snapshots);
  if (snapshots > 0) return held(*internal_, "a snapshot");
  auto before = wal_numbers(internal_->path);
  if (auto flushed = flush(); !flushed) return flushed;
  if (auto compacted = compact(*internal_, family, range); !compacted) return compacted;
  auto deadline = std::chrono::steady_clock::now() + deletion_wait_max;
  while (true) {
    auto gone = is_gone(*internal_, family, before);
    if (!gone) return std::unexpected(gone.error());
    if (*gone) return {};
    if (std::chrono::steady_clock::now() > deadline) return held(*internal_, "files that somebody reads");
    std::this_thread::sleep_for(deletion_wait_step);
    // A family that was written to while others were flushed can still need an older write-ahead log file.
    if (auto flushed = flush(); !flushed) return flushed;
  }
}

}  // namespace tenantry::storage
