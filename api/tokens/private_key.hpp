// A key that tokens are signed with, for one algorithm, and its public half.
//
// Kept outside as PKCS #8 (RFC 5958, DER, not encrypted): whoever keeps the bytes must seal them. What is read is held
// to the rules of public_key.hpp and its halves must belong together. Signatures have the one encoding that
// PublicKey::verify() accepts. Immutable and cheap to copy; any thread. Throws std::runtime_error if OpenSSL fails.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "api/tokens/public_key.hpp"

struct evp_pkey_st;

namespace tenantry::api::tokens {

class PrivateKey {
 public:
  // A fresh one; RSA of 2048 bits, of which a signature takes the processor ten times as long as one of ES256.
  static PrivateKey generate(SignatureAlgorithm algorithm);
  static std::expected<PrivateKey, KeyFault> from_pkcs8(std::string_view bytes);

  std::string pkcs8() const;
  SignatureAlgorithm algorithm() const { return public_key_.algorithm(); }
  const PublicKey& public_key() const { return public_key_; }
  std::string sign(std::string_view message) const;

 private:
  PrivateKey(std::shared_ptr<evp_pkey_st> key, PublicKey public_key);
  static std::expected<PrivateKey, KeyFault> checked(std::shared_ptr<evp_pkey_st> key);

  std::shared_ptr<evp_pkey_st> key_;
  PublicKey public_key_;
};

}  // namespace tenantry::api::tokens
