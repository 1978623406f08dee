#include "api/issuer/secrets.hpp"

#include <charconv>

#include "api/request/authentication.hpp"
#include "api/tokens/password_hash.hpp"
#include "api/tokens/secret_bytes.hpp"
#include "api/tokens/totp.hpp"

namespace tenantry::api {
namespace {

using events::Secret;
using events::Vault;
using events::VaultError;
using events::VaultKey;
using events::VaultOwner;

constexpr std::size_t session_secret_bytes = 32;

OfVault<std::optional<Secret>> find(const Vault& vault, const VaultKey& key, const VaultOwner& owner) {
  auto found = vault.get(key, owner);
  if (found) return std::optional<Secret>(std::move(*found));
  if (found.error().kind == VaultError::Kind::not_found) return std::nullopt;
  return std::unexpected(std::move(found.error()));
}

// A verifier, then in decimal the moment of expiry, if there is one.
std::string packed(const tokens::SecretVerifier& verifier, const std::optional<Instant>& expires_at) {
  std::string value{events::bytes_of(verifier)};
  if (expires_at) value += std::to_string(expires_at->unix_ms);
  return value;
}

bool is_verifier(std::string_view stored, const tokens::SecretVerifier& shown) {
  return events::is_same_secret(stored, events::bytes_of(shown));
}

}  // namespace

OfVault<std::string> put_invitation(Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id) {
  auto made = tokens::make_opaque_secret(invitation_prefix, tenant, user);
  auto put = vault.put({tenant, id, "invitation"}, user, events::bytes_of(made.verifier));
  if (!put) return std::unexpected(std::move(put.error()));
  return std::move(made.text);
}

OfVault<bool> is_invitation(const Vault& vault, const tokens::PresentedSecret& shown, const Uuid& id) {
  auto found = find(vault, {shown.tenant, id, "invitation"}, shown.id);
  if (!found) return std::unexpected(std::move(found.error()));
  return *found && is_verifier((*found)->view(), shown.verifier);
}

OfVault<void> put_password(Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id, std::string_view password) {
  auto hash = tokens::hash_password(password);
  if (!hash) return std::unexpected(VaultError{VaultError::Kind::invalid, "the password is too long"});
  return vault.put({tenant, id, "password"}, user, *hash);
}

OfVault<bool> is_password(const Vault& vault, TenantId tenant, const Uuid& user, const std::optional<Uuid>& id,
                          std::string_view password) {
  std::optional<Secret> hash;
  if (id) {
    auto found = find(vault, {tenant, *id, "password"}, user);
    if (!found) return std::unexpected(std::move(found.error()));
    hash = std::move(*found);
  }
  bool fits = tokens::verify_password(hash ? hash->view() : tokens::dummy_password_hash(), password);
  return hash && fits;
}

OfVault<std::string> put_one_time_seed(Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id) {
  std::string seed = tokens::fresh_totp_secret();
  auto put = vault.put({tenant, id, "one-time"}, user, seed);
  if (!put) return std::unexpected(std::move(put.error()));
  return seed;
}

OfVault<std::optional<std::uint64_t>> step_of_code(const Vault& vault, TenantId tenant, const Uuid& user,
                                                   const Uuid& id, std::string_view code, Instant now,
                                                   std::optional<std::uint64_t> last) {
  auto seed = find(vault, {tenant, id, "one-time"}, user);
  if (!seed) return std::unexpected(std::move(seed.error()));
  if (!*seed) return std::nullopt;
  std::optional<std::int64_t> last_step;
  if (last) last_step = static_cast<std::int64_t>(*last);
  auto step = tokens::accept_totp((*seed)->view(), code, now, last_step);
  if (!step) return std::nullopt;
  return static_cast<std::uint64_t>(*step);
}

OfVault<void> put_session(Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id) {
  return vault.put({tenant, id, "session"}, user, tokens::random_bytes(session_secret_bytes));
}

OfVault<std::optional<Secret>> session_secret(const Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id) {
  return find(vault, {tenant, id, "session"}, user);
}

OfVault<std::string> put_service_key(Vault& vault, TenantId tenant, const Uuid& id,
                                     const std::optional<Instant>& expires_at) {
  auto made = tokens::make_opaque_secret(service_key_prefix, tenant, id);
  auto put = vault.put({tenant, id, "service-key"}, std::nullopt, packed(made.verifier, expires_at));
  if (!put) return std::unexpected(std::move(put.error()));
  return std::move(made.text);
}

OfVault<std::optional<GenuineKey>> read_service_key(const Vault& vault, const tokens::PresentedSecret& shown) {
  auto found = find(vault, {shown.tenant, shown.id, "service-key"}, std::nullopt);
  if (!found) return std::unexpected(std::move(found.error()));
  if (!*found) return std::nullopt;
  std::string_view value = (*found)->view(), expiry = value.substr(std::min(shown.verifier.size(), value.size()));
  if (!is_verifier(value.substr(0, value.size() - expiry.size()), shown.verifier)) return std::nullopt;
  if (expiry.empty()) return GenuineKey{};
  Instant at;
  auto [end, wrong] = std::from_chars(expiry.data(), expiry.data() + expiry.size(), at.unix_ms);
  if (wrong != std::errc{} || end != expiry.data() + expiry.size()) {
    return std::unexpected(VaultError{VaultError::Kind::altered, "a key's expiry is malformed"});
  }
  return GenuineKey{at};
}

}  // namespace tenantry::api
