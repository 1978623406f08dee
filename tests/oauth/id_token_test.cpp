// ID tokens: what an application is told of who logged in.
#include "api/oauth/id_token.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "api/tokens/access_token.hpp"
#include "api/tokens/compact_jws.hpp"
#include "tests/tokens/issuer.hpp"

using namespace tenantry;
using namespace tenantry::api;
using namespace tenantry::api::oauth;
using nlohmann::json;
using tokens::SignatureAlgorithm;

namespace {

const std::string client = "0190cccc-c3d4-75f6-8718-293a4b5c6d7e";
const std::string session = "0190a1b2-c3d4-75f6-8718-293a4b5c6d7e";
const std::string tenant = "0190ffff-c3d4-75f6-8718-293a4b5c6d7e";

IdToken ann_logged_in() {
  return {test::rules.issuer,
          "ann",
          Uuid::parse(client).value(),
          TenantId::parse(tenant).value(),
          Uuid::parse(session).value(),
          "n-0S6_WzA2Mj\"",
          test::noon_s - 5,
          test::noon_s,
          test::noon_s + 600};
}

}  // namespace

TEST_CASE("an ID token says who logged in where, when and for which application") {
  for (auto algorithm : {SignatureAlgorithm::es256, SignatureAlgorithm::rs256}) {
    const std::string key_id{name_of(algorithm)};
    CAPTURE(key_id);
    const std::string text = issue_id_token(ann_logged_in(), "tenant", key_id, test::key_for(algorithm));
    auto jws = tokens::parse_compact_jws(text);
    REQUIRE(jws);
    CHECK(jws->header.algorithm == key_id);
    CHECK(jws->header.key_id == key_id);
    CHECK(jws->header.type == "JWT");
    CHECK(tokens::verify_signature(*jws, test::issuer_keys()));
    CHECK(json::parse(jws->payload) == json{{"iss", test::rules.issuer},
                                            {"sub", "ann"},
                                            {"aud", client},
                                            {"exp", test::noon_s + 600},
                                            {"iat", test::noon_s},
                                            {"auth_time", test::noon_s - 5},
                                            {"nonce", "n-0S6_WzA2Mj\""},
                                            {"sid", session},
                                            {"tenant", tenant}});
  }
}

TEST_CASE("an ID token has a nonce only if the application sent one, and the tenant in the claim of that name") {
  IdToken token = ann_logged_in();
  token.nonce.clear();
  auto text = issue_id_token(token, "https://claims.example/tenant", "ES256", test::issuer_key());
  const json claims = json::parse(tokens::parse_compact_jws(text)->payload);
  CHECK_FALSE(claims.contains("nonce"));
  CHECK(claims["https://claims.example/tenant"] == tenant);
}

TEST_CASE("an ID token is no access token, for whomever it is") {
  const std::string text = issue_id_token(ann_logged_in(), "tenant", "ES256", test::issuer_key());
  const tokens::AccessTokenRules rules{test::rules.issuer, client};
  auto taken = tokens::verify_access_token(text, test::issuer_keys(), rules, test::noon);
  REQUIRE_FALSE(taken);
  CHECK(taken.error() == tokens::TokenFault::type_refused);
}
