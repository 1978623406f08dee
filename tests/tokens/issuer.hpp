// An issuer for tests: a key of each algorithm, the set that it publishes, and tokens with any header and payload.
#pragma once

#include "api/tokens/access_token.hpp"
#include "api/tokens/base_encodings.hpp"

namespace tenantry::test {

inline constexpr Instant noon{1'760'000'000'000};
inline constexpr std::int64_t noon_s = noon.unix_ms / 1000;
inline Instant after(std::int64_t seconds) {
  return {noon.unix_ms + seconds * 1000};
}

inline const api::tokens::PrivateKey& key_for(api::tokens::SignatureAlgorithm algorithm) {
  using api::tokens::PrivateKey;
  using api::tokens::SignatureAlgorithm;
  static const PrivateKey rs256 = PrivateKey::generate(SignatureAlgorithm::rs256);
  static const PrivateKey es256 = PrivateKey::generate(SignatureAlgorithm::es256);
  static const PrivateKey eddsa = PrivateKey::generate(SignatureAlgorithm::eddsa);
  if (algorithm == SignatureAlgorithm::rs256) return rs256;
  return algorithm == SignatureAlgorithm::es256 ? es256 : eddsa;
}
inline const api::tokens::PrivateKey& issuer_key() {
  return key_for(api::tokens::SignatureAlgorithm::es256);
}

// Its keys are named like their algorithms.
inline const api::tokens::KeySet& issuer_keys() {
  using api::tokens::SignatureAlgorithm;
  static const auto keys = [] {
    std::vector<api::tokens::Jwk> all;
    for (auto each : {SignatureAlgorithm::rs256, SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
      all.push_back({std::string{name_of(each)}, key_for(each).public_key()});
    }
    return api::tokens::KeySet::make(std::move(all)).value();
  }();
  return keys;
}

inline std::string token_of(std::string_view header, std::string_view payload,
                            const api::tokens::PrivateKey& key = issuer_key()) {
  std::string token = api::tokens::encode_base64url(header) + '.' + api::tokens::encode_base64url(payload);
  return token + '.' + api::tokens::encode_base64url(key.sign(token));
}

inline const api::tokens::AccessTokenRules rules{"https://issuer.example", "https://tenantry.example"};

inline api::tokens::Claims ann() {
  api::tokens::Claims claims;
  claims.issuer = rules.issuer;
  claims.subject = "ann";
  claims.audience = {rules.audience};
  claims.expires_at_s = noon_s + 600;
  claims.issued_at_s = noon_s;
  claims.token_id = "token-1";
  claims.client_id = "web";
  return claims;
}

inline std::string issued(const api::tokens::Claims& claims) {
  return api::tokens::issue_access_token(claims, rules.tenant_claim, "ES256", issuer_key());
}

}  // namespace tenantry::test
