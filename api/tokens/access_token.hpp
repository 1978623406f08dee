// Access tokens (RFC 9068): what one says, once its signature was checked; and making one.
//
// Accepted is what is of the wanted issuer and audience, of the type at+jwt, with a subject, an issue time and an
// expiry in the future, and bound to no key (cnf). Clocks may differ by clock_skew_s for what lies ahead (iat, nbf),
// not for the expiry. ID tokens are not accepted: their type is another. Times are whole seconds since 1970 UTC. Plain
// values and pure functions; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "api/tokens/compact_jws.hpp"
#include "domain/kernel/date.hpp"

namespace tenantry::api::tokens {

inline constexpr std::int64_t clock_skew_s = 30;

struct Claims {
  std::string issuer;
  std::string subject;
  std::string client;   // empty: none is named
  std::string id;       // jti; empty: none
  std::string session;  // sid; empty: none
  std::string tenant;   // the id of the tenant of whose users the subject is one; empty: an operator
  std::string scope;    // as RFC 6749 3.3 has it; empty: nothing is said
  bool has_scope = false;
  std::int64_t issued_at = 0;
  std::int64_t expires_at = 0;

  bool operator==(const Claims&) const = default;
};

struct Expected {
  std::string issuer;
  std::string audience;
};

std::expected<Claims, TokenFault> check_access_token(std::string_view token, std::span<const PublicKey> keys,
                                                     const Expected& expected, Instant now);
std::string make_access_token(const PrivateKey& key, const Claims& claims, std::string_view audience);

}  // namespace tenantry::api::tokens
