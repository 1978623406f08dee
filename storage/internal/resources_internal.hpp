// Internal to storage: the RocksDB objects behind Resources, and the options of databases and families made from them.
// Members outlive every database; all are safe to share between threads. Each option that differs from RocksDB's
// default says why in the source.
#pragma once

#include <rocksdb/options.h>

#include <memory>

#include "storage/database.hpp"
#include "storage/internal/shared_file_system.hpp"
#include "storage/resources.hpp"

namespace rocksdb {
class Cache;
class Env;
class RateLimiter;
class TableFactory;
class WriteBufferManager;
}  // namespace rocksdb

namespace tenantry::storage {

struct Resources::Internal {
  std::shared_ptr<SharedFileSystem> file_system;
  std::unique_ptr<rocksdb::Env> env;  // over the file system
  std::shared_ptr<rocksdb::Cache> block_cache;
  std::shared_ptr<rocksdb::TableFactory> table_factory;
  std::shared_ptr<rocksdb::WriteBufferManager> write_buffers;
  std::shared_ptr<rocksdb::RateLimiter> rate_limiter;
  int open_files_max_per_database = 0;
};

rocksdb::DBOptions database_options(const Resources::Internal& resources, const DatabaseOptions& options);
rocksdb::ColumnFamilyOptions family_options(const Resources::Internal& resources, Purpose purpose);

}  // namespace tenantry::storage
