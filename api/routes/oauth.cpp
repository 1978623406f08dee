// Where people log in and programs get tokens. None of it takes an access token.
#include "api/oauth/metadata.hpp"
#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"

namespace tenantry::api {
namespace {

constexpr std::size_t form_body_bytes_max = 32u << 10;

Route page(http::Method method, std::string pattern, std::string summary, Serve serve) {
  return {.method = method,
          .pattern = std::move(pattern),
          .summary = std::move(summary),
          .reach = Reach::service,
          .requirement = nothing_required,
          .visitors = Visitors::browsers,
          .tenant = NamedBy::nothing,
          .answer = {AnswerShape::Kind::text},
          .keeping = Keeping::never,
          .body_bytes_max = method == http::Method::post ? form_body_bytes_max : 0,
          .serve = std::move(serve)};
}

Route endpoint(http::Method method, std::string_view pattern, std::string summary, Serve serve) {
  Route route = page(method, std::string{pattern}, std::move(summary), std::move(serve));
  route.visitors = Visitors::programs;
  route.answer = {AnswerShape::Kind::json};
  if (method == http::Method::get) route.keeping = Keeping::openly;
  return route;
}

}  // namespace

std::vector<Route> oauth_routes() {
  using enum http::Method;
  return {page(get, std::string{oauth::authorization_path},
               "The page where a person logs in for an application (RFC 6749)", serve_authorization),
          page(post, "/oauth/login", "What a person typed there", serve_login),
          page(get, "/oauth/invitation", "The page where an invited person chooses a password", serve_invitation_page),
          page(post, "/oauth/password", "What a person chose there", serve_password_choice),
          endpoint(post, oauth::token_path, "Tokens for a code, a refresh token or a service's key (RFC 6749)",
                   serve_token),
          endpoint(post, oauth::revocation_path, "End the session of a token (RFC 7009)", serve_revocation),
          endpoint(post, oauth::introspection_path, "What a token says, for services (RFC 7662)", serve_introspection),
          endpoint(get, oauth::jwks_path, "The keys that tokens are signed with (RFC 7517)", serve_keys),
          endpoint(get, oauth::oauth_metadata_path, "What OAuth clients find here (RFC 8414)", serve_metadata),
          endpoint(get, oauth::openid_metadata_path, "What OpenID clients find here", serve_metadata)};
}

}  // namespace tenantry::api
