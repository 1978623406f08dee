// Internal to storage: ends the replay of a write-ahead log where writes are missing from its middle.
//
// RocksDB numbers the changes of a database one after the other and notes the first number in each write (source:
// db/write_batch.cc of version 7.8: 8 bytes little-endian at the start of a write), but replays a log in which numbers
// are missing: a block of zeros at a write's beginning reads as unused space. This filter calls the first write that
// does not go on where the one before it ended a corrupted one, so that PointInTime recovery takes the part before it,
// or refuses if table files hold more. Only for databases whose table files are all made by flushes, or that were
// flushed since. One opening of one database; belongs to that database.
#pragma once

#include <rocksdb/wal_filter.h>
#include <rocksdb/write_batch.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>

namespace tenantry::storage {

class WalContinuity : public rocksdb::WalFilter {
 public:
  const char* Name() const override { return "TenantryWalContinuity"; }
  WalProcessingOption LogRecordFound(unsigned long long, const std::string&, const rocksdb::WriteBatch& batch,
                                     rocksdb::WriteBatch*, bool*) override {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t first = 0;
    std::memcpy(&first, batch.Data().data(), sizeof first);
    if (next_ && first != *next_) return WalProcessingOption::kCorruptedRecord;
    next_ = first + batch.Count();
    return WalProcessingOption::kContinueProcessing;
  }

 private:
  std::optional<std::uint64_t> next_;
};

}  // namespace tenantry::storage
