// A key that tokens are verified with, and the one algorithm that it is for.
//
// The algorithm follows from the kind of key and never from a token: RSA is RS256 (RSASSA-PKCS1-v1_5 with SHA-256),
// P-256 is ES256, Ed25519 is EdDSA. A key is checked once, when it is made: RSA has a modulus of 2048 to 8192 bits, odd
// and without the fingerprint of ROCA, and an odd exponent from 65537 to 2^32; a P-256 point is on the curve; an
// Ed25519 point is canonical and of the large subgroup.
//
// verify() accepts one encoding of a signature alone: as many bytes as the modulus has for RS256, r and s of 32 bytes
// each for ES256 (RFC 7518 section 3.4), 64 bytes with a reduced S for EdDSA. Immutable and cheap to copy (copies share
// the key); any thread, any number at once.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "api/tokens/signature_algorithm.hpp"

struct evp_pkey_ctx_st;

namespace tenantry::api::tokens {

enum class KeyFault {
  rsa_size,
  rsa_modulus,
  rsa_exponent,
  p256_point,
  ed25519_point,
  encoding,      // of a private key: not one PKCS #8 structure
  kind,          // a private key for another algorithm
  halves_differ  // its public half is another key's
};
// A sentence's end: "has an RSA modulus that is not of 2048 to 8192 bits".
std::string_view describe(KeyFault fault);

inline constexpr std::size_t coordinate_bytes = 32;  // of a point of P-256 or Ed25519

// The numbers of a key as JWK has them: big-endian, RSA's without zeros at the front, the others of exactly 32 bytes.
struct RsaPublic {
  std::string modulus;
  std::string exponent;
  bool operator==(const RsaPublic&) const = default;
};
struct P256Public {
  std::string x;
  std::string y;
  bool operator==(const P256Public&) const = default;
};
struct Ed25519Public {
  std::string x;
  bool operator==(const Ed25519Public&) const = default;
};
using PublicNumbers = std::variant<RsaPublic, P256Public, Ed25519Public>;

class PublicKey {
 public:
  static std::expected<PublicKey, KeyFault> make(PublicNumbers numbers);

  SignatureAlgorithm algorithm() const;
  const PublicNumbers& numbers() const { return numbers_; }
  bool verify(std::string_view message, std::string_view signature) const;

 private:
  PublicKey(PublicNumbers numbers, std::shared_ptr<const evp_pkey_ctx_st> verification);
  bool verify_digest(std::string_view message, std::string_view signature) const;

  PublicNumbers numbers_;
  // Made ready for the algorithm once and copied for each signature, which is quicker than to make one for each. None
  // for Ed25519, which libsodium verifies from the bytes of the key, twice as fast.
  std::shared_ptr<const evp_pkey_ctx_st> verification_;
};

}  // namespace tenantry::api::tokens
