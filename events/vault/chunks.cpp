#include "events/vault/chunks.hpp"

namespace tenantry::events {
namespace {

constexpr std::size_t rows_max = 256;

}  // namespace

std::expected<std::vector<VaultRow>, VaultError> take_rows(const VaultRows& rows, storage::KeyRange& range) {
  std::vector<VaultRow> taken;
  bool is_sound = true;
  auto visited = rows.visit(range, [&](std::string_view bytes, std::string_view sealed) {
    auto key = parse_stored_key(bytes);
    is_sound = key.has_value();
    if (!is_sound || taken.size() == rows_max) return false;
    if (!taken.empty() && taken.front().key.tenant != key->tenant) return false;
    taken.push_back({std::move(*key), std::string{sealed}});
    return true;
  });
  if (!visited) return std::unexpected(visited.error());
  if (!is_sound)
    return std::unexpected(VaultError{VaultError::Kind::corrupt, "the vault holds a row that is no entry"});
  if (!taken.empty()) range.from = stored_key(taken.back().key) + '\0';
  return taken;
}

}  // namespace tenantry::events
