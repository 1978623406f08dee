// Signatures as JWS has them, and the keys that verify them, held against Wycheproof's.
#include <catch2/catch.hpp>

#include "api/tokens/public_key.hpp"
#include "tests/tokens/wycheproof.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;
using namespace tenantry::test;

namespace {

PublicNumbers numbers_of(const nlohmann::json& key) {
  if (key.contains("pk")) return Ed25519Public{bytes_of_hex(key["pk"])};
  std::string point = bytes_of_hex(key["uncompressed"]);  // a byte 4, then the coordinates
  return P256Public{point.substr(1, 32), point.substr(33)};
}

// How many tests there were of each result.
std::map<std::string, int> run(const std::string& file) {
  std::map<std::string, int> counts;
  for (const auto& group : groups_of(file)) {
    auto key = PublicKey::make(numbers_of(group["publicKey"]));
    REQUIRE(key);
    for (const auto& test : group["tests"]) {
      CAPTURE(test.dump());
      std::string result = test["result"];
      bool verified = key->verify(bytes_of_hex(test["msg"]), bytes_of_hex(test["sig"]));
      CHECK(verified == (result == "valid"));
      ++counts[result];
    }
  }
  return counts;
}

}  // namespace

TEST_CASE("ES256 signatures are verified as Wycheproof says") {
  auto counts = run("ecdsa_secp256r1_sha256_p1363_test.json");
  CHECK(counts["valid"] > 100);
  CHECK(counts["invalid"] > 50);
  CHECK(counts.size() == 2);
}

TEST_CASE("EdDSA signatures are verified as Wycheproof says") {
  auto counts = run("ed25519_test.json");
  CHECK(counts["valid"] > 50);
  CHECK(counts["invalid"] > 50);
  CHECK(counts.size() == 2);
}
