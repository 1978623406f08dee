#include "api/tokens/base_encodings.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tenantry::api::tokens {
namespace {

constexpr std::string_view base32_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view base64url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> digit_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t value = 0; value < base64url_alphabet.size(); ++value) {
    values[static_cast<unsigned char>(base64url_alphabet[value])] = static_cast<std::uint8_t>(value);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> values = digit_values();

// A digit for so many bits, from the front; the last is filled up with zeros.
std::string in_digits(std::string_view bytes, std::string_view alphabet, int bits_of_digit) {
  const std::uint32_t digit_mask = (1u << bits_of_digit) - 1;
  std::string text;
  text.reserve(bytes.size() * 8 / static_cast<std::size_t>(bits_of_digit) + 1);
  std::uint32_t bits = 0;
  int count = 0;
  for (unsigned char byte : bytes) {
    bits = (bits << 8 | byte) & 0xFFFF;
    for (count += 8; count >= bits_of_digit;) text += alphabet[bits >> (count -= bits_of_digit) & digit_mask];
  }
  if (count > 0) text += alphabet[bits << (bits_of_digit - count) & digit_mask];
  return text;
}

}  // namespace

std::string encode_base64url(std::string_view bytes) {
  return in_digits(bytes, base64url_alphabet, 6);
}

std::string encode_base64(std::string_view bytes) {
  std::string text = encode_base64url(bytes);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  std::string digits{text};
  std::ranges::replace(digits, '+', '-');
  std::ranges::replace(digits, '/', '_');
  return decode_base64url(digits);
}

std::string encode_base32(std::string_view bytes) {
  return in_digits(bytes, base32_alphabet, 5);
}

std::optional<std::string> decode_base64url(std::string_view text) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int count = 0;
  for (unsigned char character : text) {
    std::uint8_t digit = values[character];
    if (digit == no_digit) return std::nullopt;
    bits = (bits << 6 | digit) & 0x3FFF;
    if ((count += 6) >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 0xFF);
  }
  if ((bits & ((1u << count) - 1)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace tenantry::api::tokens
