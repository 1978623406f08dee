#include "api/tokens/jwk.hpp"

#include <catch2/catch.hpp>

#include "api/tokens/base_encodings.hpp"
#include "api/tokens/key_set.hpp"
#include "tests/tokens/issuer.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;
using namespace tenantry::test;

namespace {

const std::string rfc7638_key =
    R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJE)"
    R"(CPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs)"
    R"(8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw)"
    R"(0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"})";
const std::string rfc8037_key = R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
// A point of P-256, from RFC 7517, appendix A.1.
const std::string point =
    R"("crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM")";

std::string with(const std::string& members) {
  return "{" + members + "," + point + "}";
}

// "skipped", "taken", or the member and what is wrong with it.
std::string outcome(const std::string& text) {
  auto jwk = parse_jwk(text);
  if (!jwk) return jwk.error().field + " " + jwk.error().detail;
  return *jwk ? "taken" : "skipped";
}
std::string set_outcome(const std::string& text) {
  auto set = KeySet::parse(text);
  if (!set) return set.error().field + " " + set.error().detail;
  return std::to_string(set->keys().size()) + " keys";
}

}  // namespace

TEST_CASE("thumbprints are those of the RFCs") {
  CHECK(thumbprint((*parse_jwk(rfc7638_key))->key) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");  // 7638, 3.1
  CHECK(thumbprint((*parse_jwk(rfc8037_key))->key) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");  // 8037, A.3
}

TEST_CASE("a public key is printed as it is read, and its thumbprint can be its name") {
  for (auto each : {SignatureAlgorithm::rs256, SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
    PublicKey key = key_for(each).public_key();
    auto read = parse_jwk(print_jwk({thumbprint(key), key}));
    REQUIRE((read && *read));
    CHECK((*read)->key_id == thumbprint(key));
    CHECK((*read)->key.numbers() == key.numbers());
    CHECK((*read)->key.algorithm() == each);
  }
  CHECK(print_jwk(**parse_jwk(rfc8037_key)) ==
        R"({"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","use":"sig","alg":"EdDSA"})");
  auto set = KeySet::parse(print_key_set(issuer_keys()));
  REQUIRE(set);
  CHECK(set->keys().size() == 3);
  CHECK(set->find("EdDSA")->numbers() == key_for(SignatureAlgorithm::eddsa).public_key().numbers());
}

TEST_CASE("keys that are not for verifying our algorithms are skipped") {
  CHECK(outcome(with(R"("kty":"EC")")) == "taken");
  CHECK(outcome(with(R"("kty":"EC","use":"sig","alg":"ES256","key_ops":["verify"],"x5c":["?"],"other":{"d":1})")) ==
        "taken");
  CHECK(outcome(with(R"("kty":"EC","use":"enc")")) == "skipped");
  CHECK(outcome(with(R"("kty":"EC","key_ops":["encrypt"])")) == "skipped");
  CHECK(outcome(with(R"("kty":"EC","alg":"ECDH-ES")")) == "skipped");
  CHECK(outcome(with(R"("kty":"EC","alg":"none")")) == "skipped");
  CHECK(outcome(with(R"("kty":"AKP","d":"of a kind that we do not know")")) == "skipped");
  CHECK(outcome(R"({"kty":"EC","crv":"P-384","x":"AA","y":"AA"})") == "skipped");
  CHECK(outcome(R"({"kty":"OKP","crv":"X25519","x":"AA"})") == "skipped");
}

TEST_CASE("a broken key for us is an error that names the member") {
  CHECK(outcome("[]") == " must be an object");
  CHECK(outcome("{}") == "kty is missing");
  CHECK(outcome(R"({"kty":7})") == "kty must be a string");
  CHECK(outcome(with(R"("kty":"EC","kty":"EC")")) == "kty is given twice");
  CHECK(outcome(with(R"("kty":"EC","alg":"RS256")")) == "alg does not go with this key");
  CHECK(outcome(with(R"("kty":"EC","kid":"")")).starts_with("kid must be a string"));
  CHECK(outcome(with(R"("kty":"EC","kid":"a\u0000b")")).starts_with("kid must be a string"));
  CHECK(outcome(with(R"("kty":"EC","key_ops":"verify")")) == "key_ops must be an array of strings");
  CHECK(outcome(R"({"kty":"EC","crv":"P-256","x":"AA"})") == "y is missing");
  CHECK(outcome(R"({"kty":"RSA","n":"AA==","e":"AQAB"})") == "n must be bytes in base64url");
  CHECK(outcome(R"({"kty":"OKP","crv":"Ed25519","x":"AA"})") == ' ' + std::string{describe(KeyFault::ed25519_point)});
  std::string zeros = encode_base64url(std::string(32, '\0'));  // of small order
  CHECK(outcome(R"({"kty":"OKP","crv":"Ed25519","x":")" + zeros + "\"}") ==
        ' ' + std::string{describe(KeyFault::ed25519_point)});
}

TEST_CASE("a private or symmetric half in a public key is refused, whatever the key is for") {
  CHECK(outcome(with(R"("kty":"EC","d":"AA")")) == "d is a secret and must not be in a public key");
  CHECK(outcome(with(R"("kty":"EC","use":"enc","d":"AA")")) == "d is a secret and must not be in a public key");
  CHECK(outcome(R"({"kty":"oct","k":"AA"})") == "k is a secret and must not be in a public key");
  for (const char* name : {"d", "p", "q", "dp", "dq", "qi", "oth"}) {
    std::string key = rfc7638_key;
    key.insert(1, "\"" + std::string{name} + R"(":"AA",)");
    CHECK(outcome(key) == std::string{name} + " is a secret and must not be in a public key");
  }
}

TEST_CASE("RSA keys have 2048 to 8192 bits and a sane exponent") {
  auto rsa = [](std::size_t bytes, char first, char last, std::string exponent) {
    std::string modulus(bytes, '\x55');
    modulus.front() = first;
    modulus.back() = last;
    auto key = PublicKey::make(RsaPublic{modulus, std::move(exponent)});
    return key ? "" : std::string{describe(key.error())};
  };
  const std::string usual{"\x01\x00\x01", 3};
  CHECK(rsa(256, '\x80', '\x01', usual) == "");
  CHECK(rsa(1024, '\x80', '\x01', usual) == "");
  CHECK(rsa(256, '\x7F', '\x01', usual) == describe(KeyFault::rsa_size));
  CHECK(rsa(1025, '\x01', '\x01', usual) == describe(KeyFault::rsa_size));
  CHECK(rsa(257, '\0', '\x01', usual) == describe(KeyFault::rsa_size));
  CHECK(rsa(258, '\0', '\x01', usual) == describe(KeyFault::rsa_modulus));
  CHECK(rsa(256, '\x80', '\x02', usual) == describe(KeyFault::rsa_modulus));
  for (const std::string& exponent :
       {std::string{"\x03"}, std::string{"\x01\x00\x02", 3}, std::string{"\0\x01\x00\x01", 4},
        std::string{"\x01\x00\x00\x00\x01", 5}, std::string{}}) {
    CHECK(rsa(256, '\x80', '\x01', exponent) == describe(KeyFault::rsa_exponent));
  }
}

TEST_CASE("a set leaves out what is not for us, and one broken key or one name for two keys is an error") {
  std::string good = with(R"("kty":"EC","kid":"a")");
  CHECK(set_outcome(R"({"keys":[]})") == "0 keys");
  CHECK(set_outcome(R"({"keys":[)" + good + R"(,{"kty":"AKP"},)" + rfc7638_key + "]}") == "2 keys");
  CHECK(set_outcome(R"({"keys":[)" + good + R"(,{"kty":"RSA","e":"AQAB"}]})") == "keys[1].n is missing");
  CHECK(set_outcome(R"({"keys":[)" + good + "," + good + "]}") == "keys has two keys whose kid is a");
  CHECK(set_outcome(R"({"keys":[)" + good + R"(],"keys":[]})") == "keys is given twice");
  CHECK(set_outcome(R"({"keys":{}})") == "keys must be an array of JSON Web Keys");
  CHECK(set_outcome("[]") == "keys must be an array of JSON Web Keys");
  std::string many = R"({"keys":[)";
  for (std::size_t each = 0; each < KeySet::keys_max; ++each) many += R"({"kty":"AKP"},)";
  CHECK(set_outcome(many + R"({"kty":"AKP"}]})") == "keys[64] is one key too many");
  CHECK(set_outcome(std::string(KeySet::text_bytes_max + 1, ' ')) == " is longer than 262144 bytes");
}

TEST_CASE("private keys are kept as PKCS #8, and what is not one whole sound key is refused") {
  for (auto each : {SignatureAlgorithm::rs256, SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
    std::string bytes = key_for(each).pkcs8();
    auto read = PrivateKey::from_pkcs8(bytes);
    REQUIRE(read);
    CHECK(read->public_key().numbers() == key_for(each).public_key().numbers());
    CHECK(key_for(each).public_key().verify("text", read->sign("text")));
    CHECK_FALSE(key_for(each).public_key().verify("next", read->sign("text")));
    CHECK(PrivateKey::from_pkcs8(bytes + '\0').error() == KeyFault::encoding);
    CHECK(PrivateKey::from_pkcs8(bytes.substr(0, bytes.size() - 1)).error() == KeyFault::encoding);
  }
  // X25519, which signs nothing: RFC 8410 section 7 with another object identifier.
  std::string other = std::string{"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x6e\x04\x22\x04\x20", 16};
  CHECK(PrivateKey::from_pkcs8(other + std::string(32, 'a')).error() == KeyFault::kind);
  CHECK(PrivateKey::from_pkcs8("").error() == KeyFault::encoding);
}

TEST_CASE("a private key whose public half is another's is refused") {
  std::string bytes = issuer_key().pkcs8();
  std::string other = PrivateKey::generate(SignatureAlgorithm::es256).pkcs8();
  REQUIRE(bytes.size() == other.size());
  std::string mixed =
      bytes.substr(0, bytes.size() - 64) + other.substr(other.size() - 64);  // a point of 64 bytes ends it
  CHECK(PrivateKey::from_pkcs8(mixed).error() == KeyFault::halves_differ);
}
