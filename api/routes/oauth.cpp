// Where people log in and programs get tokens. None of it takes an access token.
#include "api/oauth/metadata.hpp"
#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"

namespace tenantry::api {
namespace {

constexpr std::size_t form_body_bytes_max = 32u << 10;

// What changes is decided where the tenant is served.
Route page(http::Method method, std::string pattern, std::string summary, TenantShown tenant, Serve serve) {
  bool changes = method == http::Method::post;
  return {.method = method,
          .pattern = std::move(pattern),
          .summary = std::move(summary),
          .reach = changes             ? Reach::command
                   : tenant == nullptr ? Reach::service
                                       : Reach::query,
          .requirement = nothing_required,
          .visitors = Visitors::browsers,
          .tenant = tenant == nullptr ? NamedBy::nothing : NamedBy::shown,
          .tenant_shown = tenant,
          .answer = {AnswerShape::Kind::text},
          .keeping = Keeping::never,
          .body_bytes_max = changes ? form_body_bytes_max : 0,
          .serve = std::move(serve)};
}

Route endpoint(http::Method method, std::string_view pattern, std::string summary, TenantShown tenant, Serve serve) {
  Route route = page(method, std::string{pattern}, std::move(summary), tenant, std::move(serve));
  route.visitors = Visitors::programs;
  route.answer = {AnswerShape::Kind::json};
  if (method == http::Method::get) route.keeping = Keeping::openly;
  return route;
}

// Of the caller's own, in the tenant of the token.
Route of_self(http::Method method, std::string pattern, std::string summary, Serve serve) {
  bool changes = method == http::Method::post;
  return {.method = method,
          .pattern = std::move(pattern),
          .summary = std::move(summary),
          .reach = changes ? Reach::command : Reach::query,
          .requirement = principal_required,
          .answer = {AnswerShape::Kind::json},
          .keeping = Keeping::never,
          .body_bytes_max = changes ? command_body_bytes_max : 0,
          .serve = std::move(serve)};
}

}  // namespace

std::vector<Route> oauth_routes() {
  using enum http::Method;
  return {
      page(get, std::string{oauth::authorization_path}, "The page where a person logs in for an application (RFC 6749)",
           tenant_of_authorization, serve_authorization),
      page(post, "/oauth/login", "What a person typed there", tenant_of_login, serve_login),
      page(get, "/oauth/invitation", "The page where an invited person chooses a password", tenant_of_invitation,
           serve_invitation_page),
      page(post, "/oauth/password", "What a person chose there", tenant_of_invitation, serve_password_choice),
      endpoint(post, oauth::token_path, "Tokens for a code, a refresh token or a service's key (RFC 6749)",
               tenant_of_token_request, serve_token),
      endpoint(post, oauth::revocation_path, "End the session of a token (RFC 7009)", tenant_of_token_request,
               serve_revocation),
      endpoint(post, oauth::introspection_path, "What a token says, for services (RFC 7662)", tenant_of_token_request,
               serve_introspection),
      endpoint(get, oauth::jwks_path, "The keys that tokens are signed with (RFC 7517)", nullptr, serve_keys),
      endpoint(get, oauth::oauth_metadata_path, "What OAuth clients find here (RFC 8414)", nullptr, serve_metadata),
      endpoint(get, oauth::openid_metadata_path, "What OpenID clients find here", nullptr, serve_metadata),
      of_self(get, "/v1/me", "Who the caller is, and what the caller may do", serve_self),
      of_self(post, "/v1/me/log-out", "End the caller's session", serve_log_out),
      of_self(post, "/v1/me/password", "Change the caller's password: current and new", serve_password_change),
      of_self(post, "/v1/me/second-factor", "Make a seed for one-time codes; told once", serve_second_factor),
      of_self(post, "/v1/me/second-factor/confirm", "Ask the caller for one-time codes from now on: id and code",
              serve_second_factor_confirmation),
      of_self(post, "/v1/me/second-factor/remove", "Ask the caller for no more codes: code",
              serve_second_factor_removal)};
}

}  // namespace tenantry::api
