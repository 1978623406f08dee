// Copies of sealed values, and sealing them anew.
#include <map>

#include "events/vault.hpp"
#include "events/vault/chunks.hpp"
#include "events/vault/sealing.hpp"

namespace tenantry::events {
namespace {

using StoredRows = std::vector<std::pair<std::string, std::string>>;

std::unexpected<VaultError> failed(VaultError::Kind kind, std::string detail) {
  return std::unexpected(VaultError{kind, std::move(detail)});
}

std::expected<void, VaultError> check_sealed(const SealedEntry& entry) {
  if (auto fault = fault_of(entry.key); !fault.empty()) return failed(VaultError::Kind::invalid, fault);
  auto envelope = parse_envelope(entry.sealed);
  if (!envelope) return failed(VaultError::Kind::invalid, "what is to be " + name_of(entry.key) + " is not sealed");
  if (plain_bytes_of(*envelope) <= vault_value_bytes_max) return {};
  return failed(VaultError::Kind::invalid, "what is to be " + name_of(entry.key) + " is too large");
}

}  // namespace

std::expected<void, VaultError> Vault::visit_sealed(const SealedVisitor& visit) const {
  storage::KeyRange range;
  while (true) {
    auto rows = take_rows(*rows_, range);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) return {};
    for (auto& row : *rows) {
      if (!visit({std::move(row.key), std::move(row.sealed)})) return {};
    }
  }
}

std::expected<bool, VaultError> Vault::is_there(const SealedEntry& entry) const {
  auto stored = rows_->get(stored_key(entry.key));
  if (!stored) return std::unexpected(stored.error());
  if (!*stored) return false;
  if (**stored == entry.sealed) {
    ++counters_.repeated;
    return true;
  }
  auto opened = seen(open_sealed(keys_, entry.key, entry.sealed));
  if (!opened) return std::unexpected(opened.error());
  return is_there(entry.key, parse_envelope(entry.sealed)->owner, opened->view());
}

std::expected<void, VaultError> Vault::put_sealed(const std::vector<SealedEntry>& entries) {
  std::map<TenantId, std::map<std::string, const SealedEntry*>> by_tenant;
  for (const auto& entry : entries) {
    if (auto sound = check_sealed(entry); !sound) return sound;
    if (!by_tenant[entry.key.tenant].emplace(stored_key(entry.key), &entry).second) {
      return failed(VaultError::Kind::invalid, name_of(entry.key) + " is there twice");
    }
  }
  for (const auto& [tenant, rows] : by_tenant) {
    MutexLock turn(turn_of(tenant));
    StoredRows missing;
    for (const auto& [key, entry] : rows) {
      auto there = is_there(*entry);
      if (!there) return std::unexpected(there.error());
      if (!*there) missing.emplace_back(key, entry->sealed);
    }
    if (missing.empty()) continue;
    if (auto added = add(tenant, std::move(missing)); !added) return added;
  }
  return {};
}

std::expected<Resealed, VaultError> Vault::reseal() {
  Resealed done;
  storage::KeyRange range;
  while (true) {
    auto rows = take_rows(*rows_, range);
    if (!rows) return std::unexpected(rows.error());
    if (rows->empty()) break;
    std::vector<VaultKey> keys;
    for (const auto& row : *rows) keys.push_back(row.key);
    MutexLock turn(turn_of(keys.front().tenant));
    if (auto resealed = reseal_keys(keys, done); !resealed) return std::unexpected(resealed.error());
  }
  if (auto purged = purge(); !purged) return std::unexpected(purged.error());
  return done;
}

std::expected<void, VaultError> Vault::reseal_keys(const std::vector<VaultKey>& keys, Resealed& done) {
  VaultRowChanges changes;
  for (const auto& key : keys) {
    auto stored = rows_->get(stored_key(key));
    if (!stored) return std::unexpected(stored.error());
    if (!*stored) continue;
    auto envelope = parse_envelope(**stored);
    if (envelope && envelope->root_key == keys_.current()) continue;
    auto opened = seen(open_sealed(keys_, key, **stored));
    if (!opened) {
      if (done.unopened++ == 0) done.first_trouble = opened.error().detail;
      continue;
    }
    changes.replaced.emplace_back(stored_key(key), seal(keys_, key, envelope->owner, opened->view()));
  }
  if (changes.replaced.empty()) return {};
  if (auto written = rows_->write(changes); !written) return written;
  done.rewritten += changes.replaced.size();
  counters_.resealed += changes.replaced.size();
  return {};
}

}  // namespace tenantry::events
