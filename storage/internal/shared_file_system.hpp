// Internal to storage: the file system that databases see. It forwards everything to the default one, except that
// - OPTIONS-* files are refused (NotSupported): RocksDB rewrites, re-parses and syncs them for all families, with the
//   write thread held, at each create and drop; databases open with fail_if_options_file_error = false;
// - directory handles are shared by name, where RocksDB would hold a descriptor for each family created at run time;
// - a folder that is watched is held against its manifest of write-ahead log files (wal_manifest.hpp) as soon as its
//   lock is taken, which fails if one is lost; then the making and deleting of such files is noted there;
// - the LOG file is written by info_log.hpp, which outlives a full disk.
// Any thread may use it, as RocksDB requires.
#pragma once

#include <rocksdb/file_system.h>

#include <map>
#include <memory>
#include <string>

#include "domain/kernel/thread_safety.hpp"
#include "storage/internal/wal_manifest.hpp"

namespace tenantry::storage {

class SharedFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit SharedFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target);

  // What a database holds while it is open, so that its folder's manifest is kept.
  struct Watched {
    std::string folder;
    WalManifest::Absence absence;
    std::unique_ptr<WalManifest> manifest{};  // from when the folder's lock is held
  };
  std::shared_ptr<Watched> watch(const std::string& folder, WalManifest::Absence absence);

  const char* Name() const override { return "TenantrySharedFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus LockFile(const std::string& name, const rocksdb::IOOptions& options, rocksdb::FileLock** lock,
                             rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewLogger(const std::string& name, const rocksdb::IOOptions& options,
                              std::shared_ptr<rocksdb::Logger>* log, rocksdb::IODebugContext* debug) override;

 private:
  std::shared_ptr<Watched> watched_folder_of(const std::string& file);
  // Notes a write-ahead log file of a watched folder in its manifest; does nothing for any other file.
  rocksdb::IOStatus note(const std::string& file, Result<void> (WalManifest::*what)(std::uint64_t));

  Mutex mutex_;
  std::map<std::string, std::weak_ptr<Watched>> watched_ TENANTRY_GUARDED_BY(mutex_);  // by folder
  std::map<std::string, std::weak_ptr<rocksdb::FSDirectory>> directories_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::storage
