#include "events/engine/command_id.hpp"

#include <algorithm>

#include "events/identifiers.hpp"

namespace tenantry::events::engine {
namespace {

constexpr std::string_view work_prefix = "p-";
constexpr std::size_t due_digits = 16;
constexpr std::size_t about_digits = 32;
constexpr std::size_t process_name_max = 64;

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

std::string command_id(const PendingWork& work) {
  std::array<std::uint8_t, 8> due;
  for (std::size_t index = 0; index < due.size(); ++index) {
    due[index] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(work.due.unix_ms) >> (56 - 8 * index));
  }
  return std::string{work_prefix} + hex_of(due) + '-' + hex(work.about.view()) + '-' + work.process;
}

bool is_process_name(std::string_view name) {
  auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  return !name.empty() && name.size() <= process_name_max && std::ranges::all_of(name, fits);
}

std::optional<PendingWork> work_in_command_id(std::string_view command_id) {
  constexpr std::size_t about_at = work_prefix.size() + due_digits + 1;
  constexpr std::size_t process_at = about_at + about_digits + 1;
  if (command_id.size() <= process_at || !command_id.starts_with(work_prefix)) return std::nullopt;
  if (command_id[about_at - 1] != '-' || command_id[process_at - 1] != '-') return std::nullopt;
  std::array<std::uint8_t, due_digits / 2> due;
  PendingWork work;
  if (!read_hex(command_id.substr(work_prefix.size(), due_digits), due)) return std::nullopt;
  if (!read_hex(command_id.substr(about_at, about_digits), work.about.bytes)) return std::nullopt;
  std::uint64_t due_ms = 0;
  for (std::uint8_t byte : due) due_ms = due_ms << 8 | byte;
  work.due.unix_ms = static_cast<std::int64_t>(due_ms);
  work.process = command_id.substr(process_at);
  if (!is_process_name(work.process)) return std::nullopt;
  return work;
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
