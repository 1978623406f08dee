// Every JSON Web Signature and key set of Wycheproof: ours are verified as it says, those of other algorithms refused.
#include <catch2/catch.hpp>
#include <set>

#include "api/tokens/compact_jws.hpp"
#include "tests/tokens/wycheproof.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;
using namespace tenantry::test;

namespace {

const std::set<std::string> our_algorithms = {"RS256", "ES256", "EdDSA"};

// The public key of a group, or what it has instead: a symmetric one.
nlohmann::json key_of(const nlohmann::json& group) {
  return group.contains("public") ? group["public"] : group["private"];
}

nlohmann::json set_of(const nlohmann::json& key) {
  return key.contains("keys") ? key : nlohmann::json{{"keys", {key}}};
}

bool is_verified(const std::string& keys, const std::string& token) {
  auto set = KeySet::parse(keys);
  auto jws = parse_compact_jws(token);
  return set && jws && verify_signature(*jws, *set).has_value();
}

}  // namespace

TEST_CASE("every JWS of Wycheproof is verified or refused as it says, and refused if its algorithm is not ours") {
  int verified = 0;
  int refused = 0;
  int not_ours = 0;
  for (const auto& group : groups_of("json_web_signature_test.json")) {
    nlohmann::json key = key_of(group);
    bool ours = our_algorithms.contains(key.value("alg", ""));
    for (const auto& test : group["tests"]) {
      CAPTURE(test.dump());
      bool valid = test["result"] == "valid";
      CHECK(is_verified(set_of(key).dump(), test["jws"]) == (ours && valid));
      ++(valid ? ours ? verified : not_ours : refused);
    }
  }
  CHECK(verified == 10);
  CHECK(verified + refused + not_ours == 401);
}

TEST_CASE("base64url is read as Wycheproof's tests of it say, whatever the algorithm") {
  // 367 and 370 are byte for byte the well-formed token of 357: the padding that they are about is not in them.
  const std::set<int> not_what_they_say = {367, 370};
  // 372 and 373 have a '?' in the text, which RFC 7515 section 2 does not allow, and yet are called valid.
  const std::set<int> wrongly_valid = {372, 373};
  int seen = 0;
  for (const auto& group : groups_of("json_web_signature_test.json")) {
    if (group["comment"] != "base64") continue;
    for (const auto& test : group["tests"]) {
      CAPTURE(test.dump());
      bool well_formed = test["result"] == "valid";
      if (not_what_they_say.contains(test["tcId"])) well_formed = true;
      if (wrongly_valid.contains(test["tcId"])) well_formed = false;
      CHECK(parse_compact_jws(test["jws"].get<std::string>()).has_value() == well_formed);
      ++seen;
    }
  }
  CHECK(seen == 21);
}

TEST_CASE("every key set of Wycheproof is used or refused as it says, and refused if its keys are symmetric") {
  int verified = 0;
  int seen = 0;
  for (const auto& group : groups_of("json_web_key_test.json")) {
    nlohmann::json keys = set_of(key_of(group));
    bool ours = our_algorithms.contains(keys["keys"][0].value("alg", ""));
    for (const auto& test : group["tests"]) {
      CAPTURE(test.dump());
      bool valid = ours && test["result"] == "valid";
      CHECK(is_verified(keys.dump(), test["jws"]) == valid);
      verified += valid;
      ++seen;
    }
  }
  CHECK(verified == 1);
  CHECK(seen == 26);
}

TEST_CASE("a key of 1024 bits, with exponent 1 or with the fingerprint of ROCA makes its set an error that says so") {
  std::map<std::string, std::string> errors;
  for (const auto& group : groups_of("json_web_key_test.json")) {
    auto set = KeySet::parse(set_of(key_of(group)).dump());
    if (!set) errors[group["comment"]] = set.error().detail;
  }
  CHECK(errors["keysize_too_small"] == describe(KeyFault::rsa_size));
  CHECK(errors["exponentOne"] == describe(KeyFault::rsa_exponent));
  CHECK(errors["jws_rsa_roca_key"] == describe(KeyFault::rsa_modulus));
  CHECK(errors["invalid_point"] == describe(KeyFault::p256_point));
}
