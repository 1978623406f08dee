// Database: one RocksDB database, with its column families, reads, atomic writes, scans and snapshots.
//
// One process opens a folder at a time (StorageError::locked otherwise). All members may be called from any thread.
// Family and Snapshot handles keep the files open until they are released, also after the Database is gone; release
// them first, or the folder cannot be opened again. Keys are ordered by their bytes.
// Recovery after a crash depends on the purpose: `state` takes the longest undamaged prefix of its write-ahead log (it
// can be replayed from the log of events); `log` tolerates a torn last write and refuses anything else as `corrupt`.
// Either refuses as `corrupt` a folder in which a write-ahead log file is missing or shorter than it was, but for the
// end of the last one. Writes are `stopped` while the disk has too little room, and after a failure. When the failure
// was lack of space, each write tries to go on, and does when there is room again. After any other failure of the
// device, writes stay stopped until the database is opened again: only recovery can tell what the device kept. Reads go
// on. Damage in a family's table files stops nobody's writes, whether a read or a compaction meets it; from then on
// that family is not compacted, until it is dropped or the database opened again. Tenants' families are erased by
// drop_family(), never by range deletes: importing a family that holds one aborts RocksDB 7.8.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/batch.hpp"
#include "storage/error.hpp"

namespace tenantry::storage {

class Resources;

// A column family of an open database. Dropped families stay readable through handles that are still held, and free
// their files when the last one goes.
class Family {
 public:
  virtual ~Family() = default;
  virtual const std::string& name() const = 0;
};
using FamilyPointer = std::shared_ptr<const Family>;

// The state of the whole database at one moment. Holding one keeps overwritten values on disk: keep it short.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
};
using SnapshotPointer = std::shared_ptr<const Snapshot>;

enum class Durability {
  synced,   // survives loss of power once write() returns
  buffered  // survives the end of the process, not loss of power
};

enum class Purpose { state, log };

struct DatabaseOptions {
  Purpose purpose = Purpose::state;
  bool create_if_missing = false;
  // Opens without the lock and without changing a byte; writes are `invalid`.
  bool read_only = false;
  // Takes the longest undamaged prefix of a damaged write-ahead log whatever the purpose; read_only must be set.
  bool salvage = false;
  // Free space below which writes are refused as `stopped` before they touch anything, so that the disk is not filled
  // to where a write fails half-way; 0 leaves refusing to the device.
  std::uint64_t free_bytes_min = 16u << 20;
};

// The rows with from <= key < until; an empty `until` means no end.
struct KeyRange {
  std::string from;
  std::string until;
};
// All keys that begin with the prefix.
KeyRange prefix_range(std::string_view prefix);

struct ScanOptions {
  bool reverse = false;  // from the end of the range to its start
  std::size_t readahead_bytes = 0;
  bool fill_cache = true;
  SnapshotPointer snapshot = nullptr;
};

// Called for each row; returns false to stop. The bytes live until it returns.
using RowVisitor = std::function<bool(std::string_view key, std::string_view value)>;

struct DatabaseMetrics {
  std::uint64_t wal_bytes;
  std::uint64_t memtable_bytes;
  std::uint64_t sst_bytes;
  std::uint64_t background_errors;
  std::uint64_t damaged_reads;  // that failed because stored bytes are damaged; a family's compactions count as one
  std::uint64_t families;
};

class Database {
 public:
  static Result<std::unique_ptr<Database>> open(const std::string& path, Resources& resources,
                                                const DatabaseOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& path() const;

  // The family of that name, or null.
  FamilyPointer family(std::string_view name) const;
  FamilyPointer default_family() const;
  std::vector<std::string> family_names() const;
  // The families of these names, in order; those that are missing are created. In bulk much cheaper than one by one.
  Result<std::vector<FamilyPointer>> create_families(const std::vector<std::string>& names);
  // Dropping a family that is not there is no error.
  Result<void> drop_family(std::string_view name);

  Result<std::optional<std::string>> get(const Family& family, std::string_view key,
                                         const SnapshotPointer& snapshot = nullptr) const;
  // One answer for each key, in order.
  Result<std::vector<std::optional<std::string>>> multi_get(const Family& family, const std::vector<std::string>& keys,
                                                            const SnapshotPointer& snapshot = nullptr) const;
  Result<void> scan(const Family& family, const KeyRange& range, const RowVisitor& visit,
                    const ScanOptions& options = {}) const;
  // The largest key of the family.
  Result<std::optional<std::string>> last_key(const Family& family) const;
  // The largest key of the family that table files hold; what is beyond it was found in the write-ahead log.
  std::optional<std::string> last_flushed_key(const Family& family) const;
  SnapshotPointer snapshot() const;

  // Told of each read that fails because stored bytes of a family are damaged, on the thread that reads; of what a
  // compaction met, once, on the thread of the next write or of the next question about the database. Set it before
  // others use the database.
  using DamageListener = std::function<void(const std::string& family, const std::string& detail)>;
  void on_damage(DamageListener listener);

  Result<void> write(const Batch& batch, Durability durability);
  // Moves what is in memory to table files, for all families.
  Result<void> flush();
  // Returns when no file of the folder holds what was erased or overwritten in this range of the family before the
  // call: neither table files nor write-ahead log files, those that are about to be deleted included. Costs a flush of
  // all families and a rewrite of the table files that meet the range. `stopped` while a snapshot is held, or a scan
  // goes on for too long, which keeps old rows readable; then, and after any other failure, it may be called again.
  Result<void> purge(const Family& family, const KeyRange& range);
  // Ends a stop of writes after a lack of space, if there is room again. write() does so itself.
  Result<void> resume();

  // Whether a write would be taken now, as far as can be told without one; if not, `stopped` with the reason. A stop
  // that the next write would end is none.
  Result<void> takes_writes() const;

  DatabaseMetrics metrics() const;

  struct Internal;  // storage/internal/database_internal.hpp
  const std::shared_ptr<Internal>& shared_internal() const { return internal_; }

 private:
  explicit Database(std::shared_ptr<Internal> internal);
  void see_to_damage() const;

  std::shared_ptr<Internal> internal_;
};

}  // namespace tenantry::storage
