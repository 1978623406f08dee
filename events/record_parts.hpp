// The parts that records and notes of the log are made of (grammar: record.hpp), written and taken one by one.
//
//   part    = length byte*
//   length  = unsigned LEB128, least significant group first, in the fewest bytes, at most 2^32 - 1
//
// The writers throw std::invalid_argument for a part that is too long. PartReader takes parts from the front; after the
// first failure every take fails, and the failure is kept. Whatever the writers cannot have written is a failure: so
// equal parts have equal bytes. Its views live as long as the bytes. Plain functions and values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"
#include "events/decode_error.hpp"

namespace tenantry::events {

void append_absent_part(std::string& out);
void append_text_part(std::string& out, std::string_view text);
void append_number_part(std::string& out, std::uint64_t value);           // 8 bytes, big-endian
void append_optional_number_part(std::string& out, std::uint64_t value);  // 0 is absence

class PartReader {
 public:
  explicit PartReader(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }
  std::optional<DecodeError>& failure() { return failure_; }

  void fail(std::string_view name, std::string_view detail) {
    if (!failure_) failure_ = DecodeError{std::string{name}, std::string{detail}};
  }
  std::string_view text(std::string_view name);
  std::string_view required_text(std::string_view name);
  Uuid uuid(std::string_view name);
  std::uint64_t number(std::string_view name);
  std::uint64_t optional_number(std::string_view name);

 private:
  std::optional<std::size_t> length();

  std::string_view rest_;
  std::optional<DecodeError> failure_;
};

}  // namespace tenantry::events
