// SortedRows: rows gathered in any order and visited in the order of their keys, for bulk loads.
//
// Of rows with equal keys one is visited, any of them. Rows are copied into blocks of 1 MiB, so that growing moves
// nothing; memory is that of the rows and 32 bytes for each. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "storage/bulk_load.hpp"

namespace tenantry::storage {

class SortedRows {
 public:
  void reserve(std::size_t rows) { rows_.reserve(rows); }
  void add(std::string_view key, std::string_view value);
  // Adds every row to the load, which must be empty.
  Result<void> load_into(BulkLoad& load);

 private:
  // The key's first sixteen bytes as numbers: most comparisons end there, without a look at the row.
  struct Row {
    std::uint64_t first;
    std::uint64_t second;
    const char* bytes;
    std::uint32_t key_bytes;
    std::uint32_t value_bytes;

    std::string_view key() const { return {bytes, key_bytes}; }
    std::string_view value() const { return {bytes + key_bytes, value_bytes}; }
  };
  static bool before(const Row& row, const Row& other);
  char* room_for(std::size_t bytes);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
  std::vector<Row> rows_;
};

}  // namespace tenantry::storage
