// Internal to storage: the file LOG in which RocksDB tells what it does.
//
// RocksDB's own writer of it keeps the rule of its data files, that nobody writes after a failure, and ends the process
// on an assertion at the second line that a full disk refuses. It is information for people: here a line that cannot
// be written is left out, and the next one is tried again. Any thread.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/io_status.h>

#include <memory>
#include <string>

namespace tenantry::storage {

rocksdb::IOStatus open_info_log(const std::string& path, std::shared_ptr<rocksdb::Logger>& log);

}  // namespace tenantry::storage
