// ID tokens: what an application is told of who logged in (OpenID Connect Core section 2), signed.
//
// A compact JWS of `typ` "JWT", which is how everything that reads access tokens knows that it is none ("at+jwt", RFC
// 9068 section 4). Its claims: `iss`, `sub`, `aud` (the application alone), `exp`, `iat`, `auth_time`; `nonce` as the
// application sent it, if it did; `sid`, the session; and the claim that names the tenant. Clients know the key by
// `kid` from the published set; RS256 is what all of them read (OpenID Connect Discovery section 3).
//
// Texts must be UTF-8 and `tenant_claim` must need no escape in JSON. Pure function; any thread. Throws
// std::runtime_error if OpenSSL fails.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/tokens/private_key.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::api::oauth {

struct IdToken {
  std::string issuer;
  std::string subject;
  Uuid client;
  TenantId tenant;
  Uuid session;
  std::string nonce;                    // empty: none
  std::int64_t authenticated_at_s = 0;  // seconds since 1970, as the other moments
  std::int64_t issued_at_s = 0;
  std::int64_t expires_at_s = 0;
};

std::string issue_id_token(const IdToken& token, std::string_view tenant_claim, std::string_view key_id,
                           const tokens::PrivateKey& key);

}  // namespace tenantry::api::oauth
