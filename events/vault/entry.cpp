#include "events/vault/entry.hpp"

#include <algorithm>
#include <cstring>

namespace tenantry::events {
namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::size_t kind_length_max = 32;

bool is_kind(std::string_view kind) {
  auto allowed = [](char each) { return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-'; };
  return !kind.empty() && kind.size() <= kind_length_max && std::ranges::all_of(kind, allowed);
}

Uuid uuid_of(std::string_view bytes) {
  Uuid uuid;
  std::memcpy(uuid.bytes.data(), bytes.data(), id_bytes);
  return uuid;
}

}  // namespace

std::string stored_key(const VaultKey& key) {
  std::string bytes{key.tenant.value.view()};
  bytes += key.id.view();
  bytes += key.kind;
  return bytes;
}

std::optional<VaultKey> parse_stored_key(std::string_view bytes) {
  if (bytes.size() < 2 * id_bytes) return std::nullopt;
  auto kind = bytes.substr(2 * id_bytes);
  if (!is_kind(kind)) return std::nullopt;
  return VaultKey{{uuid_of(bytes)}, uuid_of(bytes.substr(id_bytes)), std::string{kind}};
}

std::string fault_of(const VaultKey& key) {
  if (key.tenant.value.is_nil()) return "an entry needs a tenant";
  if (key.id.bytes[6] >> 4 != 7 || key.id.bytes[8] >> 6 != 2) return "the id " + key.id.text() + " is no UUIDv7";
  if (!is_kind(key.kind)) return "the kind of an entry is 1 to 32 of a-z 0-9 -";
  return {};
}

std::string name_of(const VaultKey& key) {
  return key.kind + ' ' + key.id.text() + " of tenant " + key.tenant.text();
}

Instant made_at(const Uuid& id) {
  constexpr std::size_t time_bytes = 6;
  std::int64_t unix_ms = 0;
  for (std::size_t index = 0; index < time_bytes; ++index) unix_ms = unix_ms << 8 | id.bytes[index];
  return {unix_ms};
}

}  // namespace tenantry::events
