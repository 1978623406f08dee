// Public keys as JSON Web Keys: RFC 7517, RFC 7518 section 6 (RSA, EC), RFC 8037 section 2 (OKP).
//
// decode_jwk() answers nothing for a key that is sound JSON but not for verifying our algorithms: another `kty`, `crv`
// or `alg`, `use` that is not "sig", `key_ops` without "verify"; RFC 7517 section 5 has sets with such keys read on. It
// answers an error, which names the member, for a key that is for us but broken, for an `alg` that is ours but of
// another kind of key, and for a key that brings its private or symmetric half: whoever publishes that has lost it.
// print_jwk() writes the members in one order, without white space. thumbprint() is that of RFC 7638 with SHA-256 in
// base64url, which is our keys' `kid`. Pure functions; any thread.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "api/tokens/public_key.hpp"
#include "events/decode_error.hpp"
#include "events/json/reader.hpp"

namespace tenantry::api::tokens {

inline constexpr std::size_t key_id_bytes_max = 256;

struct Jwk {
  std::optional<std::string> key_id;
  PublicKey key;
};

std::expected<std::optional<Jwk>, events::DecodeError> decode_jwk(events::json::Value value);
std::expected<std::optional<Jwk>, events::DecodeError> parse_jwk(std::string_view text);
std::string print_jwk(const Jwk& jwk);
std::string thumbprint(const PublicKey& key);

}  // namespace tenantry::api::tokens
