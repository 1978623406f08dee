// Secrets of people and programs, as the vault keeps them: what is put there, and whether what is shown is the same.
//
//   kind           value                                              owner   id
//   "password"     a hash (api/tokens/password_hash.hpp)               user    Credentials::password
//   "one-time"     a seed (api/tokens/totp.hpp)                        user    Credentials::second_factor
//   "invitation"   a verifier (api/tokens/opaque_secret.hpp)           user    Credentials::invitation
//   "session"      32 random bytes (api/oauth/refresh_token.hpp)       user    Session::id
//   "service-key"  a verifier, and from when on it is good no more     nobody  ServiceKey::id
//   "signing-key"  a private key, PKCS #8; of the platform             nobody  operators::SigningKey::id
//
// A value is put before the command that names its id, under an id that was drawn for that attempt. Whether a row names
// it is for the caller to look at. Calls read and write the disk, those of passwords take 15 ms of processor. Free
// functions; any thread. The answer of a check is false, not an error, for what is not there.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "api/tokens/opaque_secret.hpp"
#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"
#include "events/vault.hpp"

namespace tenantry::api {

inline constexpr std::string_view invitation_prefix = "tnt_invitation_";

template <class T>
using OfVault = std::expected<T, events::VaultError>;

// Names the user; it is good while the rows name `id`.
OfVault<std::string> put_invitation(events::Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id);
OfVault<bool> is_invitation(const events::Vault& vault, const tokens::PresentedSecret& shown, const Uuid& id);

OfVault<void> put_password(events::Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id,
                           std::string_view password);
// Without an id, as of a user who has none or is not there, it takes as long.
OfVault<bool> is_password(const events::Vault& vault, TenantId tenant, const Uuid& user, const std::optional<Uuid>& id,
                          std::string_view password);

OfVault<std::string> put_one_time_seed(events::Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id);
// The step whose code it is, later than `last`; nothing if it is none.
OfVault<std::optional<std::uint64_t>> step_of_code(const events::Vault& vault, TenantId tenant, const Uuid& user,
                                                   const Uuid& id, std::string_view code, Instant now,
                                                   std::optional<std::uint64_t> last);

OfVault<void> put_session(events::Vault& vault, TenantId tenant, const Uuid& user, const Uuid& id);
// Nothing if there is none.
OfVault<std::optional<events::Secret>> session_secret(const events::Vault& vault, TenantId tenant, const Uuid& user,
                                                      const Uuid& id);

OfVault<std::string> put_service_key(events::Vault& vault, TenantId tenant, const Uuid& id,
                                     const std::optional<Instant>& expires_at);
struct GenuineKey {
  std::optional<Instant> expires_at;
};
// Nothing if it is none.
OfVault<std::optional<GenuineKey>> read_service_key(const events::Vault& vault, const tokens::PresentedSecret& shown);

}  // namespace tenantry::api
