// Refresh tokens: one secret for a session, a generation in each token.
#include "api/oauth/refresh_token.hpp"

#include <catch2/catch.hpp>

#include "api/tokens/base_encodings.hpp"

using namespace tenantry;
using namespace tenantry::api;
using namespace tenantry::api::oauth;

namespace {

const TenantId tenant = TenantId::parse("0190ffff-c3d4-75f6-8718-293a4b5c6d7e").value();
const Uuid user = Uuid::parse("0190b1b2-c3d4-75f6-8718-293a4b5c6d7e").value();
const Uuid session = Uuid::parse("0190a1b2-c3d4-75f6-8718-293a4b5c6d7e").value();
const std::string secret = [] {
  std::string bytes;
  for (int each = 0; each < 32; ++each) bytes += static_cast<char>(each);
  return bytes;
}();
const std::string other_secret(32, 's');

std::string bytes_of(std::string_view text) {
  return tokens::decode_base64url(text.substr(refresh_token_prefix.size())).value();
}
std::string text_of(std::string_view bytes) {
  return std::string{refresh_token_prefix} + tokens::encode_base64url(bytes);
}
bool is_taken(std::string_view text) {
  auto presented = read_refresh_token(text);
  return presented && is_genuine(*presented, secret);
}

}  // namespace

TEST_CASE("a refresh token says its session and generation, and is genuine under the session's secret alone") {
  for (std::uint32_t generation : {0u, 1u, 256u, 0x01020304u, 0xFFFFFFFFu}) {
    const RefreshToken token{tenant, user, session, generation, "roster:read"};
    auto presented = read_refresh_token(make_refresh_token(token, secret));
    REQUIRE(presented);
    CHECK(presented->token == token);
    CHECK(is_genuine(*presented, secret));
    CHECK_FALSE(is_genuine(*presented, other_secret));
  }
}

TEST_CASE("the format of a refresh token does not change: what was given away is taken back") {
  // Computed by another implementation of BLAKE2b.
  CHECK(make_refresh_token({tenant, user, session, 7, "openid"}, secret) ==
        "tnt_refresh_AQGQ___D1HX2hxgpOktcbX4BkLGyw9R19ocYKTpLXG1-AZChssPUdfaHGCk6S1xtfgAAAAcABm9wZW5pZAXJcirmA-"
        "T6IK7ejYzMUkFZhGw8unPaC_hL4Nb8K5NY");
}

TEST_CASE("a genuine token of an earlier generation stays genuine, so that its reuse is known") {
  auto earlier = read_refresh_token(make_refresh_token({tenant, user, session, 3, "openid"}, secret)).value();
  auto later = read_refresh_token(make_refresh_token({tenant, user, session, 4, "openid"}, secret)).value();
  CHECK(is_genuine(earlier, secret));
  CHECK(is_genuine(later, secret));
  earlier.token.generation = 4;  // with the code of the earlier one
  CHECK_FALSE(is_genuine(earlier, secret));
}

TEST_CASE("no changed refresh token is taken for genuine") {
  const std::string text = make_refresh_token({tenant, user, session, 7, "openid"}, secret);
  const std::string bytes = bytes_of(text);
  REQUIRE(text_of(bytes) == text);
  REQUIRE(is_taken(text));
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    CHECK_FALSE(is_taken(text_of(bytes.substr(0, place))));
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = bytes;
      changed[place] = static_cast<char>(changed[place] ^ (1 << bit));
      CHECK_FALSE(is_taken(text_of(changed)));
    }
  }
  const std::string other = bytes_of(make_refresh_token({TenantId{session}, user, tenant.value, 7, "openid"}, secret));
  CHECK_FALSE(is_taken(text_of(bytes.substr(0, 61) + other.substr(61))));
}

TEST_CASE("what is no refresh token is not read") {
  const std::string text = make_refresh_token({tenant, user, session, 7, "openid"}, secret);
  for (const std::string& other :
       {std::string{}, text + "A", text + "=", " " + text, text.substr(12), "tnt_key_" + text.substr(12),
        "TNT_REFRESH_" + text.substr(12), text.substr(0, 40) + "+" + text.substr(41), text_of(std::string(91, '\0'))}) {
    CAPTURE(other);
    CHECK_FALSE(read_refresh_token(other));
  }
}
