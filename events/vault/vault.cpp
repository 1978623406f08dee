// Putting and getting.
#include "events/vault.hpp"

#include "events/vault/sealing.hpp"

namespace tenantry::events {
namespace {

std::unexpected<VaultError> failed(VaultError::Kind kind, std::string detail) {
  return std::unexpected(VaultError{kind, std::move(detail)});
}

}  // namespace

Vault::Vault(std::unique_ptr<VaultRows> rows, RootKeys keys, const VaultOptions& options)
    : rows_(std::move(rows)), keys_(std::move(keys)), options_(options) {}

Vault::~Vault() = default;

std::expected<void, VaultError> Vault::put(const VaultKey& key, const VaultOwner& owner, std::string_view plain) {
  if (auto fault = fault_of(key); !fault.empty()) return failed(VaultError::Kind::invalid, fault);
  if (plain.size() > vault_value_bytes_max) {
    return failed(VaultError::Kind::invalid, "a value of " + std::to_string(plain.size()) + " bytes is too large");
  }
  MutexLock turn(turn_of(key.tenant));
  auto there = is_there(key, owner, plain);
  if (!there) return std::unexpected(there.error());
  if (*there) return {};
  return add(key.tenant, {{stored_key(key), seal(keys_, key, owner, plain)}});
}

std::expected<Secret, VaultError> Vault::get(const VaultKey& key, const VaultOwner& owner) const {
  auto stored = rows_->get(stored_key(key));
  if (!stored) return std::unexpected(stored.error());
  if (!*stored) return failed(VaultError::Kind::not_found, "there is no " + name_of(key));
  auto opened = seen(open_sealed(keys_, key, owner, **stored));
  if (opened) ++counters_.read;
  return opened;
}

std::expected<bool, VaultError> Vault::is_there(const VaultKey& key, const VaultOwner& owner,
                                                std::string_view plain) const {
  auto stored = rows_->get(stored_key(key));
  if (!stored) return std::unexpected(stored.error());
  if (!*stored) return false;
  auto opened = seen(open_sealed(keys_, key, **stored));
  if (!opened) return std::unexpected(opened.error());
  if (parse_envelope(**stored)->owner != owner || !is_same_secret(opened->view(), plain)) {
    ++counters_.conflicts;
    return failed(VaultError::Kind::already_there, name_of(key) + " is there with another meaning");
  }
  ++counters_.repeated;
  return true;
}

std::expected<void, VaultError> Vault::check_room(TenantId tenant, std::uint64_t more) const {
  auto entries = rows_->count(tenant);
  if (!entries) return std::unexpected(entries.error());
  if (*entries + more <= options_.entries_of_tenant_max) return {};
  ++counters_.full;
  return failed(VaultError::Kind::full, "tenant " + tenant.text() + " has as many secrets as it may, " +
                                            std::to_string(options_.entries_of_tenant_max));
}

std::expected<void, VaultError> Vault::add(TenantId tenant, std::vector<std::pair<std::string, std::string>> rows) {
  const std::uint64_t more = rows.size();
  if (auto room = check_room(tenant, more); !room) return room;
  if (auto written = rows_->write({.added = std::move(rows)}); !written) return written;
  counters_.written += more;
  return {};
}

std::expected<Secret, VaultError> Vault::seen(std::expected<Secret, VaultError> opened) const {
  if (opened) return opened;
  if (opened.error().kind == VaultError::Kind::altered) ++counters_.altered;
  if (opened.error().kind == VaultError::Kind::missing_key) ++counters_.missing_keys;
  return opened;
}

VaultMetrics Vault::metrics() const {
  return copy_of(counters_);
}

}  // namespace tenantry::events
