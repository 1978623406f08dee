// SortedRows: rows gathered in any order and written in the order of their keys: a bulk load asks for that, and a
// batch is put into memory tables for much less, because each row is looked for near the one before.
//
// Of rows with equal keys a bulk load gets one, any of them, and a batch the one that was added last. Rows are copied
// into blocks of up to 1 MiB, so that growing moves nothing; memory is that of the rows and 40 bytes for each. One
// thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "storage/batch.hpp"
#include "storage/bulk_load.hpp"

namespace tenantry::storage {

class SortedRows {
 public:
  void reserve(std::size_t rows) { rows_.reserve(rows); }
  void add(std::string_view key, std::string_view value);
  // The key is to have no row. Not for bulk loads.
  void erase(std::string_view key);
  // Adds every row to the load, which must be empty.
  Result<void> load_into(BulkLoad& load);
  void put_into(Batch& batch, const Family& family);

 private:
  // The key's first 24 bytes as numbers: most comparisons end there, without a look at the row.
  struct Row {
    std::uint64_t first;
    std::uint64_t second;
    std::uint64_t third;
    const char* bytes;
    std::uint32_t key_bytes;
    std::uint32_t value_bytes;  // or `erased`

    std::string_view key() const { return {bytes, key_bytes}; }
    std::string_view value() const { return {bytes + key_bytes, value_bytes}; }
  };
  static constexpr std::uint32_t erased = 0xffffffff;

  void add_row(std::string_view key, std::string_view value, std::uint32_t value_bytes);
  static bool before(const Row& row, const Row& other);
  char* room_for(std::size_t bytes);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
  std::vector<Row> rows_;
};

}  // namespace tenantry::storage
