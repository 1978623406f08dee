#include "domain/kernel/id.hpp"

namespace tenantry {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_dash_position(std::size_t index) {
  return index == 8 || index == 13 || index == 18 || index == 23;
}

int hex_value(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return -1;
}

}  // namespace

std::string Uuid::text() const {
  std::string text;
  text.reserve(36);
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    if (is_dash_position(text.size())) text += '-';
    text += hex_digits[bytes[index] >> 4];
    text += hex_digits[bytes[index] & 15];
  }
  return text;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid uuid;
  std::size_t nibble = 0;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (is_dash_position(index)) {
      if (text[index] != '-') return std::nullopt;
      continue;
    }
    int value = hex_value(text[index]);
    if (value < 0) return std::nullopt;
    uuid.bytes[nibble / 2] = static_cast<std::uint8_t>(uuid.bytes[nibble / 2] << 4 | value);
    ++nibble;
  }
  if (uuid.is_nil()) return std::nullopt;
  return uuid;
}

Uuid make_uuid_v7(std::int64_t unix_ms, const std::array<std::uint8_t, 10>& random) {
  Uuid uuid;
  for (int index = 0; index < 6; ++index) {
    uuid.bytes[static_cast<std::size_t>(index)] = static_cast<std::uint8_t>(unix_ms >> (40 - 8 * index));
  }
  for (std::size_t index = 0; index < random.size(); ++index) uuid.bytes[6 + index] = random[index];
  uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | (uuid.bytes[6] & 0x0f));  // version 7
  uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3f));  // variant of RFC 9562
  return uuid;
}

}  // namespace tenantry
