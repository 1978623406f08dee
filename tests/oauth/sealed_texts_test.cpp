// Authorization codes and login forms: sealed, and opened by nobody but the server, for nothing else.
#include <catch2/catch.hpp>

#include "api/oauth/authorization_code.hpp"
#include "api/oauth/fields.hpp"
#include "api/oauth/login_form_token.hpp"
#include "api/oauth/redirect_uri.hpp"
#include "api/tokens/base_encodings.hpp"
#include "api/tokens/sealing.hpp"

using namespace tenantry;
using namespace tenantry::api;
using namespace tenantry::api::oauth;

namespace {

const std::string secret(32, 's');
const std::string key = tokens::derive_key(secret, authorization_code_key);
const std::string other_key = tokens::derive_key(secret, login_form_key);
constexpr Instant now{1'760'000'000'000};
constexpr std::int64_t now_s = now.unix_ms / 1000;
constexpr std::string_view cookie = "a random value that the browser was given";

const TenantId tenant = TenantId::parse("0190ffff-c3d4-75f6-8718-293a4b5c6d7e").value();
const Uuid user = Uuid::parse("0190b1b2-c3d4-75f6-8718-293a4b5c6d7e").value();
const Uuid session = Uuid::parse("0190a1b2-c3d4-75f6-8718-293a4b5c6d7e").value();
const Uuid client = Uuid::parse("0190cccc-c3d4-75f6-8718-293a4b5c6d7e").value();

AuthorizationCode code() {
  return {tenant,
          user,
          session,
          client,
          "https://app.example/cb",
          "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
          "openid roster:read",
          "n-0S6_WzA2Mj",
          now_s,
          now_s + 60};
}
LoginForm form() {
  return {{client, "https://app.example/cb", "openid roster:read", "af0ifjsldkj", "n-0S6_WzA2Mj",
           "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"},
          tenant,
          now_s + 600};
}

// Whether any text with one bit or byte less or more, or one bit other, is opened.
template <class Opens>
bool opens_altered(const std::string& text, Opens opens) {
  const std::string bytes = tokens::decode_base64url(text).value();
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    if (opens(tokens::encode_base64url(bytes.substr(0, place)))) return true;
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bytes;
      changed[place] = static_cast<char>(changed[place] ^ (1 << bit));
      if (opens(tokens::encode_base64url(changed))) return true;
    }
  }
  return opens(tokens::encode_base64url(bytes + '\0')) || opens(text + "=") || opens(" " + text) || opens("");
}

}  // namespace

TEST_CASE("a code is opened as what was sealed, until it expires") {
  const std::string text = seal_code(key, code());
  CHECK(open_code(key, text, now) == code());
  CHECK(open_code(key, text, {now.unix_ms + 59'999}) == code());
  CHECK_FALSE(open_code(key, text, {now.unix_ms + 60'000}));
  CHECK_FALSE(open_code(other_key, text, now));
  CHECK(seal_code(key, code()) != text);
}

TEST_CASE("a code may have empty texts") {
  AuthorizationCode least = code();
  least.scope.clear();
  least.nonce.clear();
  CHECK(open_code(key, seal_code(key, least), now) == least);
}

TEST_CASE("an altered code is not opened") {
  const std::string text = seal_code(key, code());
  auto opens = [](std::string_view other) { return open_code(key, other, now).has_value(); };
  REQUIRE(opens(text));
  CHECK_FALSE(opens_altered(text, opens));
}

TEST_CASE("a login form is opened as what was sealed, in the same browser, until it expires") {
  const std::string text = seal_login_form(key, form(), cookie);
  CHECK(open_login_form(key, text, cookie, now) == form());
  CHECK(open_login_form(key, text, cookie, {now.unix_ms + 599'999}) == form());
  CHECK_FALSE(open_login_form(key, text, cookie, {now.unix_ms + 600'000}));
  CHECK_FALSE(open_login_form(other_key, text, cookie, now));
  CHECK_FALSE(open_login_form(key, text, "another browser's cookie", now));
  CHECK_FALSE(open_login_form(key, text, "", now));
}

TEST_CASE("an altered login form is not opened") {
  const std::string text = seal_login_form(key, form(), cookie);
  auto opens = [](std::string_view other) { return open_login_form(key, other, cookie, now).has_value(); };
  REQUIRE(opens(text));
  CHECK_FALSE(opens_altered(text, opens));
}

TEST_CASE("neither opens as the other, even under one key") {
  CHECK_FALSE(open_code(key, seal_login_form(key, form(), cookie), now));
  CHECK_FALSE(open_login_form(key, seal_code(key, code()), cookie, now));
  // With the fields of the other the kind alone tells them apart.
  const std::string sealed_code = tokens::decode_base64url(seal_code(key, code())).value().substr(1);
  CHECK(tokens::open_sealed_bytes(key, "tenantry authorization code \x01", sealed_code));
  CHECK_FALSE(tokens::open_sealed_bytes(key, "tenantry login form \x01", sealed_code));
  const std::string sealed_form = tokens::decode_base64url(seal_login_form(key, form(), cookie)).value().substr(1);
  CHECK(tokens::open_sealed_bytes(key, "tenantry login form \x01", sealed_form));
  CHECK_FALSE(tokens::open_sealed_bytes(key, "tenantry authorization code \x01", sealed_form));
}

TEST_CASE("what is as large as the requests may be passes as a field of a form") {
  const std::string uri(redirect_uri_bytes_max, 'u');
  const std::string scope(requested_scope_bytes_max, 's');
  const std::string nonce(nonce_bytes_max, 'n');
  AuthorizationCode largest_code = code();
  largest_code.redirect_uri = uri;
  largest_code.scope = scope;
  largest_code.nonce = nonce;
  const std::string code_text = seal_code(key, largest_code);
  CHECK(open_code(key, code_text, now) == largest_code);
  CHECK(Form::parse("code=" + code_text));

  LoginForm largest_form = form();
  largest_form.request = {client, uri, scope, std::string(state_bytes_max, 's'), nonce, form().request.code_challenge};
  const std::string form_text = seal_login_form(key, largest_form, cookie);
  CHECK(open_login_form(key, form_text, cookie, now) == largest_form);
  CHECK(Form::parse("form=" + form_text));
}

TEST_CASE("fields that are cut short or followed by more are not whole") {
  FieldWriter fields;
  fields.id(client).number(0x0102, 2).text("abc");
  const std::string written = fields.written();
  CHECK(written.substr(16) == std::string("\x01\x02\x00\x03"
                                          "abc",
                                          7));
  auto is_whole = [](std::string_view bytes) {
    FieldReader reader{bytes};
    (void)reader.id();
    (void)reader.number(2);
    (void)reader.text();
    return reader.is_whole();
  };
  CHECK(is_whole(written));
  CHECK_FALSE(is_whole(written + "x"));
  for (std::size_t size = 0; size < written.size(); ++size) CHECK_FALSE(is_whole(written.substr(0, size)));
  CHECK_THROWS_AS(FieldWriter{}.text(std::string(0x10000, 'x')), std::length_error);
}
