// Opaque secrets, proof keys of code exchange, and one-time passwords.
#include <catch2/catch.hpp>

#include "api/tokens/opaque_secret.hpp"
#include "api/tokens/pkce.hpp"
#include "api/tokens/totp.hpp"

using namespace tenantry;
using namespace tenantry::api::tokens;

namespace {

const Uuid key_id = Uuid::parse("0190a1b2-c3d4-75f6-8718-293a4b5c6d7e").value();
const TenantId tenant = TenantId::parse("0190ffff-c3d4-75f6-8718-293a4b5c6d7e").value();
constexpr std::string_view prefix = "tnt_key_";

constexpr std::string_view rfc6238_secret = "12345678901234567890";
Instant at_s(std::int64_t seconds) {
  return {seconds * 1000};
}

}  // namespace

TEST_CASE("an opaque secret says its kind, its tenant and its id, and is known by its verifier alone") {
  OpaqueSecret secret = make_opaque_secret(prefix, tenant, key_id);
  CHECK(secret.text.starts_with("tnt_key_0190ffffc3d475f68718293a4b5c6d7e_0190a1b2c3d475f68718293a4b5c6d7e_"));
  CHECK(secret.text.size() == 8 + 32 + 1 + 32 + 1 + 43);
  auto presented = read_opaque_secret(prefix, secret.text);
  REQUIRE(presented);
  CHECK(presented->tenant == tenant);
  CHECK(presented->id == key_id);
  CHECK(same_secret(secret.verifier, presented->verifier));
  OpaqueSecret other = make_opaque_secret(prefix, tenant, key_id);
  CHECK(other.text != secret.text);
  CHECK_FALSE(same_secret(secret.verifier, other.verifier));
}

TEST_CASE("no changed secret is taken for the one that was made") {
  OpaqueSecret secret = make_opaque_secret(prefix, tenant, key_id);
  for (std::size_t place = 0; place < secret.text.size(); ++place) {
    std::string changed = secret.text;
    changed[place] = changed[place] == 'a' ? 'b' : 'a';
    auto presented = read_opaque_secret(prefix, changed);
    CHECK_FALSE((presented && same_secret(secret.verifier, presented->verifier)));
    CHECK_FALSE(read_opaque_secret(prefix, secret.text.substr(0, place)));
  }
}

TEST_CASE("what is no secret of the kind is not looked up") {
  std::string text = make_opaque_secret(prefix, tenant, key_id).text;
  CHECK_FALSE(read_opaque_secret("tnt_ref_", text));
  CHECK_FALSE(read_opaque_secret("tnt_", text));
  CHECK_FALSE(read_opaque_secret(prefix, text + "A"));
  CHECK_FALSE(read_opaque_secret(prefix, " " + text));
  auto changed = [&](std::size_t place, char to) {
    std::string other = text;
    other[place] = to;
    return read_opaque_secret(prefix, other).has_value();
  };
  CHECK_FALSE(changed(8, 'A'));  // hex is in lower case
  CHECK_FALSE(changed(8, 'g'));
  CHECK_FALSE(changed(40, '-'));
  CHECK_FALSE(changed(41, 'A'));
  CHECK_FALSE(changed(41, 'g'));
  CHECK_FALSE(changed(73, '-'));
  CHECK_FALSE(changed(74, '+'));
  CHECK_FALSE(changed(116, 'B'));  // bits at the end that are not zero
}

TEST_CASE("the challenge of RFC 7636, appendix B, is answered by its verifier alone") {
  const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const std::string challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  CHECK(code_challenge(verifier) == challenge);
  CHECK(answers_challenge(verifier, challenge));
  CHECK_FALSE(answers_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl", challenge));
  CHECK_FALSE(answers_challenge(challenge, challenge));  // as `plain` would have it
  CHECK_FALSE(answers_challenge("", challenge));
  CHECK_FALSE(answers_challenge(verifier, ""));
}

TEST_CASE("verifiers have 43 to 128 unreserved characters, challenges are hashes in base64url") {
  CHECK(is_code_verifier(std::string(43, '~')));
  CHECK(is_code_verifier(std::string(128, '.')));
  CHECK_FALSE(is_code_verifier(std::string(42, 'a')));
  CHECK_FALSE(is_code_verifier(std::string(129, 'a')));
  CHECK_FALSE(is_code_verifier(std::string(42, 'a') + '+'));
  CHECK_FALSE(is_code_verifier(std::string(42, 'a') + ' '));
  std::string short_verifier(42, 'a');
  CHECK_FALSE(answers_challenge(short_verifier, code_challenge(short_verifier)));
  CHECK(is_code_challenge(code_challenge("anything")));
  CHECK_FALSE(is_code_challenge(std::string(43, 'B')));  // bits at the end that are not zero
  CHECK_FALSE(is_code_challenge(std::string(42, 'A')));
  CHECK_FALSE(is_code_challenge(code_challenge("anything") + "="));
}

TEST_CASE("one-time passwords are those of RFC 6238, appendix B, to six digits") {
  // Of the RFC's eight digits the last six.
  const std::pair<std::int64_t, const char*> vectors[] = {{59, "287082"},         {1111111109, "081804"},
                                                          {1111111111, "050471"}, {1234567890, "005924"},
                                                          {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : vectors) {
    CAPTURE(seconds);
    CHECK(totp_code(rfc6238_secret, totp_step(at_s(seconds))) == code);
    CHECK(accept_totp(rfc6238_secret, code, at_s(seconds), std::nullopt) == seconds / 30);
  }
}

TEST_CASE("a one-time password is taken one step early or late, and once") {
  const std::int64_t step = 1111111109 / 30;
  const Instant begin = at_s(step * 30);
  const std::string code = totp_code(rfc6238_secret, step);
  CHECK(accept_totp(rfc6238_secret, code, {begin.unix_ms - 30'000}, std::nullopt) == step);
  CHECK(accept_totp(rfc6238_secret, code, {begin.unix_ms + 59'999}, std::nullopt) == step);
  CHECK_FALSE(accept_totp(rfc6238_secret, code, {begin.unix_ms - 30'001}, std::nullopt));
  CHECK_FALSE(accept_totp(rfc6238_secret, code, {begin.unix_ms + 60'000}, std::nullopt));
  CHECK(accept_totp(rfc6238_secret, code, begin, step - 1) == step);
  CHECK_FALSE(accept_totp(rfc6238_secret, code, begin, step));
  CHECK_FALSE(accept_totp(rfc6238_secret, code, begin, step + 1));
  CHECK(accept_totp(rfc6238_secret, totp_code(rfc6238_secret, step + 1), begin, step) == step + 1);
}

TEST_CASE("what is no code of the secret is refused") {
  const std::string code = totp_code(rfc6238_secret, 37'037'036);
  const Instant now = at_s(37'037'036 * std::int64_t{30});
  CHECK_FALSE(accept_totp("12345678901234567891", code, now, std::nullopt));
  for (const std::string& other : {std::string{}, code.substr(1), code + "0", " " + code, std::string{"000000"}}) {
    CHECK_FALSE(accept_totp(rfc6238_secret, other, now, std::nullopt));
  }
}

TEST_CASE("authenticator apps are told the secret by a URI") {
  CHECK(otpauth_uri("Tenantry & Co", "ann@school.example", rfc6238_secret) ==
        "otpauth://totp/Tenantry%20%26%20Co:ann%40school.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=Tenantry%20%26%20Co&algorithm=SHA1&digits=6&period=30");
  CHECK(fresh_totp_secret().size() == totp_secret_bytes);
  CHECK(fresh_totp_secret() != fresh_totp_secret());
}
