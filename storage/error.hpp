// StorageError: why a storage call failed, as a value, and Result<T>, what such calls return.
#pragma once

#include <expected>
#include <string>

namespace tenantry::storage {

struct StorageError {
  enum class Kind {
    io,        // the device or file system failed; a write that ends so may or may not be found after a crash
    no_space,  // no room; as with io, a write that ends so may or may not be found after a crash
    stopped,   // writes are refused for lack of room or after a failure; this one touched nothing
    corrupt,   // stored bytes are damaged or missing
    locked,    // another process, or another handle of this one, holds the folder
    invalid    // the caller asked for what cannot be (unknown family, unsorted rows, a missing folder)
  };
  Kind kind;
  std::string detail;
};

template <class T>
using Result = std::expected<T, StorageError>;

}  // namespace tenantry::storage
