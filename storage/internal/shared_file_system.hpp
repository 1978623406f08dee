// Internal to storage: the file system that databases see. It forwards everything to the default one, except that
// - OPTIONS-* files are refused (NotSupported): RocksDB rewrites, re-parses and syncs them for all families, with the
//   write thread held, at each create and drop; databases open with fail_if_options_file_error = false;
// - directory handles are shared by name, where RocksDB would hold a descriptor for each family created at run time;
// - the LOG file is written by info_log.hpp, which outlives a full disk.
// Any thread may use it, as RocksDB requires.
#pragma once

#include <rocksdb/file_system.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace tenantry::storage {

class SharedFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit SharedFileSystem(const std::shared_ptr<rocksdb::FileSystem>& target);

  const char* Name() const override { return "TenantrySharedFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewLogger(const std::string& name, const rocksdb::IOOptions& options,
                              std::shared_ptr<rocksdb::Logger>* log, rocksdb::IODebugContext* debug) override;

 private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<rocksdb::FSDirectory>> directories_;
};

}  // namespace tenantry::storage
