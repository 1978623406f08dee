// Keys that sign tokens and check their signatures: RSA (RS256), P-256 (ES256) and Ed25519 (EdDSA), by OpenSSL.
//
// A key has one algorithm, which is its own and never a token's to choose. Read from and printed as JSON Web Keys (RFC
// 7517, 7518, 8037); kept by the server as PKCS #8 in PEM. Keys are immutable and shared; any thread may use one.
// Sources of failure are named in a sentence; programming errors and a failing OpenSSL throw.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tenantry::api::tokens {

enum class Algorithm { rs256, es256, eddsa };

// As the header parameter `alg` has it; Ed25519 is also called by its own name (RFC 9864).
std::string_view name_of(Algorithm algorithm);
bool is_named(Algorithm algorithm, std::string_view alg);

class PublicKey {
 public:
  Algorithm algorithm() const { return algorithm_; }
  // As it was published; of a key without one, its thumbprint (RFC 7638).
  const std::string& kid() const { return kid_; }
  // Whether the signature, in the form that JSON Web Signatures have (of ES256: r and s, 32 bytes each), is of the
  // text.
  bool verifies(std::string_view text, std::string_view signature) const;
  // {"alg":…,"kid":…,"kty":…,…,"use":"sig"}
  std::string jwk() const;
  std::string thumbprint() const;

 private:
  friend class PrivateKey;
  friend struct KeyReader;
  PublicKey(Algorithm algorithm, std::shared_ptr<void> key, std::string kid);
  std::string required_members() const;

  Algorithm algorithm_;
  std::shared_ptr<void> key_;  // EVP_PKEY
  std::string kid_;
};

class PrivateKey {
 public:
  static PrivateKey make(Algorithm algorithm);
  static std::expected<PrivateKey, std::string> from_pem(std::string_view pem);
  std::string pem() const;

  const PublicKey& public_key() const { return public_; }
  std::string sign(std::string_view text) const;

 private:
  explicit PrivateKey(PublicKey key) : public_(std::move(key)) {}
  PublicKey public_;  // of the same EVP_PKEY, with the private part
};

// One JWK. Refused: what holds a private part, an RSA key of less than 2048 or more than 8192 bits or with an exponent
// that is even or below 3, a point that is not on its curve, a member twice, an `alg` that is not the key's.
std::expected<PublicKey, std::string> read_jwk(std::string_view json);

// The keys of a JWK Set that check signatures; those of other types, uses and algorithms are passed over. Refused: a
// set of which one of the others cannot be read, with a kid twice, or with more than 100 keys.
std::expected<std::vector<PublicKey>, std::string> read_jwk_set(std::string_view json);
std::string jwk_set(const std::vector<PublicKey>& keys);

}  // namespace tenantry::api::tokens
