#include "api/tokens/access_token.hpp"

#include <catch2/catch.hpp>

#include "tests/tokens/issuer.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;
using namespace tenantry::test;

namespace {

std::string outcome(std::string_view token, Instant now = noon, const AccessTokenRules& by = rules) {
  auto claims = verify_access_token(token, issuer_keys(), by, now);
  return claims ? "accepted" : std::string{name_of(claims.error())};
}

std::string typed(std::string_view type, const Claims& claims = ann()) {
  return token_of(R"({"alg":"ES256","kid":"ES256")" + std::string{type} + "}",
                  write_claims(claims, rules.tenant_claim));
}

std::string with_payload(std::string_view payload) {
  return outcome(token_of(R"({"alg":"ES256","kid":"ES256","typ":"at+jwt"})", payload));
}

// Ann's claims with these members put in front, or instead of the one that begins like `instead`.
std::string with(const std::string& members) {
  std::string payload = write_claims(ann(), rules.tenant_claim);
  return with_payload("{" + members + "," + payload.substr(1));
}
std::string with_instead(std::string_view name, const std::string& member) {
  std::string payload = write_claims(ann(), rules.tenant_claim);
  std::size_t begin = payload.find("\"" + std::string{name} + "\":");
  std::size_t end = payload.find_first_of(",}", begin);
  payload.replace(begin, end - begin, member.empty() ? R"("x":1)" : member);
  return with_payload(payload);
}

}  // namespace

TEST_CASE("what is issued is accepted, with every claim as it was") {
  Claims claims = ann();
  CHECK(verify_access_token(issued(claims), issuer_keys(), rules, noon) == claims);
  claims.subject = "\xC3\x84nn \"\\";
  claims.audience = {"https://other.example", rules.audience};
  claims.not_before_s = noon_s - 1;
  claims.scopes = *Scopes::parse("roster:read roster:write");
  claims.session = "session-1";
  claims.tenant = "school";
  claims.actors = {{"bob", "https://elsewhere.example"}, {"robot", std::nullopt}};
  CHECK(verify_access_token(issued(claims), issuer_keys(), rules, noon) == claims);
  CHECK(unverified_issuer(issued(claims)) == rules.issuer);
  CHECK_FALSE(unverified_issuer("a.b.c"));
}

TEST_CASE("the tenant's claim is the one that the rules name") {
  AccessTokenRules other = rules;
  other.tenant_claim = "https://tenantry.example/tenant";
  Claims claims = ann();
  claims.tenant = "school";
  std::string token = issue_access_token(claims, other.tenant_claim, "ES256", issuer_key());
  CHECK(verify_access_token(token, issuer_keys(), other, noon)->tenant == "school");
  CHECK(verify_access_token(token, issuer_keys(), rules, noon)->tenant == std::nullopt);
}

TEST_CASE("an access token says that it is one: ID tokens and others are refused") {
  for (const char* type : {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"}) {
    CHECK(outcome(typed(R"(,"typ":")" + std::string{type} + '"')) == "accepted");
  }
  CHECK(outcome(typed("")) == "type-refused");
  for (const char* type :
       {"JWT", "jwt", "id+jwt", "at+jwt ", "application/application/at+jwt", "text/at+jwt", "at+jwtx", "logout+jwt"}) {
    CAPTURE(type);
    CHECK(outcome(typed(R"(,"typ":")" + std::string{type} + '"')) == "type-refused");
  }
}

TEST_CASE("a token holds from nbf and iat, give or take half a minute, until exp, to the second") {
  Claims claims = ann();
  claims.issued_at_s = noon_s;
  CHECK(outcome(issued(claims), after(-30)) == "accepted");
  CHECK(outcome(issued(claims), {after(-30).unix_ms - 1}) == "issued-in-future");
  CHECK(outcome(issued(claims), {after(600).unix_ms - 1}) == "accepted");
  CHECK(outcome(issued(claims), after(600)) == "expired");
  claims.not_before_s = noon_s + 100;
  CHECK(outcome(issued(claims), after(70)) == "accepted");
  CHECK(outcome(issued(claims), {after(70).unix_ms - 1}) == "not-yet-valid");
  claims.expires_at_s = 253'402'300'799;
  claims.not_before_s = 253'402'300'799;
  CHECK(outcome(issued(claims)) == "not-yet-valid");
  claims.not_before_s.reset();
  claims.issued_at_s = 0;
  CHECK(outcome(issued(claims)) == "accepted");
}

TEST_CASE("issuer and audience are those of the rules, byte for byte") {
  AccessTokenRules other = rules;
  other.issuer += '/';
  CHECK(outcome(issued(ann()), noon, other) == "issuer-refused");
  other = rules;
  other.audience = "https://TENANTRY.example";
  CHECK(outcome(issued(ann()), noon, other) == "audience-refused");
  Claims claims = ann();
  claims.audience = {"https://other.example", rules.audience + ".evil.example"};
  CHECK(outcome(issued(claims)) == "audience-refused");
  claims.audience.push_back(rules.audience);
  CHECK(outcome(issued(claims)) == "accepted");
}

TEST_CASE("each claim that RFC 9068 needs is needed") {
  for (const char* name : {"iss", "sub", "aud", "exp", "iat", "jti", "client_id"}) {
    CAPTURE(name);
    CHECK(with_instead(name, "") == "claim-missing");
    CHECK(with_instead(name, '"' + std::string{name} + "\":null") == "claims-malformed");
    CHECK(with_instead(name, '"' + std::string{name} + "\":{}") == "claims-malformed");
  }
}

TEST_CASE("a claim given twice is refused, even with the same value, known or not") {
  CHECK(with(R"("sub":"ann")") == "claims-malformed");
  CHECK(with(R"("jti":"token-1")") == "claims-malformed");
  CHECK(with("\"exp\":" + std::to_string(noon_s + 600)) == "claims-malformed");
  CHECK(with(R"("aud":"https://tenantry.example")") == "claims-malformed");
  CHECK(with(R"("other":1,"other":1)") == "claims-malformed");
  CHECK(with(R"("act":{"sub":"bob","sub":"bob"})") == "claims-malformed");
}

TEST_CASE("moments are whole seconds in range") {
  auto expires = [](const std::string& literal) { return with_instead("exp", "\"exp\":" + literal); };
  CHECK(expires("253402300799") == "accepted");
  CHECK(expires("1") == "expired");
  for (const char* literal : {"253402300800", "1e12", "1760000600.5", "1760000600.0", "-1", "\"1760000600\"", "true",
                              "99999999999999999999", "9223372036854775807", "[1760000600]"}) {
    CAPTURE(literal);
    CHECK(expires(literal) == "claims-malformed");
  }
  CHECK(with(R"("nbf":"soon")") == "claims-malformed");
}

TEST_CASE("claims are of their kind and not larger than they may be") {
  auto text = [](std::size_t size) { return '"' + std::string(size, 'a') + '"'; };
  CHECK(with_instead("sub", "\"sub\":" + text(255)) == "accepted");
  CHECK(with_instead("sub", "\"sub\":" + text(256)) == "claims-malformed");
  CHECK(with_instead("sub", R"("sub":"")") == "claims-malformed");
  CHECK(with_instead("sub", R"("sub":"a\u0000")") == "claims-malformed");
  CHECK(with_instead("sub", R"("sub":"a\nb")") == "claims-malformed");
  CHECK(with("\"sid\":" + text(255)) == "accepted");
  CHECK(with("\"sid\":" + text(256)) == "claims-malformed");
  CHECK(with("\"sid\":7") == "claims-malformed");
  CHECK(with("\"tenant\":" + text(256)) == "claims-malformed");
  CHECK(with("\"tenant\":[]") == "claims-malformed");
  CHECK(with(R"("scope":"a b")") == "accepted");
  CHECK(with(R"("scope":"")") == "accepted");
  CHECK(with(R"("scope":["a"])") == "claims-malformed");
  CHECK(with(R"("scope":"a  b")") == "claims-malformed");
  CHECK(with_instead("iss", "\"iss\":" + text(512)) == "issuer-refused");
  CHECK(with_instead("iss", "\"iss\":" + text(513)) == "claims-malformed");
  CHECK(with(R"("name":{"of":[1,2,{"no":"concern"}]})") == "accepted");
}

TEST_CASE("an audience is a text or at most sixteen") {
  auto audience = [](const std::string& value) { return with_instead("aud", "\"aud\":" + value); };
  std::string ours = '"' + rules.audience + '"';
  CHECK(audience('[' + ours + ']') == "accepted");
  CHECK(audience("[]") == "claims-malformed");
  CHECK(audience("[[" + ours + "]]") == "claims-malformed");
  CHECK(audience('[' + ours + ",7]") == "claims-malformed");
  std::string many = ours;
  for (int each = 1; each < 16; ++each) many += ",\"a\"";
  CHECK(audience('[' + many + ']') == "accepted");
  CHECK(audience('[' + many + ",\"a\"]") == "claims-malformed");
}

TEST_CASE("who acts is named, and who acted before, and no more") {
  CHECK(with(R"("act":{"sub":"bob"})") == "accepted");
  CHECK(with(R"("act":{"sub":"bob","act":{"sub":"cy","note":1}})") == "accepted");
  CHECK(with(R"("act":{"sub":"bob","act":{"sub":"cy","act":{"sub":"di"}}})") == "claims-malformed");
  CHECK(with(R"("act":{"iss":"bob"})") == "claims-malformed");
  CHECK(with(R"("act":{"sub":"bob","iss":7})") == "claims-malformed");
  CHECK(with(R"("act":"bob")") == "claims-malformed");
  CHECK(with(R"("act":{"sub":"bob","act":null})") == "claims-malformed");
}

TEST_CASE("a token that is bound to a key is refused, as its proof is not checked") {
  CHECK(with(R"("cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"})") == "key-binding-refused");
  CHECK(with(R"("cnf":null)") == "key-binding-refused");
}

TEST_CASE("a payload that is not one JSON object of bounded depth is refused") {
  for (const char* payload :
       {"", "null", "[]", "\"text\"", "{", "{}x", "{\"iss\":\"\xFF\"}", "{\"iss\":\"\\ud800\"}"}) {
    CAPTURE(payload);
    CHECK(with_payload(payload) == "claims-malformed");
  }
  CHECK(with("\"deep\":" + std::string(20, '[') + std::string(20, ']')) == "accepted");
  CHECK(with("\"deep\":" + std::string(2000, '[') + std::string(2000, ']')) == "claims-malformed");
  CHECK(with("\"long\":\"" + std::string(8000, 'a') + '"') == "too-long");
}

TEST_CASE("claims are not looked at before the signature, nor the key before the type") {
  PrivateKey stranger = PrivateKey::generate(SignatureAlgorithm::es256);
  Claims claims = ann();
  claims.issuer = "https://elsewhere.example";
  CHECK(outcome(issue_access_token(claims, "tenant", "ES256", stranger)) == "signature-invalid");
  CHECK(outcome(token_of(R"({"alg":"ES256","kid":"ES256","typ":"JWT"})", "{}", stranger)) == "type-refused");
}
