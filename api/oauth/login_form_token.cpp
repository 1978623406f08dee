#include "api/oauth/login_form_token.hpp"

#include "api/oauth/fields.hpp"
#include "api/oauth/sealed_text.hpp"
#include "api/tokens/secret_bytes.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::oauth {
namespace {

constexpr char version = 1;
constexpr std::string_view kind = "tenantry login form ";
constexpr std::size_t hash_bytes = 32;
constexpr int moment_bytes = 8;
constexpr std::int64_t ms_per_s = 1000;

}  // namespace

std::string seal_login_form(std::string_view key, const LoginForm& form, std::string_view cookie) {
  const AuthorizationRequest& request = form.request;
  FieldWriter fields;
  fields.id(form.tenant.value).id(request.client);
  fields.text(request.redirect_uri).text(request.scope).text(request.state).text(request.nonce);
  fields.text(request.code_challenge).bytes(events::bytes_of(events::sha256({cookie})));
  fields.number(static_cast<std::uint64_t>(form.expires_at_s), moment_bytes);
  return seal_text(key, kind, version, fields.written());
}

std::optional<LoginForm> open_login_form(std::string_view key, std::string_view text, std::string_view cookie,
                                         Instant now) {
  auto plain = open_text(key, kind, version, text);
  if (!plain) return std::nullopt;
  FieldReader fields{*plain};
  LoginForm form;
  AuthorizationRequest& request = form.request;
  form.tenant = TenantId{fields.id()};
  request.client = fields.id();
  for (std::string* each :
       {&request.redirect_uri, &request.scope, &request.state, &request.nonce, &request.code_challenge}) {
    *each = fields.text();
  }
  std::string cookie_hash = fields.bytes(hash_bytes);
  form.expires_at_s = static_cast<std::int64_t>(fields.number(moment_bytes));
  bool is_good = fields.is_whole() && now.unix_ms < form.expires_at_s * ms_per_s &&
                 tokens::equal_in_constant_time(cookie_hash, events::bytes_of(events::sha256({cookie})));
  if (!is_good) return std::nullopt;
  return form;
}

}  // namespace tenantry::api::oauth
