#include "api/tokens/access_token.hpp"

#include <algorithm>

#include "api/tokens/json_members.hpp"

namespace tenantry::api::tokens {
namespace {

constexpr std::string_view access_token_type = "at+jwt";
constexpr std::string_view media_type_prefix = "application/";
constexpr std::int64_t ms_per_s = 1000;

std::string in_lower_case(std::string_view text) {
  std::string lower{text};
  for (char& each : lower) {
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  }
  return lower;
}

// Media types have no case, and RFC 7515 section 4.1.9 leaves "application/" out.
bool is_access_token(const JwsHeader& header) {
  if (!header.type) return false;
  std::string type = in_lower_case(*header.type);
  std::string_view name = type;
  if (name.starts_with(media_type_prefix)) name.remove_prefix(media_type_prefix.size());
  return name == access_token_type;
}

}  // namespace

std::expected<void, TokenFault> check_claims(const Claims& claims, const AccessTokenRules& rules, Instant now) {
  if (claims.issuer != rules.issuer) return std::unexpected(TokenFault::issuer_refused);
  if (std::ranges::find(claims.audience, rules.audience) == claims.audience.end()) {
    return std::unexpected(TokenFault::audience_refused);
  }
  auto is_later = [&](std::int64_t seconds) { return (seconds - clock_skew_s) * ms_per_s > now.unix_ms; };
  if (claims.expires_at_s * ms_per_s <= now.unix_ms) return std::unexpected(TokenFault::expired);
  if (claims.not_before_s && is_later(*claims.not_before_s)) return std::unexpected(TokenFault::not_yet_valid);
  if (is_later(claims.issued_at_s)) return std::unexpected(TokenFault::issued_in_future);
  return {};
}

std::expected<Claims, TokenFault> verify_access_token(std::string_view token, const KeySet& keys,
                                                      const AccessTokenRules& rules, Instant now) {
  auto jws = parse_compact_jws(token);
  if (!jws) return std::unexpected(jws.error());
  if (!is_access_token(jws->header)) return std::unexpected(TokenFault::type_refused);
  if (auto verified = verify_signature(*jws, keys); !verified) return std::unexpected(verified.error());
  auto claims = decode_claims(jws->payload, rules.tenant_claim);
  if (!claims) return claims;
  if (auto checked = check_claims(*claims, rules, now); !checked) return std::unexpected(checked.error());
  return claims;
}

std::optional<std::string> unverified_issuer(std::string_view token) {
  auto jws = parse_compact_jws(token);
  if (!jws) return std::nullopt;
  auto claims = events::json::scratch_document().parse(jws->payload);
  if (!claims || claims->kind() != events::json::Kind::object) return std::nullopt;
  auto issuer = member(*claims, "iss");
  if (!issuer || !is_text(*issuer) || !is_name(issuer->text(), issuer_bytes_max)) return std::nullopt;
  return std::string{issuer->text()};
}

std::string issue_access_token(const Claims& claims, std::string_view tenant_claim, std::string_view key_id,
                               const PrivateKey& key) {
  return sign_compact_jws(access_token_type, key_id, write_claims(claims, tenant_claim), key);
}

}  // namespace tenantry::api::tokens
