// Resources: what all databases of a process share, so that thousands of column families stay within one budget:
// one block cache, one table factory, one write-buffer manager, one rate limiter, and one environment.
//
// Make one per process and let it outlive every Database opened with it. Any thread may use it.
// The environment differs from the default in two ways that make families cheap: it refuses to write OPTIONS-* files
// (they are rewritten for all families, with writes stalled, at every create or drop; the options come from this
// code, never from such a file), and families share one descriptor of their folder.
#pragma once

#include <cstddef>
#include <memory>

namespace tenantry::storage {

struct ResourcesOptions {
  std::size_t block_cache_bytes = 256u << 20;
  // A backstop against memory growth; the limit on the write-ahead log is what normally triggers flushes.
  std::size_t write_buffer_bytes = 512u << 20;
  // Table files held open by all databases together; 0 takes half of the process's descriptor limit.
  std::size_t open_files_max = 0;
  // Among how many databases open_files_max is divided.
  std::size_t databases_max = 8;
  // Limit on flushes and compactions together; 0 for none.
  std::size_t background_bytes_per_second = 0;
};

class Resources {
 public:
  explicit Resources(const ResourcesOptions& options = {});
  ~Resources();
  Resources(const Resources&) = delete;
  Resources& operator=(const Resources&) = delete;

  struct Internal;  // storage/internal/resources_internal.hpp
  Internal& internal() const { return *internal_; }

 private:
  std::unique_ptr<Internal> internal_;
};

// Raises the process's soft limit on descriptors to its hard limit and returns the limit in force. For main(), before
// Resources is made.
std::size_t raise_descriptor_limit();

}  // namespace tenantry::storage
