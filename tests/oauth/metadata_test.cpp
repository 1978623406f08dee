// What the server says of itself, and that it is what it does.
#include "api/oauth/metadata.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "api/oauth/authorization_request.hpp"
#include "api/oauth/token_request.hpp"
#include "api/tokens/base_encodings.hpp"

using namespace tenantry;
using namespace tenantry::api;
using namespace tenantry::api::oauth;
using nlohmann::json;

namespace {

constexpr tokens::SignatureAlgorithm algorithms[] = {tokens::SignatureAlgorithm::es256,
                                                     tokens::SignatureAlgorithm::rs256};
const json document = json::parse(
    metadata_document("https://id.example", tokens::Scopes::parse("openid roster:read").value(), algorithms));

const std::string client_id = "0190a1b2-c3d4-75f6-8718-293a4b5c6d7e";
const Uuid key_id = Uuid::parse("0190eeee-c3d4-75f6-8718-293a4b5c6d7e").value();
const tokens::OpaqueSecret key =
    tokens::make_opaque_secret(service_key_prefix, TenantId{Uuid::parse(client_id).value()}, key_id);

// Of an authorization request that is good but for what is added to it.
std::string authorization_error(const std::string& added) {
  auto form = Form::parse("client_id=" + client_id +
                          "&redirect_uri=https://app.example/cb&code_challenge=" + std::string(43, 'A') + added)
                  .value();
  auto request = read_authorization_request(form, read_authorization_target(form).value());
  return request ? "none" : request.error().error;
}

// How the endpoint is asked by each way of authentication.
struct Asked {
  std::string fields;
  std::optional<std::string> header;
};
Asked asked_by(const std::string& method) {
  if (method == "none") return {"&client_id=" + client_id, std::nullopt};
  if (method == "client_secret_post") {
    return {"&client_id=" + key_id.text() + "&client_secret=" + key.text, std::nullopt};
  }
  REQUIRE(method == "client_secret_basic");
  return {"", "Basic " + tokens::encode_base64(key_id.text() + ":" + key.text)};
}

}  // namespace

TEST_CASE("the document names the issuer and its endpoints") {
  CHECK(document["issuer"] == "https://id.example");
  CHECK(document["authorization_endpoint"] == "https://id.example/oauth/authorize");
  CHECK(document["token_endpoint"] == "https://id.example/oauth/token");
  CHECK(document["revocation_endpoint"] == "https://id.example/oauth/revoke");
  CHECK(document["introspection_endpoint"] == "https://id.example/oauth/introspect");
  CHECK(document["jwks_uri"] == "https://id.example/oauth/jwks");
  CHECK(document["scopes_supported"] == json{"openid", "roster:read"});
}

TEST_CASE("the document has what RFC 8414 and OpenID Connect Discovery ask for") {
  for (const char* each : {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "response_types_supported",
                           "subject_types_supported", "id_token_signing_alg_values_supported"}) {
    CAPTURE(each);
    CHECK(document.contains(each));
  }
  CHECK(document["subject_types_supported"] == json{"public"});
  CHECK(document["id_token_signing_alg_values_supported"] == json{"ES256", "RS256"});
  CHECK(document["authorization_response_iss_parameter_supported"] == true);
}

TEST_CASE("what the document says of authorization requests is what is read") {
  for (const std::string type : document["response_types_supported"]) {
    for (const std::string mode : document["response_modes_supported"]) {
      for (const std::string method : document["code_challenge_methods_supported"]) {
        CHECK(authorization_error("&response_type=" + type + "&response_mode=" + mode +
                                  "&code_challenge_method=" + method) == "none");
      }
    }
  }
  const std::string good = "&response_type=code&code_challenge_method=S256";
  for (const std::string each : {"request", "request_uri"}) {
    CHECK(document[each + "_parameter_supported"] == false);
    CHECK(authorization_error(good + "&" + each + "=x") == each + "_not_supported");
  }
  CHECK(document["claims_parameter_supported"] == false);
}

TEST_CASE("what the document says of grants is what is read") {
  CHECK(document["grant_types_supported"].size() == 3);
  for (const std::string grant : document["grant_types_supported"]) {
    auto request = read_token_request(Form::parse("grant_type=" + grant).value(), std::nullopt);
    REQUIRE_FALSE(request);
    CHECK(request.error().error == "invalid_client");  // and not unsupported_grant_type
  }
}

TEST_CASE("what the document says of authentication is what is read") {
  CHECK(document["token_endpoint_auth_methods_supported"] == json{"none", "client_secret_basic", "client_secret_post"});
  for (const std::string method : document["token_endpoint_auth_methods_supported"]) {
    Asked asked = asked_by(method);
    const std::string grant = method == "none" ? "refresh_token&refresh_token=x" : "client_credentials";
    CHECK(read_token_request(Form::parse("grant_type=" + grant + asked.fields).value(), asked.header));
  }
  for (const std::string method : document["revocation_endpoint_auth_methods_supported"]) {
    Asked asked = asked_by(method);
    CHECK(read_revocation_request(Form::parse("token=x" + asked.fields).value(), asked.header));
  }
  CHECK(document["introspection_endpoint_auth_methods_supported"].size() == 2);
  for (const std::string method : document["introspection_endpoint_auth_methods_supported"]) {
    Asked asked = asked_by(method);
    CHECK(read_introspection_request(Form::parse("token=x" + asked.fields).value(), asked.header));
  }
}

TEST_CASE("an issuer is a URL that endpoints can be appended to") {
  for (const char* issuer :
       {"https://id.example", "https://id.example:8443/school", "http://127.0.0.1:8080", "http://localhost:8080"}) {
    CAPTURE(issuer);
    CHECK_FALSE(fault_of_issuer(issuer));
  }
  CHECK(fault_of_issuer("https://id.example/") == "has a slash at its end");
  CHECK(fault_of_issuer("https://id.example?x=1") == "has a query");
  CHECK(fault_of_issuer("https://id.example#x") == "has a fragment");
  CHECK(fault_of_issuer("com.example.app:/x") == "must begin with https://");
  CHECK(fault_of_issuer("http://id.example"));
  CHECK(fault_of_issuer("id.example"));
  CHECK(fault_of_issuer(""));
}
