// Compact JSON Web Signatures (RFC 7515): header.payload.signature.
//
// The key says by which algorithm a signature is checked; a token whose `alg` says otherwise is refused before that,
// and so is one with `crit` or `b64`, a member twice in its header, or more than token_bytes_max. What a header offers
// as a key (jwk, jku, x5u, x5c) is never looked at. The key is the one with the token's kid; a token without kid is
// checked only if there is one key. Pure functions; any thread.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "api/tokens/fault.hpp"
#include "api/tokens/keys.hpp"

namespace tenantry::api::tokens {

inline constexpr std::size_t token_bytes_max = 8192;

struct Header {
  std::string alg;
  std::string kid;  // empty: none
  std::string typ;  // empty: none
};

struct Verified {
  Header header;
  std::string payload;
};

std::expected<Verified, TokenFault> verify(std::string_view token, std::span<const PublicKey> keys);
// The header alone, of a token that nobody has checked: to find its keys.
std::expected<Header, TokenFault> read_header(std::string_view token);

std::string sign(const PrivateKey& key, std::string_view typ, std::string_view payload);

}  // namespace tenantry::api::tokens
