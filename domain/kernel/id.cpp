#include "domain/kernel/id.hpp"

#include <array>

namespace tenantry {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_dash_position(std::size_t index) {
  return index == 8 || index == 13 || index == 18 || index == 23;
}

constexpr int hex_value(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return -1;
}

// Of each byte there is. Ids are most of what is read when tables are made anew.
constexpr auto hex_values = [] {
  std::array<std::int8_t, 256> values{};
  for (int each = 0; each < 256; ++each) {
    values[static_cast<std::size_t>(each)] = static_cast<std::int8_t>(hex_value(static_cast<char>(each)));
  }
  return values;
}();

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
  // Where the two digits of each byte begin.
  static constexpr std::array<std::uint8_t, 16> places{0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};
  if (text.size() != 36) return std::nullopt;
  if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return std::nullopt;
  Uuid uuid;
  int malformed = 0;  // negative once a digit was none
  for (std::size_t index = 0; index < places.size(); ++index) {
    int high = hex_values[static_cast<unsigned char>(text[places[index]])];
    int low = hex_values[static_cast<unsigned char>(text[places[index] + 1u])];
    malformed |= high | low;
    uuid.bytes[index] = static_cast<std::uint8_t>(high << 4 | low);
  }
  if (malformed < 0 || uuid.is_nil()) return std::nullopt;
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
