#include "api/oauth/fields.hpp"

#include <cstring>
#include <stdexcept>

namespace tenantry::api::oauth {
namespace {

constexpr int length_bytes = 2;
constexpr std::size_t text_bytes_max = 0xFFFF;

}  // namespace

FieldWriter& FieldWriter::id(const Uuid& value) {
  return bytes(value.view());
}

FieldWriter& FieldWriter::number(std::uint64_t value, int byte_count) {
  for (int place = byte_count - 1; place >= 0; --place) out_ += static_cast<char>(value >> (8 * place) & 0xFF);
  return *this;
}

FieldWriter& FieldWriter::text(std::string_view value) {
  if (value.size() > text_bytes_max) throw std::length_error("a text is too long to be sealed");
  return number(value.size(), length_bytes).bytes(value);
}

FieldWriter& FieldWriter::bytes(std::string_view value) {
  out_ += value;
  return *this;
}

Uuid FieldReader::id() {
  Uuid value;
  std::string_view taken = take(value.bytes.size());
  if (!taken.empty()) std::memcpy(value.bytes.data(), taken.data(), taken.size());
  return value;
}

std::uint64_t FieldReader::number(int byte_count) {
  std::uint64_t value = 0;
  for (unsigned char each : take(static_cast<std::size_t>(byte_count))) value = value << 8 | each;
  return value;
}

std::string FieldReader::text() {
  return bytes(number(length_bytes));
}

std::string FieldReader::bytes(std::size_t count) {
  return std::string{take(count)};
}

std::string_view FieldReader::take(std::size_t count) {
  if (cut_short_ || rest_.size() < count) {
    cut_short_ = true;
    return {};
  }
  std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

}  // namespace tenantry::api::oauth
