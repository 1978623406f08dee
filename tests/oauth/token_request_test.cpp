// The token, revocation and introspection endpoints: what is asked of them, by whom, and what they answer.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "api/oauth/token_request.hpp"
#include "api/tokens/base_encodings.hpp"

using namespace tenantry;
using namespace tenantry::api;
using namespace tenantry::api::oauth;

namespace {

const Uuid application = Uuid::parse("0190a1b2-c3d4-75f6-8718-293a4b5c6d7e").value();
const Uuid key_id = Uuid::parse("0190eeee-c3d4-75f6-8718-293a4b5c6d7e").value();
const TenantId tenant = TenantId::parse("0190ffff-c3d4-75f6-8718-293a4b5c6d7e").value();
const tokens::OpaqueSecret key = tokens::make_opaque_secret(service_key_prefix, tenant, key_id);
constexpr std::string_view verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

using Fields = std::map<std::string, std::string>;
using Header = std::optional<std::string>;

Form form_of(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) text += encode_form({{name, value}}) + "&";
  return Form::parse(text).value();
}

auto read(const Fields& fields, const Header& header = std::nullopt) {
  return read_token_request(form_of(fields), header);
}
std::string error_of(const Fields& fields, const Header& header = std::nullopt) {
  auto request = read(fields, header);
  if (request) return "none";
  return request.error().error + (request.error().challenge ? " 401" : "");
}

std::string basic(std::string_view client_id, std::string_view client_secret) {
  return "Basic " + tokens::encode_base64(std::string{client_id} + ":" + std::string{client_secret});
}

Fields code_exchange() {
  return {{"grant_type", "authorization_code"},
          {"client_id", application.text()},
          {"code", "SplxlOBeZQQYbYS6WxSbIA"},
          {"redirect_uri", "https://app.example/cb"},
          {"code_verifier", std::string{verifier}}};
}
Fields refresh() {
  return {{"grant_type", "refresh_token"}, {"client_id", application.text()}, {"refresh_token", "tnt_refresh_x"}};
}
Fields client_credentials() {
  return {{"grant_type", "client_credentials"}, {"client_id", key_id.text()}, {"client_secret", key.text}};
}
Fields with(Fields fields, const std::string& name, const std::string& value) {
  fields[name] = value;
  return fields;
}
Fields without(Fields fields, std::initializer_list<const char*> names) {
  for (const char* name : names) fields.erase(name);
  return fields;
}

void check_is_key(const ServiceKey& shown) {
  CHECK(shown.tenant == tenant);
  CHECK(shown.id == key_id);
  CHECK(tokens::same_secret(key.verifier, shown.verifier));
}

}  // namespace

TEST_CASE("a code is exchanged by an application that says which it is") {
  auto request = read(code_exchange());
  REQUIRE(request);
  const auto& exchange = std::get<CodeExchange>(*request);
  CHECK(exchange.client == application);
  CHECK(exchange.code == "SplxlOBeZQQYbYS6WxSbIA");
  CHECK(exchange.redirect_uri == "https://app.example/cb");
  CHECK(exchange.code_verifier == verifier);
  for (const char* each : {"code", "redirect_uri", "code_verifier"}) {
    CAPTURE(each);
    CHECK(error_of(without(code_exchange(), {each})) == "invalid_request");
    CHECK(read(without(code_exchange(), {each})).error().description == std::string{each} + " is missing");
  }
  CHECK(error_of(with(code_exchange(), "code_verifier", "short")) == "invalid_request");
  CHECK(error_of(with(code_exchange(), "code_verifier", std::string(43, '+'))) == "invalid_request");
}

TEST_CASE("a refresh names its token and perhaps fewer scopes") {
  auto request = read(refresh());
  REQUIRE(request);
  CHECK(std::get<Refresh>(*request).client == application);
  CHECK(std::get<Refresh>(*request).refresh_token == "tnt_refresh_x");
  CHECK_FALSE(std::get<Refresh>(*request).scopes);
  auto narrower = read(with(refresh(), "scope", "roster:read"));
  REQUIRE(narrower);
  CHECK(std::get<Refresh>(*narrower).scopes == tokens::Scopes::parse("roster:read"));
  CHECK(error_of(without(refresh(), {"refresh_token"})) == "invalid_request");
  CHECK(error_of(with(refresh(), "scope", "a  b")) == "invalid_scope");
}

TEST_CASE("a service shows its key in the body or in the header") {
  auto in_body = read(client_credentials());
  REQUIRE(in_body);
  check_is_key(std::get<ClientCredentials>(*in_body).key);
  CHECK_FALSE(std::get<ClientCredentials>(*in_body).scopes);

  const Fields grant_alone = {{"grant_type", "client_credentials"}, {"scope", "roster:read"}};
  for (const std::string& header : {basic(key_id.text(), key.text), "bASIC " + basic(key_id.text(), key.text).substr(6),
                                    basic("%30" + key_id.text().substr(1), "%74" + key.text.substr(1))}) {
    CAPTURE(header);
    auto in_header = read(grant_alone, header);
    REQUIRE(in_header);
    check_is_key(std::get<ClientCredentials>(*in_header).key);
    CHECK(std::get<ClientCredentials>(*in_header).scopes == tokens::Scopes::parse("roster:read"));
  }
  CHECK(read(with(grant_alone, "client_id", key_id.text()), basic(key_id.text(), key.text)));
  CHECK(error_of(with(client_credentials(), "scope", "\"")) == "invalid_scope");
}

TEST_CASE("two ways at once to say who one is are refused") {
  CHECK(error_of(client_credentials(), basic(key_id.text(), key.text)) == "invalid_request");
  CHECK(error_of(with(client_credentials(), "client_secret", ""), basic(key_id.text(), key.text)) == "none");
  CHECK(error_of({{"grant_type", "client_credentials"}, {"client_id", application.text()}},
                 basic(key_id.text(), key.text)) == "invalid_request");
}

TEST_CASE("a client that does not say who it is gets 401 if it tried by a header, else 400") {
  CHECK(error_of(without(code_exchange(), {"client_id"})) == "invalid_client");
  CHECK(error_of(with(code_exchange(), "client_id", "web")) == "invalid_client");
  CHECK(error_of(without(client_credentials(), {"client_secret"})) == "invalid_client");
  CHECK(error_of(without(client_credentials(), {"client_id"})) == "invalid_client");
  CHECK(error_of(with(client_credentials(), "client_secret", key.text + "x")) == "invalid_client");
  CHECK(error_of(with(client_credentials(), "client_id", application.text())) == "invalid_client");

  const Fields grant_alone = {{"grant_type", "client_credentials"}};
  const std::string good = basic(key_id.text(), key.text);
  for (const std::string& header :
       {std::string{}, std::string{"Basic"}, std::string{"Basic "}, std::string{"Bearer x"}, std::string{"Basic ???"},
        good + "=", good.substr(0, good.size() - 4), "Basic " + tokens::encode_base64("no colon"),
        "Basic " + tokens::encode_base64(key_id.text() + ":%zz"), basic(application.text(), key.text),
        basic(key_id.text(), ""), basic("", key.text), basic(key_id.text(), "tnt_key_x"),
        basic(key_id.text(), std::string(2000, 'x'))}) {
    CAPTURE(header);
    CHECK(error_of(grant_alone, header) == "invalid_client 401");
  }
}

TEST_CASE("neither kind of client has the other's grants") {
  CHECK(error_of(with(with(code_exchange(), "client_id", key_id.text()), "client_secret", key.text)) ==
        "unauthorized_client");
  CHECK(error_of(without(refresh(), {"client_id"}), basic(key_id.text(), key.text)) == "unauthorized_client");
}

TEST_CASE("no other grant is served") {
  CHECK(error_of({{"client_id", application.text()}}) == "invalid_request");
  for (const char* grant : {"password", "implicit", "urn:ietf:params:oauth:grant-type:device_code", "Refresh_token"}) {
    CAPTURE(grant);
    CHECK(error_of({{"grant_type", grant}, {"username", "ann"}, {"password", "x"}}) == "unsupported_grant_type");
  }
}

TEST_CASE("tokens are revoked by the application or the service that has them") {
  auto by_application = read_revocation_request(
      form_of({{"token", "t"}, {"token_type_hint", "refresh_token"}, {"client_id", application.text()}}), std::nullopt);
  REQUIRE(by_application);
  CHECK(by_application->token == "t");
  CHECK(by_application->token_type_hint == "refresh_token");
  CHECK(std::get<PublicClient>(by_application->client).id == application);

  auto by_service = read_revocation_request(form_of({{"token", "t"}}), basic(key_id.text(), key.text));
  REQUIRE(by_service);
  CHECK(by_service->token_type_hint.empty());
  check_is_key(std::get<ServiceKey>(by_service->client));

  auto without_token = read_revocation_request(form_of({{"client_id", application.text()}}), std::nullopt);
  REQUIRE_FALSE(without_token);
  CHECK(without_token.error() == OauthError{"invalid_request", "token is missing"});
  auto from_nobody = read_revocation_request(form_of({{"token", "t"}}), std::nullopt);
  REQUIRE_FALSE(from_nobody);
  CHECK(from_nobody.error().error == "invalid_client");
}

TEST_CASE("services alone ask about tokens") {
  auto by_service = read_introspection_request(form_of({{"token", "t"}, {"token_type_hint", "access_token"}}),
                                               basic(key_id.text(), key.text));
  REQUIRE(by_service);
  CHECK(by_service->token == "t");
  CHECK(by_service->token_type_hint == "access_token");
  check_is_key(by_service->key);
  auto by_application =
      read_introspection_request(form_of({{"token", "t"}, {"client_id", application.text()}}), std::nullopt);
  REQUIRE_FALSE(by_application);
  CHECK(by_application.error().error == "invalid_client");
  CHECK(by_application.error().challenge);
  auto from_nobody = read_introspection_request(form_of({{"token", "t"}}), std::nullopt);
  REQUIRE_FALSE(from_nobody);
  CHECK(from_nobody.error().challenge);
  auto without_token = read_introspection_request(form_of({}), basic(key_id.text(), key.text));
  REQUIRE_FALSE(without_token);
  CHECK(without_token.error() == OauthError{"invalid_request", "token is missing"});
}

TEST_CASE("an answer with tokens is JSON that nobody may keep") {
  auto all = token_response({"at", 600, tokens::Scopes::parse("roster:read openid").value(), "rt", "it"});
  CHECK(all.status == 200);
  CHECK(all.content_type == "application/json");
  CHECK(all.headers == http::ResponseHeaders{{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}});
  CHECK(nlohmann::json::parse(all.body) == nlohmann::json{{"access_token", "at"},
                                                          {"token_type", "Bearer"},
                                                          {"expires_in", 600},
                                                          {"refresh_token", "rt"},
                                                          {"scope", "openid roster:read"},
                                                          {"id_token", "it"}});
  auto least = token_response({"at", 600, {}, {}, {}});
  CHECK(nlohmann::json::parse(least.body) ==
        nlohmann::json{{"access_token", "at"}, {"token_type", "Bearer"}, {"expires_in", 600}});
}

TEST_CASE("an error is JSON that nobody may keep, with a challenge if the header was wrong") {
  auto invalid_grant = error_response({"invalid_grant", "the code is not good"});
  CHECK(invalid_grant.status == 400);
  CHECK(invalid_grant.content_type == "application/json");
  CHECK(invalid_grant.headers == http::ResponseHeaders{{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}});
  CHECK(nlohmann::json::parse(invalid_grant.body) ==
        nlohmann::json{{"error", "invalid_grant"}, {"error_description", "the code is not good"}});
  CHECK(error_response({"invalid_grant", ""}).body == R"({"error":"invalid_grant"})");

  CHECK(error_response(invalid_client("x", false)).status == 400);
  auto challenged = error_response(invalid_client("x", true));
  CHECK(challenged.status == 401);
  CHECK(challenged.headers.back() ==
        std::pair<std::string, std::string>{"WWW-Authenticate", "Basic realm=\"tenantry\", charset=\"UTF-8\""});
}
