#include "events/engine/command_id.hpp"

#include <algorithm>

#include "events/identifiers.hpp"

namespace tenantry::events::engine {
namespace {

constexpr std::string_view prefix = "k-";
constexpr std::size_t key_digits = 32;
constexpr std::size_t payload_digits = 16;

template <std::size_t Size>
std::string hex_of(const std::array<std::uint8_t, Size>& bytes) {
  return hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

int nibble(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  return -1;
}

template <std::size_t Size>
bool read_hex(std::string_view digits, std::array<std::uint8_t, Size>& bytes) {
  for (std::size_t index = 0; index < Size; ++index) {
    int high = nibble(digits[2 * index]);
    int low = nibble(digits[2 * index + 1]);
    if (high < 0 || low < 0) return false;
    bytes[index] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

}  // namespace

std::string command_id(const std::optional<IdempotencyKey>& key, const Uuid& fresh) {
  if (!key) return fresh.text();
  return std::string{prefix} + hex_of(key->key) + '-' + hex_of(key->payload);
}

std::optional<IdempotencyKey> key_in_command_id(std::string_view command_id) {
  if (command_id.size() != prefix.size() + key_digits + 1 + payload_digits) return std::nullopt;
  if (!command_id.starts_with(prefix) || command_id[prefix.size() + key_digits] != '-') return std::nullopt;
  IdempotencyKey key;
  if (!read_hex(command_id.substr(prefix.size(), key_digits), key.key)) return std::nullopt;
  if (!read_hex(command_id.substr(prefix.size() + key_digits + 1), key.payload)) return std::nullopt;
  return key;
}

IdempotencyKey make_idempotency_key(std::string_view key, std::string_view payload) {
  IdempotencyKey made;
  Sha256 key_hash = sha256({key});
  Sha256 payload_hash = sha256({payload});
  std::copy_n(key_hash.begin(), made.key.size(), made.key.begin());
  std::copy_n(payload_hash.begin(), made.payload.size(), made.payload.begin());
  return made;
}

}  // namespace tenantry::events::engine
