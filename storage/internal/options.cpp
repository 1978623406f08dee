// The options of databases and families: those of a state database for thousands of small families, those of a log for
// few large ones that are only appended to.
#include <rocksdb/rate_limiter.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include "storage/internal/resources_internal.hpp"

namespace tenantry::storage {
namespace {

constexpr std::uint64_t state_wal_bytes_max = 128u << 20;
constexpr std::uint64_t log_wal_bytes_max = 32u << 20;  // what each start reads again, to inspect it and to open it

constexpr std::size_t hint_prefix_bytes = 2;

rocksdb::WALRecoveryMode recovery_mode(const DatabaseOptions& options) {
  if (options.purpose == Purpose::state || options.salvage) return rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  // PointInTime would open with OK and half of the answered appends gone when bytes flip in the middle of the file.
  return rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
}

void keep_info_log_small(rocksdb::DBOptions& database) {
  database.info_log_level = rocksdb::WARN_LEVEL;
  database.max_log_file_size = 4u << 20;
  database.keep_log_file_num = 2;
  database.stats_dump_period_sec = 0;
  database.stats_persist_period_sec = 0;
}

}  // namespace

rocksdb::DBOptions database_options(const Resources::Internal& resources, const DatabaseOptions& options) {
  rocksdb::DBOptions database;
  database.env = resources.env.get();
  database.write_buffer_manager = resources.write_buffers;
  database.rate_limiter = resources.rate_limiter;
  database.max_open_files = resources.open_files_max_per_database;
  database.create_if_missing = options.create_if_missing;
  database.fail_if_options_file_error = false;  // the environment refuses OPTIONS files
  database.wal_recovery_mode = recovery_mode(options);
  // The flush trigger: it switches all memtables at once, so that few log files stay alive.
  database.max_total_wal_size = options.purpose == Purpose::state ? state_wal_bytes_max : log_wal_bytes_max;
  database.avoid_flush_during_recovery = true;  // a thousand touched families recover in a third of the time
  database.max_file_opening_threads = 1;        // the default spawns threads for each family
  database.max_background_jobs = 2;
  database.allow_concurrent_memtable_write = false;  // each database has one writer, who inserts faster with hints
  database.max_bgerror_resume_count = 0;             // Database resumes by itself (FailureListener)
  database.bytes_per_sync = 1u << 20;
  // A write-ahead log file is synced before the next one is begun (wal_manifest.hpp): little must be left to write
  // then.
  database.wal_bytes_per_sync = 1u << 20;
  // Preallocating takes 18 to 70 MB for each write-ahead log file, which a small disk then lacks for what is written.
  database.allow_fallocate = false;
  keep_info_log_small(database);
  return database;
}

rocksdb::ColumnFamilyOptions family_options(const Resources::Internal& resources, Purpose purpose) {
  rocksdb::ColumnFamilyOptions family;
  family.table_factory = resources.table_factory;
  family.compression = rocksdb::kLZ4Compression;
  family.num_levels = 4;
  // Rows of one kind come in nearly growing order (ids and positions do): an insertion starts where the last one ended.
  family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewCappedPrefixTransform(hint_prefix_bytes));
  if (purpose == Purpose::state) {
    family.write_buffer_size = 16u << 20;
    family.arena_block_size = 8u << 10;  // the default charges 1 MB of the write-buffer budget to each touched family
  } else {
    family.write_buffer_size = 64u << 20;
    family.max_write_buffer_number = 3;
  }
  return family;
}

}  // namespace tenantry::storage
