// Authorization codes that need no storage: what was decided when the person logged in, sealed.
//
//   code   = base64url of: version, 1 byte: 1 | the fields below, sealed (api/tokens/sealing.hpp)
//   fields = tenant, user, session and client, 16 bytes each | redirect URI, challenge, scope and nonce, each with its
//   length
//            | when the person logged in and when the code expires, seconds since 1970, 8 bytes each
//
// Why they are not stored: docs/adr/0026. Every node with the key opens it, and nobody else learns from it anything but
// its length, the browser and the application included. open_code() answers nothing for what was altered, was sealed
// under another key or as something else (login_form_token.hpp), or has expired: from `expires_at_s` on.
//
// What it does not do: a code is good once (RFC 6749 section 4.1.2), and nothing here knows whether it was used. The
// code names the session that it begins; the caller begins that session once, by a fact of the tenant's stream, and
// ends it if the code comes again. The caller compares the client and the redirect URI with those of the request, and
// the verifier with the challenge (api/tokens/pkce.hpp).
//
// The key has 32 bytes, derived for codes alone by tokens::derive_key(). Within the limits of
// authorization_request.hpp a code has less than 4 KiB, so that it passes as a field of a form. Pure functions but for
// the random bytes of a seal; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::api::oauth {

// What tokens::derive_key() is told.
inline constexpr std::string_view authorization_code_key = "authorization codes";

struct AuthorizationCode {
  TenantId tenant;
  Uuid user;
  Uuid session;
  Uuid client;
  std::string redirect_uri;
  std::string code_challenge;
  std::string scope;
  std::string nonce;
  std::int64_t authenticated_at_s = 0;
  std::int64_t expires_at_s = 0;

  bool operator==(const AuthorizationCode&) const = default;
};

std::string seal_code(std::string_view key, const AuthorizationCode& code);
std::optional<AuthorizationCode> open_code(std::string_view key, std::string_view text, Instant now);

}  // namespace tenantry::api::oauth
