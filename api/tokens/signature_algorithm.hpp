// The signature algorithms that tokens may have: RS256 and ES256 of RFC 7518, EdDSA with Ed25519 of RFC 8037.
//
// There is no `none` and no HMAC: whoever can verify such a token can make one. Plain values; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace tenantry::api::tokens {

enum class SignatureAlgorithm { rs256, es256, eddsa };

// As it stands in `alg`.
std::string_view name_of(SignatureAlgorithm algorithm);
// Nothing for any other name; case counts.
std::optional<SignatureAlgorithm> signature_algorithm_named(std::string_view name);

}  // namespace tenantry::api::tokens
