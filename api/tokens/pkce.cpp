#include "api/tokens/pkce.hpp"

#include <algorithm>

#include "api/tokens/base_encodings.hpp"
#include "api/tokens/secret_bytes.hpp"
#include "api/tokens/unreserved.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::tokens {
namespace {

constexpr std::size_t verifier_characters_min = 43;
constexpr std::size_t verifier_characters_max = 128;
constexpr std::size_t hash_bytes = 32;

}  // namespace

bool is_code_verifier(std::string_view text) {
  return text.size() >= verifier_characters_min && text.size() <= verifier_characters_max &&
         std::ranges::all_of(text, is_unreserved);
}

bool is_code_challenge(std::string_view text) {
  auto bytes = decode_base64url(text);
  return bytes && bytes->size() == hash_bytes;
}

std::string code_challenge(std::string_view verifier) {
  return encode_base64url(events::bytes_of(events::sha256({verifier})));
}

bool answers_challenge(std::string_view verifier, std::string_view challenge) {
  return is_code_verifier(verifier) && equal_in_constant_time(code_challenge(verifier), challenge);
}

}  // namespace tenantry::api::tokens
