#include "api/oauth/metadata.hpp"

#include <initializer_list>
#include <vector>

#include "api/oauth/redirect_uri.hpp"
#include "api/tokens/pkce.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::oauth {
namespace {

using events::json::ObjectWriter;

template <class Texts>
void append_list(std::string& out, const Texts& texts) {
  out += '[';
  bool first = true;
  for (std::string_view each : texts) {
    if (!first) out += ',';
    first = false;
    events::json::append_text(out, each);
  }
  out += ']';
}

void add_list(ObjectWriter& object, std::string_view name, std::initializer_list<std::string_view> texts) {
  append_list(object.key(name), texts);
}

void add_endpoints(ObjectWriter& object, std::string_view issuer) {
  auto add = [&](std::string_view name, std::string_view path) {
    events::json::append_text(object.key(name), std::string{issuer} + std::string{path});
  };
  add("issuer", "");
  add("authorization_endpoint", authorization_path);
  add("token_endpoint", token_path);
  add("revocation_endpoint", revocation_path);
  add("introspection_endpoint", introspection_path);
  add("jwks_uri", jwks_path);
}

// As authorization_request.hpp and token_request.hpp have it.
void add_what_is_read(ObjectWriter& object) {
  add_list(object, "response_types_supported", {"code"});
  add_list(object, "response_modes_supported", {"query"});
  add_list(object, "grant_types_supported", {"authorization_code", "refresh_token", "client_credentials"});
  add_list(object, "code_challenge_methods_supported", {tokens::pkce_method});
  for (std::string_view each :
       {"token_endpoint_auth_methods_supported", "revocation_endpoint_auth_methods_supported"}) {
    add_list(object, each, {"none", "client_secret_basic", "client_secret_post"});
  }
  add_list(object, "introspection_endpoint_auth_methods_supported", {"client_secret_basic", "client_secret_post"});
  for (std::string_view each :
       {"claims_parameter_supported", "request_parameter_supported", "request_uri_parameter_supported"}) {
    events::json::append_boolean(object.key(each), false);
  }
  events::json::append_boolean(object.key("authorization_response_iss_parameter_supported"), true);
}

}  // namespace

std::optional<std::string> fault_of_issuer(std::string_view issuer) {
  if (issuer.contains('?')) return "has a query";
  if (issuer.ends_with('/')) return "has a slash at its end";
  if (auto fault = fault_of_redirect_uri(issuer)) return fault;
  if (!issuer.starts_with("https:") && !issuer.starts_with("http:")) return "must begin with https://";
  return std::nullopt;
}

std::string metadata_document(std::string_view issuer, const tokens::Scopes& scopes,
                              std::span<const tokens::SignatureAlgorithm> algorithms) {
  std::string document;
  {
    ObjectWriter object{document};
    add_endpoints(object, issuer);
    append_list(object.key("scopes_supported"), scopes.names());
    add_what_is_read(object);
    add_list(object, "subject_types_supported", {"public"});
    std::vector<std::string_view> names;
    for (tokens::SignatureAlgorithm each : algorithms) names.push_back(tokens::name_of(each));
    append_list(object.key("id_token_signing_alg_values_supported"), names);
    add_list(object, "claims_supported", {"iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "sid", "tenant"});
  }
  return document;
}

}  // namespace tenantry::api::oauth
