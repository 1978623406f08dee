// Secrets that say nothing but who to ask about them: API keys, invitations.
//
//   tnt_key_0190a1b2c3d475f68718293a4b5c6d7e_0190ffffc3d475f68718293a4b5c6d7e_Zm9v...43 characters
//   prefix  the tenant, 32 digits of lower-case hex | id, 32 digits likewise | 32 random bytes in base64url
//
// The prefix says of which kind it is (and lets scanners find one that was published), the tenant and the id where its
// verifier is kept: whoever shows one needs to say nothing else. What is stored is the verifier alone: the SHA-256 of
// the whole text. 256 random bits need no slow hash, and with the whole text hashed no part may be exchanged, so that
// neither the tenant nor the id may be believed before the verifier is found to be the same. Whoever makes a secret
// shows it once and forgets it. Pure functions but for the random bytes; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::tokens {

using SecretVerifier = events::Sha256;

struct OpaqueSecret {
  std::string text;
  SecretVerifier verifier;
};
struct PresentedSecret {
  TenantId tenant;
  Uuid id;
  SecretVerifier verifier;
};

// `prefix` with its last underscore: "tnt_key_".
OpaqueSecret make_opaque_secret(std::string_view prefix, TenantId tenant, const Uuid& id);
// What to look up and to compare; nothing if the text is no secret with this prefix.
std::optional<PresentedSecret> read_opaque_secret(std::string_view prefix, std::string_view text);
// In constant time.
bool same_secret(const SecretVerifier& stored, const SecretVerifier& presented);

}  // namespace tenantry::api::tokens
