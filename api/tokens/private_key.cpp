#include "api/tokens/private_key.hpp"

#include <openssl/core_names.h>
#include <openssl/x509.h>

#include <algorithm>
#include <optional>

#include "api/tokens/openssl_handles.hpp"

namespace tenantry::api::tokens {
namespace {

constexpr std::size_t fresh_modulus_bits = 2048;

using Key = std::shared_ptr<EVP_PKEY>;
using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreedBy<PKCS8_PRIV_KEY_INFO_free>>;

// Big-endian, of at least this many bytes.
std::string number_in(EVP_PKEY* key, const char* name, std::size_t bytes_min) {
  BIGNUM* found = nullptr;
  need(EVP_PKEY_get_bn_param(key, name, &found) == 1, "tell a key's numbers");
  BigNumber number{found};
  std::size_t size = std::max(bytes_min, static_cast<std::size_t>(BN_num_bytes(found)));
  std::string bytes(size, '\0');
  need(BN_bn2binpad(found, bytes_of(bytes), static_cast<int>(size)) >= 0, "tell a key's numbers");
  return bytes;
}

bool is_p256(EVP_PKEY* key) {
  char name[32];
  std::size_t size = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, name, sizeof name, &size) == 1 &&
         std::string_view{name, size} == "prime256v1";
}

std::optional<PublicNumbers> public_numbers(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) {
    return RsaPublic{number_in(key, OSSL_PKEY_PARAM_RSA_N, 0), number_in(key, OSSL_PKEY_PARAM_RSA_E, 0)};
  }
  if (is_p256(key)) {
    return P256Public{number_in(key, OSSL_PKEY_PARAM_EC_PUB_X, coordinate_bytes),
                      number_in(key, OSSL_PKEY_PARAM_EC_PUB_Y, coordinate_bytes)};
  }
  if (EVP_PKEY_is_a(key, "ED25519") != 1) return std::nullopt;
  std::string x(coordinate_bytes, '\0');
  std::size_t size = x.size();
  need(EVP_PKEY_get_raw_public_key(key, bytes_of(x), &size) == 1 && size == x.size(), "tell a key's numbers");
  return Ed25519Public{std::move(x)};
}

bool halves_agree(EVP_PKEY* key) {
  KeyContext context{EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)};
  need(context != nullptr, "check keys");
  bool agree = EVP_PKEY_pairwise_check(context.get()) == 1;
  ERR_clear_error();
  return agree;
}

// r and s of 32 bytes each, of OpenSSL's DER.
std::string joined_of(std::string_view der) {
  const unsigned char* begin = bytes_of(der);
  EcdsaSignature parts{d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()))};
  need(parts != nullptr, "read its own signature");
  std::string joined(2 * coordinate_bytes, '\0');
  unsigned char* out = bytes_of(joined);
  int size = coordinate_bytes;
  need(BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), out, size) == size &&
           BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), out + size, size) == size,
       "read its own signature");
  return joined;
}

EVP_PKEY* fresh_key(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::rs256:
      return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", fresh_modulus_bits);
    case SignatureAlgorithm::es256:
      return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
    case SignatureAlgorithm::eddsa:
      return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  }
  return nullptr;
}

}  // namespace

PrivateKey::PrivateKey(std::shared_ptr<evp_pkey_st> key, PublicKey public_key)
    : key_(std::move(key)), public_key_(std::move(public_key)) {}

std::expected<PrivateKey, KeyFault> PrivateKey::checked(std::shared_ptr<evp_pkey_st> key) {
  auto numbers = public_numbers(key.get());
  if (!numbers) return std::unexpected(KeyFault::kind);
  auto public_key = PublicKey::make(std::move(*numbers));
  if (!public_key) return std::unexpected(public_key.error());
  if (!halves_agree(key.get())) return std::unexpected(KeyFault::halves_differ);
  return PrivateKey{std::move(key), std::move(*public_key)};
}

PrivateKey PrivateKey::generate(SignatureAlgorithm algorithm) {
  Key key{fresh_key(algorithm), EVP_PKEY_free};
  need(key != nullptr, "make a key");
  auto checked_key = checked(std::move(key));
  need(checked_key.has_value(), "make a sound key");
  return std::move(*checked_key);
}

std::expected<PrivateKey, KeyFault> PrivateKey::from_pkcs8(std::string_view bytes) {
  const unsigned char* begin = bytes_of(bytes);
  const unsigned char* end = begin + bytes.size();
  Pkcs8 structure{d2i_PKCS8_PRIV_KEY_INFO(nullptr, &begin, static_cast<long>(bytes.size()))};
  Key key{structure && begin == end ? EVP_PKCS82PKEY(structure.get()) : nullptr, EVP_PKEY_free};
  ERR_clear_error();
  if (!key) return std::unexpected(KeyFault::encoding);
  return checked(std::move(key));
}

std::string PrivateKey::pkcs8() const {
  Pkcs8 structure{EVP_PKEY2PKCS8(key_.get())};
  need(structure != nullptr, "encode a key");
  int size = i2d_PKCS8_PRIV_KEY_INFO(structure.get(), nullptr);
  need(size > 0, "encode a key");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  unsigned char* out = bytes_of(bytes);
  need(i2d_PKCS8_PRIV_KEY_INFO(structure.get(), &out) == size, "encode a key");
  return bytes;
}

std::string PrivateKey::sign(std::string_view message) const {
  DigestContext context{EVP_MD_CTX_new()};
  const char* digest = algorithm() == SignatureAlgorithm::eddsa ? nullptr : "SHA256";  // Ed25519 has its own
  std::size_t size = 0;
  need(context != nullptr &&
           EVP_DigestSignInit_ex(context.get(), nullptr, digest, nullptr, nullptr, key_.get(), nullptr) == 1 &&
           EVP_DigestSign(context.get(), nullptr, &size, bytes_of(message), message.size()) == 1,
       "sign");
  std::string signature(size, '\0');
  need(EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(message), message.size()) == 1, "sign");
  signature.resize(size);
  return algorithm() == SignatureAlgorithm::es256 ? joined_of(signature) : signature;
}

}  // namespace tenantry::api::tokens
