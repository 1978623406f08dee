// Batch: changes to any families of one database that Database::write() makes durable together or not at all.
//
// A plain value for one thread at a time; may be moved, and used again after clear(). Later changes to a key override
// earlier ones. Families must belong to the database that the batch is written to.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace tenantry::storage {

class Family;

class Batch {
 public:
  Batch();
  ~Batch();
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;

  void put(const Family& family, std::string_view key, std::string_view value);
  void erase(const Family& family, std::string_view key);
  void clear();

  // Number of changes, and the bytes they take in the write-ahead log.
  std::size_t count() const;
  std::size_t bytes() const;

  struct Internal;  // storage/internal/database_internal.hpp
  Internal& internal() const { return *internal_; }

 private:
  std::unique_ptr<Internal> internal_;
};

}  // namespace tenantry::storage
