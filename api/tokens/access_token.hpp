// Access tokens of RFC 9068: which may be believed now, and how we issue them.
//
// verify_access_token() refuses, in this order: what compact_jws.hpp does not read; a `typ` that is not "at+jwt" (or
// "application/at+jwt", in any case), and so an ID token; a signature that is not of the issuer's keys; what claims.hpp
// does not read; another issuer; an audience without ours; `exp` reached, without tolerance; `nbf` or `iat` later than
// now by more than `clock_skew_s`. The keys must be those of rules.issuer and of nobody else.
//
// unverified_issuer() tells which of several trusted issuers' rules and keys to try; it proves nothing.
// Pure functions; any thread, any number at once. issue_access_token() throws std::runtime_error if OpenSSL fails.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "api/tokens/claims.hpp"
#include "api/tokens/compact_jws.hpp"
#include "domain/kernel/date.hpp"

namespace tenantry::api::tokens {

inline constexpr std::int64_t clock_skew_s = 30;

struct AccessTokenRules {
  std::string issuer;
  std::string audience;
  std::string tenant_claim = "tenant";
};

std::expected<Claims, TokenFault> verify_access_token(std::string_view token, const KeySet& keys,
                                                      const AccessTokenRules& rules, Instant now);
// Claims as they are issued: whether the rules admit them at this moment.
std::expected<void, TokenFault> check_claims(const Claims& claims, const AccessTokenRules& rules, Instant now);
std::optional<std::string> unverified_issuer(std::string_view token);

std::string issue_access_token(const Claims& claims, std::string_view tenant_claim, std::string_view key_id,
                               const PrivateKey& key);

}  // namespace tenantry::api::tokens
