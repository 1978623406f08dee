// Access tokens: what is accepted, and every way in which one can be wrong.
#include "api/tokens/access_token.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "api/tokens/base64url.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;
using nlohmann::json;

namespace {

const Instant now{1'800'000'000'500};
constexpr std::int64_t now_s = 1'800'000'000;
const Expected expected{.issuer = "https://id.example", .audience = "https://api.example"};
const PrivateKey key = PrivateKey::make(Algorithm::es256);

json claims() {
  return {{"iss", expected.issuer}, {"aud", expected.audience}, {"sub", "u1"}, {"iat", now_s}, {"exp", now_s + 600}};
}

std::expected<Claims, TokenFault> check_token(const std::string& token) {
  return check_access_token(token, std::span(&key.public_key(), 1), expected, now);
}
std::expected<Claims, TokenFault> check(const json& payload, std::string_view typ = "at+jwt") {
  return check_token(sign(key, typ, payload.dump()));
}
std::expected<Claims, TokenFault> check_with(const char* name, const json& value) {
  json changed = claims();
  changed[name] = value;
  return check(changed);
}

// A token with this header, signed with the key whatever the header says.
std::string signed_under(const std::string& header, const std::string& payload = claims().dump()) {
  std::string text = base64url(header) + '.' + base64url(payload);
  return text + '.' + base64url(key.sign(text));
}
std::string header(const json& more) {
  json header{{"alg", "ES256"}, {"typ", "at+jwt"}, {"kid", key.public_key().kid()}};
  header.update(more);
  return header.dump();
}

}  // namespace

TEST_CASE("an access token says who, from whom, for whom and until when") {
  for (Algorithm algorithm : {Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
    PrivateKey made = PrivateKey::make(algorithm);
    Claims wanted{.issuer = expected.issuer,
                  .subject = "u1",
                  .client = "console",
                  .id = "t1",
                  .session = "s1",
                  .tenant = "oak",
                  .scope = "roster:read",
                  .has_scope = true,
                  .issued_at = now_s,
                  .expires_at = now_s + 600};
    std::string token = make_access_token(made, wanted, expected.audience);
    CHECK(check_access_token(token, std::span(&made.public_key(), 1), expected, now).value() == wanted);
    auto read_back = PrivateKey::from_pem(made.pem()).value();
    CHECK(check_access_token(make_access_token(read_back, wanted, expected.audience), std::span(&made.public_key(), 1),
                             expected, now));
  }
  CHECK(check(claims())->subject == "u1");
  CHECK(check(claims(), "application/AT+jwt"));
  CHECK(check_with("aud", json{"x", expected.audience}));
  CHECK(check_with("nbf", now_s + 30));
  CHECK(check_with("iat", now_s + 30));
  CHECK(check_with("unknown", json{{"a", {1, 2}}}));
}

TEST_CASE("a token is refused by what is wrong with it") {
  using enum TokenFault;
  CHECK(check(claims(), "JWT").error() == wrong_type);  // an ID token
  CHECK(check(claims(), "").error() == wrong_type);
  CHECK(check_with("iss", "https://id.example/").error() == wrong_issuer);
  CHECK(check_with("aud", "https://other.example").error() == wrong_audience);
  CHECK(check_with("aud", json::array()).error() == wrong_audience);
  CHECK(check_with("exp", now_s).error() == expired);
  CHECK(check_with("nbf", now_s + 31).error() == not_yet_valid);
  CHECK(check_with("iat", now_s + 31).error() == not_yet_valid);
  CHECK(check_with("cnf", json{{"jkt", "x"}}).error() == bound_to_key);
  for (const char* name : {"sub", "iat", "exp"}) {
    json without = claims();
    without.erase(name);
    CHECK(check(without).error() == missing_claim);
  }
  for (const json& wrong : {json(1.5), json(-1), json("1800000600"), json(1e20), json(true), json(nullptr)}) {
    CHECK(check_with("exp", wrong).error() == missing_claim);
  }
  for (const char* name : {"iss", "sub", "jti", "sid", "tenant", "client_id"}) {
    CHECK(check_with(name, 7).error() == missing_claim);
    CHECK(check_with(name, "").error() == missing_claim);
  }
  CHECK(check_with("scope", json{"a"}).error() == missing_claim);
  CHECK(check_with("aud", 7).error() == missing_claim);
  std::string twice = claims().dump();
  twice.insert(1, R"("sub":"root",)");
  CHECK(check_token(sign(key, "at+jwt", twice)).error() == malformed);
  CHECK(check_token(sign(key, "at+jwt", "[]")).error() == malformed);
}

TEST_CASE("a header neither chooses the algorithm nor brings a key") {
  using enum TokenFault;
  std::string kid = key.public_key().kid();
  CHECK(check_token(signed_under(header(json::object()))));
  CHECK(check_token(signed_under(header({{"alg", "none"}}))).error() == wrong_algorithm);
  CHECK(check_token(signed_under(header({{"alg", "HS256"}}))).error() == wrong_algorithm);
  CHECK(check_token(signed_under(header({{"alg", "RS256"}}))).error() == wrong_algorithm);
  CHECK(check_token(signed_under(header({{"alg", "es256"}}))).error() == wrong_algorithm);
  CHECK(check_token(signed_under(header({{"alg", 7}}))).error() == malformed);
  CHECK(check_token(signed_under(header({{"crit", {"exp"}}}))).error() == critical_header);
  CHECK(check_token(signed_under(header({{"b64", true}}))).error() == critical_header);
  CHECK(check_token(signed_under(header({{"kid", "another"}}))).error() == unknown_key);
  CHECK(check_token(signed_under(R"({"typ":"at+jwt"})")).error() == malformed);
  CHECK(check_token(signed_under(R"({"alg":"ES256","alg":"ES256","typ":"at+jwt"})")).error() == malformed);
  CHECK(check_token(signed_under(R"({"alg":"ES256","typ":"at+jwt"})")));  // there is one key

  // The key that the header offers is not used.
  PrivateKey others = PrivateKey::make(Algorithm::es256);
  std::string offered =
      base64url(header({{"jwk", json::parse(others.public_key().jwk())}})) + '.' + base64url(claims().dump());
  CHECK(check_token(offered + '.' + base64url(others.sign(offered))).error() == bad_signature);
  auto two = std::array{key.public_key(), others.public_key()};
  CHECK(check_access_token(signed_under(R"({"alg":"ES256","typ":"at+jwt"})"), two, expected, now).error() ==
        unknown_key);
}

TEST_CASE("no part of a token can be changed, cut or lengthened") {
  std::string token = sign(key, "at+jwt", claims().dump());
  REQUIRE(check_token(token));
  for (std::size_t place = 0; place < token.size(); ++place) {
    for (char other : {'A', 'B', '_', '.', '='}) {
      std::string changed = token;
      if (changed[place] == other) continue;
      changed[place] = other;
      CHECK_FALSE(check_token(changed));
    }
    CHECK_FALSE(check_token(token.substr(0, place)));
  }
  for (const char* more : {"A", ".", "=", " ", "\n", ".A"}) CHECK_FALSE(check_token(token + more));
  CHECK_FALSE(check_token(" " + token));
  CHECK_FALSE(check_token(""));
  json large = claims();
  large["x"] = std::string(token_bytes_max, 'x');
  CHECK(check(large).error() == TokenFault::malformed);
}

TEST_CASE("an Ed25519 signature and a thumbprint are those of the RFCs") {
  // RFC 8037 A.2 to A.4.
  const std::string jwk = R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
  const std::string token =
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
      "09PGcvMg3AIbQR6dWbhijcNR4ki4"
      "iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
  auto ed25519 = read_jwk(jwk).value();
  CHECK(ed25519.kid() == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  CHECK(verify(token, std::span(&ed25519, 1))->payload == "Example of Ed25519 signing");
  // RFC 7638 3.1.
  const std::string rsa =
      R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebW)"
      R"(KRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d)"
      R"(0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kE)"
      R"(gU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"})";
  CHECK(read_jwk(rsa)->thumbprint() == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  CHECK(read_jwk(rsa)->kid() == "2011-04-29");
}

TEST_CASE("a key is read as it was written, and never with a private part") {
  for (Algorithm algorithm : {Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
    PrivateKey made = PrivateKey::make(algorithm);
    auto read = read_jwk(made.public_key().jwk()).value();
    CHECK(read.kid() == made.public_key().kid());
    CHECK(read.jwk() == made.public_key().jwk());
    CHECK(read.verifies("text", made.sign("text")));
    CHECK_FALSE(read.verifies("texts", made.sign("text")));
    CHECK_FALSE(read.verifies("text", PrivateKey::make(algorithm).sign("text")));
    json jwk = json::parse(made.public_key().jwk());
    CHECK(json::parse(jwk_set({made.public_key()})) == json{{"keys", {jwk}}});
    jwk["d"] = "AQAB";
    CHECK(read_jwk(jwk.dump()).error().find("private") != std::string::npos);
    CHECK_FALSE(read_jwk_set(json{{"keys", {jwk}}}.dump()));
  }
  CHECK_FALSE(PrivateKey::from_pem("no key"));
  CHECK_FALSE(read_jwk_set("{}"));
  CHECK_FALSE(read_jwk_set("[]"));
  CHECK(read_jwk_set(R"({"keys":[{"kty":"oct","k":"AQAB"},{"kty":"new"}]})")->empty());
}

TEST_CASE("bytes have one base64url spelling") {
  CHECK(base64url("") == "");
  CHECK(base64url("\xff\xfe\xfd") == "__79");
  CHECK(bytes_of_base64url("__79") == "\xff\xfe\xfd");
  CHECK(bytes_of_base64url("") == "");
  CHECK(bytes_of_base64url("YQ") == "a");
  for (const char* wrong : {"YR", "YQ=", "YQ==", "Y", "//79", "++79", "YQ ", " YQ", "Y\nQ", "YQ?", "YWJ"}) {
    CAPTURE(wrong);
    CHECK_FALSE(bytes_of_base64url(wrong));
  }
}
