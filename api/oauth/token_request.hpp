// What is asked of the token endpoint (RFC 6749 sections 4.1.3, 4.4.2 and 6; RFC 7636 section 4.5), of the revocation
// endpoint (RFC 7009) and of the introspection endpoint (RFC 7662), and the answer with tokens (RFC 6749 section 5.1).
//
// A public client exchanges a code or refreshes; a service gets tokens for its key (`client_credentials`). Either in
// the other's place is `unauthorized_client`, any other grant `unsupported_grant_type`; how a client says who it is:
// client_authentication.hpp. Of a code and a refresh token no more is said here than that they were sent; whether they
// are good is for authorization_code.hpp, refresh_token.hpp and the caller, who answers `invalid_grant` if not.
// `token_type_hint` may be anything (RFC 7009 section 2.1) and is only a hint. Introspection is for services alone: to
// a client without a secret anybody's token would be told (RFC 7662 section 2.1); there a client that failed to
// authenticate itself is always told so by 401 (section 2.3).
//
// Plain values and pure functions; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "api/http/response.hpp"
#include "api/oauth/client_authentication.hpp"
#include "api/oauth/form.hpp"
#include "api/oauth/oauth_error.hpp"
#include "api/tokens/scopes.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::api::oauth {

struct CodeExchange {
  Uuid client;
  std::string code;
  std::string redirect_uri;
  std::string code_verifier;  // of the form of one
};
struct Refresh {
  Uuid client;
  std::string refresh_token;
  std::optional<tokens::Scopes> scopes;  // nothing: as before
};
struct ClientCredentials {
  ServiceKey key;
  std::optional<tokens::Scopes> scopes;  // nothing: all that the key may
};
using TokenRequest = std::variant<CodeExchange, Refresh, ClientCredentials>;

std::expected<TokenRequest, OauthError> read_token_request(const Form& form,
                                                           std::optional<std::string_view> authorization_header);

struct RevocationRequest {
  Client client;
  std::string token;
  std::string token_type_hint;  // empty: none
};
struct IntrospectionRequest {
  ServiceKey key;
  std::string token;
  std::string token_type_hint;  // empty: none
};

std::expected<RevocationRequest, OauthError> read_revocation_request(
    const Form& form, std::optional<std::string_view> authorization_header);
std::expected<IntrospectionRequest, OauthError> read_introspection_request(
    const Form& form, std::optional<std::string_view> authorization_header);

struct TokenAnswer {
  std::string access_token;
  std::int64_t expires_in_s = 0;
  tokens::Scopes scopes;  // told if there are any
  std::optional<std::string> refresh_token;
  std::optional<std::string> id_token;
};
// Of type Bearer (RFC 6750). Nobody may keep it.
http::Response token_response(const TokenAnswer& answer);

}  // namespace tenantry::api::oauth
