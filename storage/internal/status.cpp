#include "storage/internal/status.hpp"

namespace tenantry::storage {
namespace {

// RocksDB has no status of its own for a lock that is held: it is an I/O error whose text says so.
bool is_lock_held(const rocksdb::Status& status) {
  std::string text = status.ToString();
  return text.find("lock hold by current process") != std::string::npos ||
         text.find("While lock file") != std::string::npos;
}

StorageError::Kind kind_of(const rocksdb::Status& status) {
  if (status.IsNoSpace()) return StorageError::Kind::no_space;
  if (is_damage(status)) return StorageError::Kind::corrupt;
  if (status.IsIOError()) return is_lock_held(status) ? StorageError::Kind::locked : StorageError::Kind::io;
  if (status.IsInvalidArgument() || status.IsNotFound() || status.IsNotSupported() || status.IsColumnFamilyDropped()) {
    return StorageError::Kind::invalid;
  }
  return StorageError::Kind::io;
}

}  // namespace

bool is_damage(const rocksdb::Status& status) {
  return status.IsCorruption() || status.IsPathNotFound();
}

std::unexpected<StorageError> failure(std::string_view doing, const rocksdb::Status& status) {
  return std::unexpected(StorageError{kind_of(status), std::string{doing} + ": " + status.ToString()});
}

}  // namespace tenantry::storage
