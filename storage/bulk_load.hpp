// BulkLoad: many sorted rows into one family at once, past the write-ahead log and memory, for rebuilds.
//
// Rows come with strictly increasing keys (`invalid` otherwise) and appear together when finish() returns, overriding
// rows of the same keys; a load that is destroyed unfinished leaves nothing. They are durable from then on. One thread
// at a time for a load; several loads may run at once. Disk use while loading: the rows, compressed, under
// <database>/bulk-load, from where they are moved, not copied.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "storage/database.hpp"

namespace tenantry::storage {

class BulkLoad {
 public:
  // The database outlives the load.
  BulkLoad(Database& database, FamilyPointer family);
  ~BulkLoad();
  BulkLoad(BulkLoad&&) noexcept;

  Result<void> add(std::string_view key, std::string_view value);
  Result<void> finish();

 private:
  struct Internal;
  std::unique_ptr<Internal> internal_;
};

}  // namespace tenantry::storage
