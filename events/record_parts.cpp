#include "events/record_parts.hpp"

#include <array>
#include <stdexcept>

namespace tenantry::events {
namespace {

constexpr std::size_t length_bytes_max = 5;  // 2^32 - 1 in groups of seven bits

void append_length(std::string& out, std::size_t length) {
  if (length > 0xFFFF'FFFFu) throw std::invalid_argument{"a record's part is longer than 2^32 - 1 bytes"};
  while (length >= 0x80) {
    out += static_cast<char>(length | 0x80);
    length >>= 7;
  }
  out += static_cast<char>(length);
}

std::array<char, 8> big_endian(std::uint64_t value) {
  std::array<char, 8> bytes;
  for (std::size_t index = 0; index < 8; ++index) bytes[index] = static_cast<char>(value >> (56 - 8 * index));
  return bytes;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

void append_absent_part(std::string& out) {
  append_length(out, 0);
}

void append_text_part(std::string& out, std::string_view text) {
  append_length(out, text.size());
  out += text;
}

void append_number_part(std::string& out, std::uint64_t value) {
  auto bytes = big_endian(value);
  append_text_part(out, {bytes.data(), bytes.size()});
}

void append_optional_number_part(std::string& out, std::uint64_t value) {
  if (value == 0)
    append_absent_part(out);
  else
    append_number_part(out, value);
}

std::optional<std::size_t> PartReader::length() {
  std::size_t length = 0;
  for (std::size_t index = 0; index < rest_.size() && index < length_bytes_max; ++index) {
    auto byte = static_cast<unsigned char>(rest_[index]);
    length |= static_cast<std::size_t>(byte & 0x7f) << (7 * index);
    if (byte >= 0x80) continue;
    if ((index > 0 && byte == 0) || length > 0xFFFF'FFFFu) return std::nullopt;  // not the fewest bytes, too long
    rest_.remove_prefix(index + 1);
    return length;
  }
  return std::nullopt;
}

std::string_view PartReader::text(std::string_view name) {
  if (failure_) return {};
  auto size = length();
  if (!size || *size > rest_.size()) {
    fail(name, size ? "is cut short" : "has a malformed length");
    return {};
  }
  std::string_view text = rest_.substr(0, *size);
  rest_.remove_prefix(*size);
  return text;
}

std::string_view PartReader::required_text(std::string_view name) {
  std::string_view value = text(name);
  if (value.empty()) fail(name, "is missing");
  return value;
}

Uuid PartReader::uuid(std::string_view name) {
  std::string_view raw = required_text(name);
  Uuid uuid;
  if (raw.size() != uuid.bytes.size()) {
    fail(name, "is not 16 bytes");
    return uuid;
  }
  raw.copy(reinterpret_cast<char*>(uuid.bytes.data()), raw.size());
  if (uuid.is_nil()) fail(name, "is the nil UUID");
  return uuid;
}

std::uint64_t PartReader::number(std::string_view name) {
  std::string_view raw = required_text(name);
  if (raw.size() != 8) fail(name, "is not 8 bytes");
  return from_big_endian(raw.substr(0, 8));
}

std::uint64_t PartReader::optional_number(std::string_view name) {
  std::string_view raw = text(name);
  if (raw.empty()) return 0;
  std::uint64_t value = from_big_endian(raw.substr(0, 8));
  if (raw.size() != 8 || value == 0) fail(name, "is neither absent nor 8 bytes above zero");
  return value;
}

}  // namespace tenantry::events
