#include "api/oauth/authorization_code.hpp"

#include "api/oauth/fields.hpp"
#include "api/oauth/sealed_text.hpp"

namespace tenantry::api::oauth {
namespace {

constexpr char version = 1;
constexpr std::string_view kind = "tenantry authorization code ";
constexpr int moment_bytes = 8;
constexpr std::int64_t ms_per_s = 1000;

}  // namespace

std::string seal_code(std::string_view key, const AuthorizationCode& code) {
  FieldWriter fields;
  fields.id(code.tenant.value).id(code.user).id(code.session).id(code.client);
  fields.text(code.redirect_uri).text(code.code_challenge).text(code.scope).text(code.nonce);
  fields.number(static_cast<std::uint64_t>(code.authenticated_at_s), moment_bytes);
  fields.number(static_cast<std::uint64_t>(code.expires_at_s), moment_bytes);
  return seal_text(key, kind, version, fields.written());
}

std::optional<AuthorizationCode> open_code(std::string_view key, std::string_view text, Instant now) {
  auto plain = open_text(key, kind, version, text);
  if (!plain) return std::nullopt;
  FieldReader fields{*plain};
  AuthorizationCode code;
  code.tenant = TenantId{fields.id()};
  code.user = fields.id();
  code.session = fields.id();
  code.client = fields.id();
  for (std::string* each : {&code.redirect_uri, &code.code_challenge, &code.scope, &code.nonce}) *each = fields.text();
  code.authenticated_at_s = static_cast<std::int64_t>(fields.number(moment_bytes));
  code.expires_at_s = static_cast<std::int64_t>(fields.number(moment_bytes));
  if (!fields.is_whole() || now.unix_ms >= code.expires_at_s * ms_per_s) return std::nullopt;
  return code;
}

}  // namespace tenantry::api::oauth
