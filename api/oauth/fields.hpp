// Fields of what is given away and taken back, one after another, for the sources of this folder: ids of 16 bytes,
// numbers big-endian, texts with their length (2 bytes, big-endian) before them. A text that is longer throws
// std::length_error. FieldReader answers zeros and empty texts once something was cut short; is_whole() says whether
// everything was there and nothing after it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"

namespace tenantry::api::oauth {

class FieldWriter {
 public:
  FieldWriter& id(const Uuid& value);
  FieldWriter& number(std::uint64_t value, int byte_count);
  FieldWriter& text(std::string_view value);
  // Without its length.
  FieldWriter& bytes(std::string_view value);

  const std::string& written() const { return out_; }

 private:
  std::string out_;
};

class FieldReader {
 public:
  explicit FieldReader(std::string_view from) : rest_(from) {}

  Uuid id();
  std::uint64_t number(int byte_count);
  std::string text();
  std::string bytes(std::size_t count);
  bool is_whole() const { return !cut_short_ && rest_.empty(); }

 private:
  std::string_view take(std::size_t count);

  std::string_view rest_;
  bool cut_short_ = false;
};

}  // namespace tenantry::api::oauth
