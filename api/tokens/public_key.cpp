#include "api/tokens/public_key.hpp"

#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include <sodium.h>

#include <cstdint>
#include <optional>

#include "api/tokens/openssl_handles.hpp"
#include "api/tokens/secret_bytes.hpp"
#include "api/tokens/weak_rsa.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::tokens {
namespace {

constexpr int modulus_bits_min = 2048;
constexpr int modulus_bits_max = 8192;
constexpr std::uint64_t exponent_min = 65'537;
constexpr std::size_t exponent_bytes_max = 4;

using Key = std::shared_ptr<EVP_PKEY>;

BigNumber number_of(std::string_view bytes) {
  BigNumber number{BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr)};
  need(number != nullptr, "hold a number");
  return number;
}

// Nothing if the numbers make no key of this kind.
Key make_key(const char* kind, ParameterBuilder& builder) {
  Parameters parameters{OSSL_PARAM_BLD_to_param(builder.get())};
  KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr)};
  need(parameters != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1, "make keys");
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) ERR_clear_error();
  return Key{key, EVP_PKEY_free};
}

ParameterBuilder new_parameters() {
  ParameterBuilder builder{OSSL_PARAM_BLD_new()};
  need(builder != nullptr, "make parameters");
  return builder;
}

std::optional<KeyFault> fault_of(const RsaPublic& numbers, const BIGNUM* modulus) {
  if (BN_num_bits(modulus) < modulus_bits_min) return KeyFault::rsa_size;
  if (numbers.modulus.front() == '\0' || !BN_is_odd(modulus) || has_roca_fingerprint(modulus)) {
    return KeyFault::rsa_modulus;
  }
  const std::string& exponent = numbers.exponent;
  if (exponent.empty() || exponent.size() > exponent_bytes_max || exponent.front() == '\0') {
    return KeyFault::rsa_exponent;
  }
  std::uint64_t value = 0;
  for (unsigned char byte : exponent) value = value << 8 | byte;
  if (value < exponent_min || value % 2 == 0) return KeyFault::rsa_exponent;
  return std::nullopt;
}

std::expected<Key, KeyFault> checked_key(const RsaPublic& numbers) {
  if (numbers.modulus.size() > modulus_bits_max / 8) return std::unexpected(KeyFault::rsa_size);
  BigNumber modulus = number_of(numbers.modulus);
  if (auto fault = fault_of(numbers, modulus.get())) return std::unexpected(*fault);
  BigNumber exponent = number_of(numbers.exponent);
  ParameterBuilder builder = new_parameters();
  need(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) == 1 &&
           OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) == 1,
       "make parameters");
  Key key = make_key("RSA", builder);
  if (!key) return std::unexpected(KeyFault::rsa_modulus);
  return key;
}

std::expected<Key, KeyFault> checked_key(const P256Public& numbers) {
  if (numbers.x.size() != coordinate_bytes || numbers.y.size() != coordinate_bytes) {
    return std::unexpected(KeyFault::p256_point);
  }
  std::string point = '\x04' + numbers.x + numbers.y;  // uncompressed, SEC 1 section 2.3.3
  ParameterBuilder builder = new_parameters();
  need(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
           OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1,
       "make parameters");
  Key key = make_key("EC", builder);  // none of a point that is not on the curve
  if (!key) return std::unexpected(KeyFault::p256_point);
  return key;
}

std::expected<Key, KeyFault> checked_key(const Ed25519Public& numbers) {
  need_sodium();
  bool valid = numbers.x.size() == crypto_sign_PUBLICKEYBYTES &&
               crypto_core_ed25519_is_valid_point(bytes_of(std::string_view{numbers.x})) == 1;
  if (!valid) return std::unexpected(KeyFault::ed25519_point);
  return nullptr;
}

// The DER that OpenSSL takes, of r and s.
std::optional<std::string> der_of(std::string_view signature) {
  if (signature.size() != 2 * coordinate_bytes) return std::nullopt;
  EcdsaSignature parts{ECDSA_SIG_new()};
  BigNumber r = number_of(signature.substr(0, coordinate_bytes));
  BigNumber s = number_of(signature.substr(coordinate_bytes));
  need(parts != nullptr && ECDSA_SIG_set0(parts.get(), r.release(), s.release()) == 1, "hold a signature");
  std::string der(2 * coordinate_bytes + 8, '\0');  // two headers, a sign byte each, and the sequence's header
  unsigned char* end = bytes_of(der);
  int size = i2d_ECDSA_SIG(parts.get(), &end);
  need(size > 0, "encode a signature");
  der.resize(static_cast<std::size_t>(size));
  return der;
}

const EVP_MD* sha256_algorithm() {
  static const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  need(fetched != nullptr, "make SHA-256");
  return fetched;
}

// Ready for signatures of SHA-256, with RSA by PKCS #1 v1.5; it holds the key.
std::shared_ptr<const EVP_PKEY_CTX> verification_with(EVP_PKEY* key) {
  std::shared_ptr<EVP_PKEY_CTX> context{EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), EVP_PKEY_CTX_free};
  need(context != nullptr && EVP_PKEY_verify_init(context.get()) == 1, "verify signatures");
  bool is_rsa = EVP_PKEY_is_a(key, "RSA") == 1;
  need(!is_rsa || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1, "verify signatures");
  need(EVP_PKEY_CTX_set_signature_md(context.get(), sha256_algorithm()) == 1, "verify signatures");
  return context;
}

}  // namespace

std::string_view describe(KeyFault fault) {
  switch (fault) {
    case KeyFault::rsa_size:
      return "has an RSA modulus that is not of 2048 to 8192 bits";
    case KeyFault::rsa_modulus:
      return "has an RSA modulus that is even, begins with a zero, or is of a kind that can be factored";
    case KeyFault::rsa_exponent:
      return "has an RSA exponent that is even, begins with a zero, or is not from 65537 to 2^32";
    case KeyFault::p256_point:
      return "is no point of P-256 in two coordinates of 32 bytes";
    case KeyFault::ed25519_point:
      return "is no point of Ed25519 in 32 bytes";
    case KeyFault::encoding:
      return "is not one private key in PKCS #8";
    case KeyFault::kind:
      return "is for none of RS256, ES256 and EdDSA with Ed25519";
    case KeyFault::halves_differ:
      return "has a public half that does not belong to it";
  }
  return "";
}

std::expected<PublicKey, KeyFault> PublicKey::make(PublicNumbers numbers) {
  auto key = std::visit([](const auto& each) { return checked_key(each); }, numbers);
  if (!key) return std::unexpected(key.error());
  return PublicKey{std::move(numbers), *key ? verification_with(key->get()) : nullptr};
}

PublicKey::PublicKey(PublicNumbers numbers, std::shared_ptr<const evp_pkey_ctx_st> verification)
    : numbers_(std::move(numbers)), verification_(std::move(verification)) {}

SignatureAlgorithm PublicKey::algorithm() const {
  if (std::holds_alternative<RsaPublic>(numbers_)) return SignatureAlgorithm::rs256;
  return std::holds_alternative<P256Public>(numbers_) ? SignatureAlgorithm::es256 : SignatureAlgorithm::eddsa;
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  switch (algorithm()) {
    case SignatureAlgorithm::rs256:
      return verify_digest(message, signature);  // OpenSSL holds the size to the modulus'
    case SignatureAlgorithm::es256: {
      auto der = der_of(signature);
      return der && verify_digest(message, *der);
    }
    case SignatureAlgorithm::eddsa:
      return signature.size() == crypto_sign_BYTES &&
             crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(),
                                         bytes_of(std::string_view{std::get<Ed25519Public>(numbers_).x})) == 0;
  }
  return false;
}

bool PublicKey::verify_digest(std::string_view message, std::string_view signature) const {
  events::Sha256 digest = events::sha256({message});
  KeyContext context{EVP_PKEY_CTX_dup(verification_.get())};
  need(context != nullptr, "verify signatures");
  bool valid = EVP_PKEY_verify(context.get(), bytes_of(signature), signature.size(), digest.data(), digest.size()) == 1;
  if (!valid) ERR_clear_error();
  return valid;
}

}  // namespace tenantry::api::tokens
