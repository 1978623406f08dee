// Internal to storage: what a RocksDB status means as a StorageError. Pure function.
#pragma once

#include <rocksdb/status.h>

#include <string_view>

#include "storage/error.hpp"

namespace tenantry::storage {

// That stored bytes are not what was stored, or gone.
bool is_damage(const rocksdb::Status& status);

// `doing` begins the detail, as in "opening /data/state/events-0".
std::unexpected<StorageError> failure(std::string_view doing, const rocksdb::Status& status);

}  // namespace tenantry::storage
