#include "storage/resources.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/rate_limiter.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>
#include <sys/resource.h>

#include <algorithm>

#include "storage/internal/resources_internal.hpp"
#include "storage/internal/shared_file_system.hpp"

namespace tenantry::storage {
namespace {

std::size_t descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  return std::min<std::size_t>(limit.rlim_cur, 1u << 20);  // the limit may be infinite
}

std::shared_ptr<rocksdb::TableFactory> make_table_factory(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;  // thousands of small files: their indexes must fall under the budget
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  return std::shared_ptr<rocksdb::TableFactory>(rocksdb::NewBlockBasedTableFactory(table));
}

}  // namespace

Resources::Resources(const ResourcesOptions& options) : internal_(std::make_unique<Internal>()) {
  constexpr int shard_bits_by_size = -1;
  internal_->file_system = std::make_shared<SharedFileSystem>(rocksdb::FileSystem::Default());
  internal_->env = rocksdb::NewCompositeEnv(internal_->file_system);
  internal_->block_cache = rocksdb::NewLRUCache(options.block_cache_bytes, shard_bits_by_size);
  internal_->table_factory = make_table_factory(internal_->block_cache);
  internal_->write_buffers = std::make_shared<rocksdb::WriteBufferManager>(options.write_buffer_bytes);
  if (options.background_bytes_per_second > 0) {
    internal_->rate_limiter.reset(
        rocksdb::NewGenericRateLimiter(static_cast<std::int64_t>(options.background_bytes_per_second)));
  }
  std::size_t open_files = options.open_files_max > 0 ? options.open_files_max : descriptor_limit() / 2;
  std::size_t share = open_files / std::max<std::size_t>(options.databases_max, 1);
  internal_->open_files_max_per_database = static_cast<int>(std::max<std::size_t>(share, 64));
}

Resources::~Resources() = default;

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
  return descriptor_limit();
}

}  // namespace tenantry::storage
