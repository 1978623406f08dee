// Internal to storage: the open database behind Database, shared with the handles of its families and snapshots so
// that none of them can outlive the files it needs. Member order is destruction order reversed: the listener outlives
// the database that calls it.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/listener.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "domain/kernel/thread_safety.hpp"
#include "storage/database.hpp"
#include "storage/internal/shared_file_system.hpp"
#include "storage/internal/status.hpp"
#include "storage/internal/wal_continuity.hpp"

namespace tenantry::storage {

// Learns from RocksDB what may be stopping writes. RocksDB's own recovery is declined: it polls every five seconds,
// wants a whole write buffer's room whatever is in memory, and meanwhile answers Resume() with Busy. Database::write()
// resumes instead, as soon as it can (Database::resume() says when that is).
//
// A compaction that meets damage stops nothing: what it read stays as it is, and only its family is concerned. RocksDB
// would stop all writes of the database, and tries the same compaction again each second; so Database tells who
// listens, and has that family compacted no more (Database::see_to_damage()). It does so on threads of its callers,
// since RocksDB's own may not wait for a write.
class FailureListener : public rocksdb::EventListener {
 public:
  const char* Name() const override { return "TenantryFailureListener"; }
  void OnCompactionCompleted(rocksdb::DB*, const rocksdb::CompactionJobInfo& job) override {
    if (!is_damage(job.status)) return;
    MutexLock lock(damaged_mutex_);
    damaged_.emplace(job.cf_name, job.status.ToString());
    has_damage_ = true;
  }
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* status) override {
    ++count;
    if (reason == rocksdb::BackgroundErrorReason::kCompaction && is_damage(*status)) {
      *status = rocksdb::Status::OK();
      return;
    }
    note(*status, reason == rocksdb::BackgroundErrorReason::kWriteCallback);
  }
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status, bool* auto_recovery) override {
    *auto_recovery = false;
  }

  void note(const rocksdb::Status& status, bool in_write_ahead_log) {
    if (!status.IsNoSpace()) beyond_mending = true;
    if (in_write_ahead_log) log_file_failed = true;
    failed = true;
  }

  // The families in which compactions met damage since the last call, and what was met.
  std::map<std::string, std::string> take_damaged() {
    if (!has_damage_) return {};
    MutexLock lock(damaged_mutex_);
    has_damage_ = false;
    return std::exchange(damaged_, {});
  }

  std::atomic<std::uint64_t> count = 0;
  std::atomic<bool> failed = false;
  std::atomic<bool> log_file_failed = false;
  std::atomic<bool> beyond_mending = false;  // the device failed: what it kept is unknown until the database reopens

 private:
  std::atomic<bool> has_damage_ = false;
  Mutex damaged_mutex_;
  std::map<std::string, std::string> damaged_ TENANTRY_GUARDED_BY(damaged_mutex_);
};

struct Database::Internal {
  std::string path;
  std::uint64_t free_bytes_min = 0;
  rocksdb::ColumnFamilyOptions new_family_options;
  std::shared_ptr<FailureListener> failures = std::make_shared<FailureListener>();
  Mutex resume_mutex;
  std::shared_ptr<SharedFileSystem::Watched> watched;  // null if read-only
  WalContinuity wal_continuity;
  std::unique_ptr<rocksdb::DB> db;

  mutable std::atomic<std::uint64_t> damaged_reads = 0;
  Database::DamageListener on_damage;

  mutable SharedMutex families_mutex;
  std::map<std::string, FamilyPointer, std::less<>> families TENANTRY_GUARDED_BY(families_mutex);
};

class FamilyHandle : public Family {
 public:
  FamilyHandle(std::shared_ptr<Database::Internal> database, rocksdb::ColumnFamilyHandle* handle)
      : database_(std::move(database)), handle_(handle), name_(handle->GetName()) {}
  ~FamilyHandle() override;

  const std::string& name() const override { return name_; }
  rocksdb::ColumnFamilyHandle* get() const { return handle_; }
  const Database::Internal* database() const { return database_.get(); }

 private:
  std::shared_ptr<Database::Internal> database_;
  rocksdb::ColumnFamilyHandle* handle_;
  std::string name_;
};

class SnapshotHandle : public Snapshot {
 public:
  explicit SnapshotHandle(std::shared_ptr<Database::Internal> database)
      : database_(std::move(database)), snapshot_(database_->db->GetSnapshot()) {}
  ~SnapshotHandle() override { database_->db->ReleaseSnapshot(snapshot_); }

  const rocksdb::Snapshot* get() const { return snapshot_; }

 private:
  std::shared_ptr<Database::Internal> database_;
  const rocksdb::Snapshot* snapshot_;
};

struct Batch::Internal {
  rocksdb::WriteBatch changes;
  const Database::Internal* database = nullptr;  // that of its families; null while it is empty
};

// The handle of a family of this database; another database's is a programming error (std::logic_error).
rocksdb::ColumnFamilyHandle* handle_of(const Database::Internal& database, const Family& family);
rocksdb::ReadOptions read_options(const SnapshotPointer& snapshot);

inline rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
inline std::string_view view(const rocksdb::Slice& bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace tenantry::storage
