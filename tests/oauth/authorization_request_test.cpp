// Authorization requests: read in two stages, and how browsers are sent back.
#include <catch2/catch.hpp>

#include "api/oauth/authorization_request.hpp"

using namespace tenantry;
using namespace tenantry::api::oauth;

namespace {

constexpr std::string_view client_id = "0190a1b2-c3d4-75f6-8718-293a4b5c6d7e";
constexpr std::string_view challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
constexpr std::string_view issuer = "https://id.example";

using Fields = std::map<std::string, std::string>;

Form form_of(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) text += encode_form({{name, value}}) + "&";
  return Form::parse(text).value();
}

Fields good() {
  return {{"client_id", std::string{client_id}},
          {"redirect_uri", "https://app.example/cb"},
          {"response_type", "code"},
          {"scope", "roster:read openid"},
          {"state", "af0if jsldkj&"},
          {"nonce", "n-0S6_WzA2Mj"},
          {"code_challenge", std::string{challenge}},
          {"code_challenge_method", "S256"}};
}
Fields good_but(const std::string& name, const std::string& value) {
  Fields fields = good();
  fields[name] = value;
  return fields;
}
Fields good_with_long_state() {
  return good_but("state", std::string(state_bytes_max + 1, 's'));
}

std::expected<AuthorizationRequest, OauthError> read(const Fields& fields) {
  Form form = form_of(fields);
  auto target = read_authorization_target(form);
  REQUIRE(target);
  return read_authorization_request(form, *target);
}

std::string error_of(const Fields& fields) {
  auto request = read(fields);
  return request ? "none" : request.error().error + ": " + request.error().description;
}

}  // namespace

TEST_CASE("an authorization request is read") {
  auto request = read(good());
  REQUIRE(request);
  CHECK(*request == AuthorizationRequest{Uuid::parse(client_id).value(), "https://app.example/cb", "openid roster:read",
                                         "af0if jsldkj&", "n-0S6_WzA2Mj", std::string{challenge}});
}

TEST_CASE("scope, state and nonce may be absent") {
  Fields fields = good();
  for (const char* each : {"scope", "state", "nonce"}) fields.erase(each);
  auto request = read(fields);
  REQUIRE(request);
  CHECK(request->scope.empty());
  CHECK(request->state.empty());
  CHECK(request->nonce.empty());
}

TEST_CASE("what is wrong with the client or the redirect URI is told by the first stage, which sends nobody anywhere") {
  auto fault = [](const Fields& fields) {
    auto target = read_authorization_target(form_of(fields));
    REQUIRE_FALSE(target);
    return target.error().field + " " + target.error().detail;
  };
  CHECK(fault(good_but("client_id", "")) == "client_id is missing");
  CHECK(fault(good_but("client_id", "web")) == "client_id is not the id of an application");
  CHECK(fault(good_but("client_id", "00000000-0000-0000-0000-000000000000")) ==
        "client_id is not the id of an application");
  CHECK(fault(good_but("redirect_uri", "")) == "redirect_uri is missing");
  CHECK(fault(good_but("redirect_uri", "javascript:alert(1)")).starts_with("redirect_uri must begin with https://"));
  CHECK(fault(good_but("redirect_uri", "https://app.example/#x")) == "redirect_uri has a fragment");

  auto target = read_authorization_target(form_of(good_but("response_type", "token")));
  REQUIRE(target);
  CHECK(*target == AuthorizationTarget{Uuid::parse(client_id).value(), "https://app.example/cb"});
}

TEST_CASE("only the code flow is served, answered in the query") {
  CHECK(error_of(good_but("response_type", "")) == "invalid_request: response_type is missing");
  for (const char* type : {"token", "id_token", "code id_token", "none", "Code"}) {
    CAPTURE(type);
    CHECK(error_of(good_but("response_type", type)) == "unsupported_response_type: response_type must be code");
  }
  CHECK(error_of(good_but("response_mode", "query")) == "none");
  for (const char* mode : {"fragment", "form_post", "jwt"}) {
    CHECK(error_of(good_but("response_mode", mode)) == "invalid_request: response_mode must be query");
  }
}

TEST_CASE("a challenge by S256 is asked for") {
  CHECK(error_of(good_but("code_challenge", "")) == "invalid_request: code_challenge is missing");
  for (const char* method : {"", "plain", "s256", "S512"}) {
    CAPTURE(method);
    CHECK(error_of(good_but("code_challenge_method", method)) == "invalid_request: code_challenge_method must be S256");
  }
  for (const std::string& other :
       {std::string{"short"}, std::string(42, 'A'), std::string(43, 'B'), std::string{challenge} + "="}) {
    CAPTURE(other);
    CHECK(error_of(good_but("code_challenge", other)) ==
          "invalid_request: code_challenge is not a SHA-256 in base64url without padding");
  }
}

TEST_CASE("nobody is logged in without being asked") {
  CHECK(error_of(good_but("prompt", "none")) == "login_required: the person has to log in");
  CHECK(error_of(good_but("prompt", "none login")) == "invalid_request: prompt must not have none beside other values");
  CHECK(error_of(good_but("prompt", "login none")) == "invalid_request: prompt must not have none beside other values");
  for (const char* prompt : {"login", "consent", "select_account", "login consent"}) {
    CHECK(error_of(good_but("prompt", prompt)) == "none");
  }
  for (const char* prompt : {"create", "Login", "login  consent", " "}) {
    CAPTURE(prompt);
    CHECK(error_of(good_but("prompt", prompt)).starts_with("invalid_request: prompt must be of"));
  }
  CHECK(error_of(good_but("max_age", "0")) == "none");
  CHECK(error_of(good_but("max_age", "3600")) == "none");
  CHECK(error_of(good_but("max_age", "-1")) == "invalid_request: max_age must be a number of seconds");
}

TEST_CASE("a malformed request is told its fault before that somebody has to log in") {
  Fields fields = good_but("prompt", "none");
  fields["code_challenge_method"] = "plain";
  CHECK(error_of(fields) == "invalid_request: code_challenge_method must be S256");
}

TEST_CASE("requests as objects and registrations in requests are refused by their own errors") {
  CHECK(error_of(good_but("request", "eyJhbGciOiJub25lIn0.e30.")) == "request_not_supported: request is not supported");
  CHECK(error_of(good_but("request_uri", "https://evil.example/r")) ==
        "request_uri_not_supported: request_uri is not supported");
  CHECK(error_of(good_but("registration", "{}")) == "registration_not_supported: registration is not supported");
}

TEST_CASE("what is not known is passed over") {
  CHECK(error_of(good_but("ui_locales", "de")) == "none");
  CHECK(error_of(good_but("utm_source", "x")) == "none");
}

TEST_CASE("texts have limits") {
  CHECK(error_of(good_but("scope", "a  b")).starts_with("invalid_scope: "));
  CHECK(error_of(good_but("scope", "a \"b\"")).starts_with("invalid_scope: "));
  std::string scopes(128, 's');
  for (char each : {'a', 'b', 'c', 'd', 'e', 'f', 'g'}) scopes += " " + std::string(127, each);
  REQUIRE(scopes.size() == requested_scope_bytes_max);
  CHECK(error_of(good_but("scope", scopes)) == "none");
  CHECK(error_of(good_but("scope", scopes + "x")).starts_with("invalid_scope: "));
  CHECK(error_of(good_but("nonce", std::string(nonce_bytes_max, 'n'))) == "none");
  CHECK(error_of(good_but("nonce", std::string(nonce_bytes_max + 1, 'n'))) ==
        "invalid_request: nonce is longer than 255 bytes");
  CHECK(error_of(good_but("state", std::string(state_bytes_max, 's'))) == "none");
  CHECK(error_of(good_with_long_state()) == "invalid_request: state is longer than 1024 bytes");
  CHECK(error_of(good_but("state", "é")) == "invalid_request: state has characters other than printable ASCII");
}

TEST_CASE("a browser is sent back with the code, the state as it came and the issuer") {
  auto request = read(good()).value();
  CHECK(success_redirect(request, issuer, "SplxlOBeZQQYbYS6WxSbIA") ==
        "https://app.example/cb?code=SplxlOBeZQQYbYS6WxSbIA&state=af0if%20jsldkj%26&iss=https%3A%2F%2Fid.example");
  request.redirect_uri = "https://app.example/cb?x=1";
  request.state.clear();
  CHECK(success_redirect(request, issuer, "c") == "https://app.example/cb?x=1&code=c&iss=https%3A%2F%2Fid.example");
}

TEST_CASE("an error goes back with the state and the issuer too") {
  const OauthError error{"invalid_request", "state is odd"};
  CHECK(error_redirect("https://app.example/cb", state_of(form_of(good())), issuer, error) ==
        "https://app.example/cb?error=invalid_request&error_description=state%20is%20odd"
        "&state=af0if%20jsldkj%26&iss=https%3A%2F%2Fid.example");
  CHECK(error_redirect("com.example.app:/cb", "", issuer, {"access_denied", ""}) ==
        "com.example.app:/cb?error=access_denied&iss=https%3A%2F%2Fid.example");
  CHECK(state_of(form_of(good_with_long_state())).empty());
}
