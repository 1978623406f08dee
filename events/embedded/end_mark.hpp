// The end mark: a second, independent witness of how far each partition of a log reaches, because a write-ahead log
// that lost its tail looks like one that never had it.
//
// File of 64-byte slots, numbers big-endian, made whole and synced with the log, whose number of partitions is recorded
// here:
//   slot 0       "TENANTRY END MARK" and zeros to 24 | version 1, 4 bytes | partitions, 4 bytes |
//                the log's identity, 16 bytes, which its database holds too | zeros | CRC-32C of the slot's first 60
//                bytes, 4 bytes
//   slot 1 + p   partition p's last append: first position, 8 bytes | position after it, 8 bytes | zeros |
//                (both the end, when the log was opened: all before it is durable then)
//                CRC-32C of the slot number (4 bytes) and the slot's first 60 bytes, 4 bytes
// A slot is overwritten in place with one pwrite after its append was durable and before it is answered, without a
// sync: the mark survives the end of the process exactly, and after loss of power it may lag but never leads. A slot
// lies within one sector, so that it is old or new.
// Different slots may be written concurrently. Errors name the file.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "events/log.hpp"

namespace tenantry::events::embedded {

class EndMark {
 public:
  // Makes and syncs the file, for a log without records.
  static std::expected<void, std::string> create(const std::string& path, const std::string& identity_hex,
                                                 std::size_t partitions);
  // Fails if the file is missing or damaged.
  static std::expected<EndMark, std::string> open(const std::string& path);
  ~EndMark();
  EndMark(EndMark&& other) noexcept;
  EndMark& operator=(EndMark&& other) noexcept;

  const std::string& identity_hex() const { return identity_hex_; }
  // The last append of each partition, as found when the file was opened.
  const std::vector<Appended>& found() const { return found_; }
  // False if the slot could not be written; it then lags.
  bool write(std::size_t partition, Appended last) const;

 private:
  explicit EndMark(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
  std::string identity_hex_;
  std::vector<Appended> found_;
};

}  // namespace tenantry::events::embedded
