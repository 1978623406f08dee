// What tests of vaults share: a vault under test that can be opened again and tampered with, and asking it things.
#pragma once

#include <catch2/catch.hpp>

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "events/identifiers.hpp"
#include "events/vault.hpp"
#include "tests/support/vault_keys.hpp"

namespace tenantry::events::contract {

class VaultFixture {
 public:
  virtual ~VaultFixture() = default;
  virtual Vault& vault() = 0;
  // Closes the vault and opens the same one again, with these root keys.
  virtual void reopen(std::initializer_list<char> keys, const VaultOptions& options) = 0;
  void reopen(std::initializer_list<char> keys = {'a'}) { reopen(keys, {}); }
  // Puts bytes where these entries are stored, as somebody with access to the store might.
  virtual void overwrite(const std::vector<SealedEntry>& entries) = 0;
};

inline VaultKey key_for(TenantId tenant, const std::string& kind = "password") {
  return {tenant, fresh_id(), kind};
}
inline TenantId some_tenant() {
  return {fresh_id()};
}

inline std::map<VaultKey, std::string> sealed_entries(const Vault& vault) {
  std::map<VaultKey, std::string> found;
  auto visited =
      vault.visit_sealed([&](const SealedEntry& entry) { return found.emplace(entry.key, entry.sealed).second; });
  if (!visited) FAIL(visited.error().detail);
  return found;
}

inline void must_put(Vault& vault, const VaultKey& key, const VaultOwner& owner, std::string_view plain) {
  auto put = vault.put(key, owner, plain);
  if (!put) FAIL(put.error().detail);
}
inline VaultKey put_new(Vault& vault, TenantId tenant, std::string_view plain, const std::string& kind = "password") {
  auto key = key_for(tenant, kind);
  must_put(vault, key, {}, plain);
  return key;
}

// What get() gives, or the word "none" and the kind of its error.
inline std::string got(const Vault& vault, const VaultKey& key, const VaultOwner& owner = {}) {
  auto secret = vault.get(key, owner);
  if (secret) return std::string{secret->view()};
  return "none " + std::to_string(static_cast<int>(secret.error().kind));
}
inline std::string none(VaultError::Kind kind) {
  return "none " + std::to_string(static_cast<int>(kind));
}
inline const std::string not_found = none(VaultError::Kind::not_found);
inline const std::string altered = none(VaultError::Kind::altered);

template <class Result>
bool fails(const Result& result, VaultError::Kind kind) {
  return !result && result.error().kind == kind;
}

}  // namespace tenantry::events::contract
