// The claims of an access token: RFC 9068 section 2.2, with `sid` of OpenID Connect, `act` of RFC 8693 section 4.1 and
// a claim that names the tenant. Read strictly, written.
//
// decode_claims() needs `iss`, `sub`, `aud` (a text or a list of texts), `exp`, `iat`, `jti` and `client_id`, takes
// `nbf`, `scope`, `sid`, `act` and the tenant's claim, and leaves any other alone. It refuses `cnf` (RFC 7800), since a
// token that is bound to a key is worth nothing without its proof; a claim given twice, of the wrong kind or larger
// than said here; moments that are not whole seconds up to the year 9999. An empty `scope` is none. `act` holds who
// acts for the subject; inside it may stand one more `act`, who acted before. It says nothing about whether the token
// may be believed or is valid now: access_token.hpp does. Plain values, pure functions; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/tokens/scopes.hpp"
#include "api/tokens/token_fault.hpp"

namespace tenantry::api::tokens {

inline constexpr std::size_t claim_bytes_max = 255;
inline constexpr std::size_t issuer_bytes_max = 512;  // of `iss`, and of each audience
inline constexpr std::size_t audiences_max = 16;
inline constexpr std::size_t scope_bytes_max = 4096;

struct Actor {
  std::string subject;
  std::optional<std::string> issuer;

  bool operator==(const Actor&) const = default;
};

struct Claims {
  std::string issuer;
  std::string subject;
  std::vector<std::string> audience;
  std::int64_t expires_at_s = 0;  // seconds since 1970, as the other moments
  std::int64_t issued_at_s = 0;
  std::optional<std::int64_t> not_before_s;
  std::string token_id;
  std::string client_id;
  Scopes scopes;
  std::optional<std::string> session;
  std::optional<std::string> tenant;
  std::vector<Actor> actors;  // who acts now, then who acted before; at most two

  bool operator==(const Claims&) const = default;
};

std::expected<Claims, TokenFault> decode_claims(std::string_view text, std::string_view tenant_claim);
// What decode_claims() reads as the same, if they are within its limits. `tenant_claim` must need no escape in JSON.
std::string write_claims(const Claims& claims, std::string_view tenant_claim);

}  // namespace tenantry::api::tokens
