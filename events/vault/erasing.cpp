// Erasing and sweeping.
#include "events/vault.hpp"
#include "events/vault/chunks.hpp"

namespace tenantry::events {

std::expected<void, VaultError> Vault::erase(TenantId tenant, const std::vector<Uuid>& ids) {
  std::vector<storage::KeyRange> ranges;
  for (const Uuid& id : ids) {
    ranges.push_back(storage::prefix_range(std::string{tenant.value.view()} + std::string{id.view()}));
  }
  return erase_ranges(tenant, ranges);
}

std::expected<void, VaultError> Vault::erase(TenantId tenant, const Uuid& id) {
  return erase(tenant, std::vector{id});
}

std::expected<void, VaultError> Vault::erase_tenant(TenantId tenant) {
  return erase_ranges(tenant, {storage::prefix_range(tenant.value.view())});
}

std::expected<void, VaultError> Vault::erase_ranges(TenantId tenant, const std::vector<storage::KeyRange>& ranges) {
  {
    MutexLock turn(turn_of(tenant));
    for (storage::KeyRange range : ranges) {
      while (true) {
        auto rows = take_rows(*rows_, range);
        if (!rows) return std::unexpected(rows.error());
        if (rows->empty()) break;
        std::vector<std::string> keys;
        for (const auto& row : *rows) keys.push_back(stored_key(row.key));
        auto erased = erase_keys(keys);
        if (!erased) return std::unexpected(erased.error());
        counters_.erased += *erased;
      }
    }
  }
  return purge();
}

// Returns how many of them were there.
std::expected<std::uint64_t, VaultError> Vault::erase_keys(const std::vector<std::string>& keys) {
  VaultRowChanges changes;
  for (const auto& key : keys) {
    auto stored = rows_->get(key);
    if (!stored) return std::unexpected(stored.error());
    if (*stored) changes.erased.push_back(key);
  }
  if (changes.erased.empty()) return 0;
  if (auto written = rows_->write(changes); !written) return std::unexpected(written.error());
  return changes.erased.size();
}

std::expected<std::uint64_t, VaultError> Vault::sweep(Instant made_before, const IsNamed& is_named) {
  std::uint64_t swept = 0;
  storage::KeyRange range;
  while (true) {
    auto rows = take_rows(*rows_, range);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) break;
    std::vector<std::string> keys;
    for (const auto& row : *rows) {
      if (made_at(row.key.id) < made_before && !is_named(row.key)) keys.push_back(stored_key(row.key));
    }
    TenantId tenant = rows->front().key.tenant;
    MutexLock turn(turn_of(tenant));
    auto erased = erase_keys(keys);
    if (!erased) return std::unexpected(erased.error());
    counters_.swept += *erased;
    swept += *erased;
  }
  if (auto purged = purge(); !purged) return std::unexpected(purged.error());
  return swept;
}

std::expected<void, VaultError> Vault::purge() {
  auto purged = rows_->purge();
  if (!purged) ++counters_.purge_failures;
  return purged;
}

}  // namespace tenantry::events
