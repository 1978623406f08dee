#include "api/oauth/id_token.hpp"

#include "api/tokens/compact_jws.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::oauth {

std::string issue_id_token(const IdToken& token, std::string_view tenant_claim, std::string_view key_id,
                           const tokens::PrivateKey& key) {
  std::string payload;
  {
    events::json::ObjectWriter object{payload};
    auto add_text = [&](std::string_view name, std::string_view value) {
      events::json::append_text(object.key(name), value);
    };
    auto add_moment = [&](std::string_view name, std::int64_t seconds) {
      events::json::append_integer(object.key(name), seconds);
    };
    add_text("iss", token.issuer);
    add_text("sub", token.subject);
    add_text("aud", token.client.text());
    add_moment("exp", token.expires_at_s);
    add_moment("iat", token.issued_at_s);
    add_moment("auth_time", token.authenticated_at_s);
    if (!token.nonce.empty()) add_text("nonce", token.nonce);
    add_text("sid", token.session.text());
    add_text(tenant_claim, token.tenant.text());
  }
  return tokens::sign_compact_jws("JWT", key_id, payload, key);
}

}  // namespace tenantry::api::oauth
