#include "api/tokens/compact_jws.hpp"

#include <openssl/hmac.h>

#include <catch2/catch.hpp>

#include "tests/tokens/issuer.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;
using namespace tenantry::test;

namespace {

std::string outcome(std::string_view token, const KeySet& keys = issuer_keys()) {
  auto jws = parse_compact_jws(token);
  if (!jws) return std::string{name_of(jws.error())};
  auto verified = verify_signature(*jws, keys);
  return verified ? "verified" : std::string{name_of(verified.error())};
}

KeySet set_of(std::vector<Jwk> keys) {
  return KeySet::make(std::move(keys)).value();
}

}  // namespace

TEST_CASE("the token of RFC 8037, appendix A.4, is made and verified") {
  auto bytes = [](std::string_view text) { return decode_base64url(text).value(); };
  std::string pkcs8{"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 16};
  auto key = PrivateKey::from_pkcs8(pkcs8 + bytes("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"));
  REQUIRE(key);
  std::string token = token_of(R"({"alg":"EdDSA"})", "Example of Ed25519 signing", *key);
  CHECK(token ==
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR"
        "4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  auto jwk = parse_jwk(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
  REQUIRE((jwk && *jwk));
  CHECK(outcome(token, set_of({**jwk})) == "verified");
}

TEST_CASE("what is signed with a key of each algorithm is verified with its public half alone") {
  for (auto each : {SignatureAlgorithm::rs256, SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
    std::string token = sign_compact_jws("at+jwt", name_of(each), "payload", key_for(each));
    CHECK(outcome(token) == "verified");
    CHECK(parse_compact_jws(token)->payload == "payload");
    CHECK(parse_compact_jws(token)->header.type == "at+jwt");
    KeySet others = set_of({{std::string{name_of(each)}, PrivateKey::generate(each).public_key()}});
    CHECK(outcome(token, others) == "signature-invalid");
  }
}

TEST_CASE("a token has three parts and at most 8 KiB") {
  std::string token = token_of(R"({"alg":"ES256"})", "payload");
  CHECK(outcome(token) == "verified");
  for (const std::string& each : {token + ".", token + ".AA", "." + token, token + "=", token + " ", " " + token,
                                  token + "\n", std::string{}, std::string{"."}, std::string{".."}}) {
    CAPTURE(each);
    CHECK(outcome(each) == (each == ".." ? "header-malformed" : "malformed"));
  }
  CHECK(outcome(token_of(R"({"alg":"ES256"})", std::string(6000, 'a'))) == "verified");
  CHECK(outcome(token_of(R"({"alg":"ES256"})", std::string(6100, 'a'))) == "too-long");
}

TEST_CASE("the header is a JSON object with each member once, and without extensions") {
  auto with = [](std::string_view header) { return outcome(token_of(header, "payload")); };
  CHECK(with(R"({"alg":"ES256","kid":"ES256","other":[{}]})") == "verified");
  for (const char* header :
       {R"({"alg":"ES256","alg":"ES256"})", R"({"alg":"none","alg":"ES256"})",
        R"({"alg":"ES256","kid":"a","kid":"ES256"})", R"({"alg":7})", R"({"kid":"ES256"})",
        R"({"alg":"ES256","kid":7})", R"({"alg":"ES256","kid":""})", R"(["ES256"])", R"({"alg":"ES256","typ":null})",
        R"({"alg":"ES256"} )"
        "x",
        R"("alg")", "", "\xEF\xBB\xBF{\"alg\":\"ES256\"}"}) {
    CAPTURE(header);
    CHECK(with(header) == "header-malformed");
  }
  CHECK(with(R"({"alg":"ES256","crit":["exp"],"exp":1})") == "extension-refused");
  CHECK(with(R"({"alg":"ES256","crit":[]})") == "extension-refused");
  CHECK(with(R"({"alg":"ES256","b64":true})") == "extension-refused");
  CHECK(with(R"({"alg":"ES256","a":)" + std::string(40, '[') + std::string(40, ']') + "}") == "header-malformed");
}

TEST_CASE("the algorithm is the key's and never the token's choice") {
  CHECK(outcome(token_of(R"({"alg":"RS256","kid":"ES256"})", "payload")) == "algorithm-mismatch");
  CHECK(outcome(token_of(R"({"alg":"EdDSA","kid":"ES256"})", "payload")) == "algorithm-mismatch");
  for (const char* name : {"none", "None", "NONE", "", "es256", "HS256", "ES384", "PS256"}) {
    std::string header = R"({"alg":")" + std::string{name} + R"(","kid":"ES256"})";
    CAPTURE(header);
    CHECK(outcome(token_of(header, "payload")) == (*name ? "algorithm-refused" : "header-malformed"));
    std::string unsigned_token = encode_base64url(header) + '.' + encode_base64url("payload") + '.';
    CHECK(outcome(unsigned_token) == (*name ? "algorithm-refused" : "header-malformed"));
  }
}

TEST_CASE("keys that a token brings along are not used") {
  PrivateKey stranger = PrivateKey::generate(SignatureAlgorithm::es256);
  std::string jwk = print_jwk({"ES256", stranger.public_key()});
  for (const std::string& member : {R"("jwk":)" + jwk, std::string{R"("jku":"https://stranger.example/keys")"},
                                    std::string{R"("x5u":"https://stranger.example/x5u","x5c":["AA"])"}}) {
    CHECK(outcome(token_of(R"({"alg":"ES256","kid":"ES256",)" + member + "}", "payload", stranger)) ==
          "signature-invalid");
    CHECK(outcome(token_of(R"({"alg":"ES256","kid":"strange",)" + member + "}", "payload", stranger)) == "key-unknown");
    CHECK(outcome(token_of(R"({"alg":"ES256","kid":"ES256",)" + member + "}", "payload")) == "verified");
  }
}

TEST_CASE("the key is the one of the kid, or without one the only key that fits") {
  PublicKey key = issuer_key().public_key();
  PublicKey other = PrivateKey::generate(SignatureAlgorithm::es256).public_key();
  PublicKey rsa = key_for(SignatureAlgorithm::rs256).public_key();
  std::string unnamed = token_of(R"({"alg":"ES256"})", "payload");
  std::string named = token_of(R"({"alg":"ES256","kid":"a"})", "payload");
  CHECK(outcome(unnamed, set_of({{std::nullopt, key}, {"r", rsa}})) == "verified");
  CHECK(outcome(unnamed, set_of({{"a", key}, {"b", other}})) == "key-unknown");
  CHECK(outcome(unnamed, set_of({{"r", rsa}})) == "key-unknown");
  CHECK(outcome(unnamed, set_of({})) == "key-unknown");
  CHECK(outcome(named, set_of({{"a", key}, {"b", other}})) == "verified");
  CHECK(outcome(named, set_of({{"a", other}, {"b", key}})) == "signature-invalid");
  CHECK(outcome(named, set_of({{"A", key}})) == "key-unknown");
  CHECK(outcome(named, set_of({{std::nullopt, key}})) == "key-unknown");
}

TEST_CASE("a token with any byte changed or cut off is refused") {
  for (auto each : {SignatureAlgorithm::rs256, SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
    std::string token = sign_compact_jws("at+jwt", name_of(each), R"({"sub":"ann"})", key_for(each));
    REQUIRE(outcome(token) == "verified");
    int verified = 0;
    for (std::size_t place = 0; place < token.size(); ++place) {
      for (int bit : {0, 1, 5, 7}) {
        std::string changed = token;
        changed[place] = static_cast<char>(changed[place] ^ (1 << bit));
        verified += outcome(changed) == "verified";
      }
      verified += outcome(token.substr(0, place)) == "verified";
      verified += outcome(token.substr(place + 1)) == "verified";
    }
    CHECK(verified == 0);
  }
}

TEST_CASE("an ES256 signature has 64 bytes, and is not taken in DER") {
  std::string signed_part = encode_base64url(R"({"alg":"ES256"})") + '.' + encode_base64url("payload");
  std::string signature = issuer_key().sign(signed_part);
  REQUIRE(signature.size() == 64);
  // A signature in DER, made of the same r and s.
  auto integer = [](std::string bytes) {
    bytes.erase(0, bytes.find_first_not_of('\0'));
    if (static_cast<unsigned char>(bytes.front()) >= 0x80) bytes.insert(0, 1, '\0');
    return "\x02" + std::string(1, static_cast<char>(bytes.size())) + bytes;
  };
  std::string parts = integer(signature.substr(0, 32)) + integer(signature.substr(32));
  std::string der = "\x30" + std::string(1, static_cast<char>(parts.size())) + parts;
  PublicKey key = issuer_key().public_key();
  CHECK(key.verify(signed_part, signature));
  CHECK_FALSE(key.verify(signed_part, der));
  CHECK_FALSE(key.verify(signed_part, signature + '\0'));
  CHECK_FALSE(key.verify(signed_part, '\0' + signature));
  CHECK_FALSE(key.verify(signed_part, signature.substr(0, 63)));
  CHECK_FALSE(key.verify(signed_part, ""));
}

TEST_CASE("a public key used as a secret of HS256 makes no token") {
  const auto& numbers = std::get<P256Public>(issuer_key().public_key().numbers());
  for (const std::string& secret : {print_jwk({"ES256", issuer_key().public_key()}), '\x04' + numbers.x + numbers.y}) {
    std::string signed_part = encode_base64url(R"({"alg":"HS256","typ":"at+jwt","kid":"ES256"})") + ".e30";
    std::string mac(32, '\0');
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(signed_part.data()), signed_part.size(),
         reinterpret_cast<unsigned char*>(mac.data()), nullptr);
    CHECK(outcome(signed_part + '.' + encode_base64url(mac)) == "algorithm-refused");
  }
}
