#include "api/oauth/token_request.hpp"

#include "api/oauth/json_response.hpp"
#include "api/oauth/redirect_uri.hpp"
#include "api/tokens/pkce.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::oauth {
namespace {

std::unexpected<OauthError> refused(std::string error, std::string description) {
  return std::unexpected(OauthError{std::move(error), std::move(description)});
}

std::expected<std::string, OauthError> required(const Form& form, std::string_view name) {
  auto value = form.find(name);
  if (!value) return refused("invalid_request", std::string{name} + " is missing");
  return std::string{*value};
}

std::expected<std::optional<tokens::Scopes>, OauthError> scopes_of(const Form& form) {
  auto text = form.find("scope");
  if (!text) return std::nullopt;
  auto scopes = tokens::Scopes::parse(*text);
  if (!scopes) return refused("invalid_scope", "scope is not names with one space between");
  return scopes;
}

std::expected<TokenRequest, OauthError> read_code_exchange(const Form& form, Uuid client) {
  auto code = required(form, "code");
  if (!code) return std::unexpected(code.error());
  auto redirect_uri = required(form, "redirect_uri");
  if (!redirect_uri) return std::unexpected(redirect_uri.error());
  auto verifier = required(form, "code_verifier");
  if (!verifier) return std::unexpected(verifier.error());
  if (!tokens::is_code_verifier(*verifier)) {
    return refused("invalid_request", "code_verifier is not of 43 to 128 unreserved characters");
  }
  return CodeExchange{client, std::move(*code), std::move(*redirect_uri), std::move(*verifier)};
}

std::expected<TokenRequest, OauthError> read_refresh(const Form& form, Uuid client) {
  auto token = required(form, "refresh_token");
  if (!token) return std::unexpected(token.error());
  auto scopes = scopes_of(form);
  if (!scopes) return std::unexpected(scopes.error());
  return Refresh{client, std::move(*token), std::move(*scopes)};
}

std::expected<TokenRequest, OauthError> read_client_credentials(const Form& form, const ServiceKey& key) {
  auto scopes = scopes_of(form);
  if (!scopes) return std::unexpected(scopes.error());
  return ClientCredentials{key, std::move(*scopes)};
}

}  // namespace

std::expected<TokenRequest, OauthError> read_token_request(const Form& form,
                                                           std::optional<std::string_view> authorization_header) {
  auto grant = form.find("grant_type");
  if (!grant) return refused("invalid_request", "grant_type is missing");
  if (*grant != "authorization_code" && *grant != "refresh_token" && *grant != "client_credentials") {
    return refused("unsupported_grant_type",
                   "grant_type must be authorization_code, refresh_token or client_credentials");
  }
  auto client = read_client(form, authorization_header);
  if (!client) return std::unexpected(client.error());
  if (*grant == "client_credentials") {
    if (const auto* key = std::get_if<ServiceKey>(&*client)) return read_client_credentials(form, *key);
    return std::unexpected(invalid_client("client_credentials takes a client_secret", false));
  }
  const auto* application = std::get_if<PublicClient>(&*client);
  if (!application) return refused("unauthorized_client", "a key is for grant_type client_credentials alone");
  return *grant == "refresh_token" ? read_refresh(form, application->id) : read_code_exchange(form, application->id);
}

std::expected<RevocationRequest, OauthError> read_revocation_request(
    const Form& form, std::optional<std::string_view> authorization_header) {
  auto client = read_client(form, authorization_header);
  if (!client) return std::unexpected(client.error());
  auto token = required(form, "token");
  if (!token) return std::unexpected(token.error());
  return RevocationRequest{*client, std::move(*token), std::string{form.find("token_type_hint").value_or("")}};
}

std::expected<IntrospectionRequest, OauthError> read_introspection_request(
    const Form& form, std::optional<std::string_view> authorization_header) {
  auto request = read_revocation_request(form, authorization_header);
  if (!request) {
    request.error().challenge = request.error().error == "invalid_client";
    return std::unexpected(request.error());
  }
  const auto* key = std::get_if<ServiceKey>(&request->client);
  if (!key) return std::unexpected(invalid_client("introspection takes a client_secret", true));
  return IntrospectionRequest{*key, std::move(request->token), std::move(request->token_type_hint)};
}

http::Response token_response(const TokenAnswer& answer) {
  std::string body;
  {
    events::json::ObjectWriter object{body};
    auto add = [&](std::string_view name, std::string_view value) {
      events::json::append_text(object.key(name), value);
    };
    add("access_token", answer.access_token);
    add("token_type", "Bearer");
    events::json::append_integer(object.key("expires_in"), answer.expires_in_s);
    if (answer.refresh_token) add("refresh_token", *answer.refresh_token);
    if (!answer.scopes.empty()) add("scope", answer.scopes.text());
    if (answer.id_token) add("id_token", *answer.id_token);
  }
  return unkept_json(std::move(body));
}

}  // namespace tenantry::api::oauth
