#include "api/tokens/keys.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <map>
#include <set>
#include <stdexcept>

#include "api/tokens/base64url.hpp"
#include "events/identifiers.hpp"
#include "events/json/reader.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::tokens {
namespace {

namespace json = events::json;

constexpr std::size_t coordinate_bytes = 32;
constexpr int rsa_bits_min = 2048, rsa_bits_max = 8192, rsa_bits_made = 2048;
constexpr std::size_t keys_max = 100;
constexpr const char* p256 = "prime256v1";

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* owned) const {
    Free(owned);
  }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<&EVP_MD_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<&EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<&BN_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<&ECDSA_SIG_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freed<&OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<&OSSL_PARAM_free>>;
using Memory = std::unique_ptr<BIO, Freed<&BIO_free>>;
using SharedKey = std::shared_ptr<void>;

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string{"OpenSSL cannot "} + what);
}

EVP_PKEY* evp(const SharedKey& key) {
  return static_cast<EVP_PKEY*>(key.get());
}
SharedKey shared(EVP_PKEY* key) {
  return {key, [](void* owned) { EVP_PKEY_free(static_cast<EVP_PKEY*>(owned)); }};
}
const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

// Fetched once: a look-up by name costs more than the hash of a token.
const EVP_MD* digest_of(Algorithm algorithm) {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (sha256 == nullptr) fail("make SHA-256");
  return algorithm == Algorithm::eddsa ? nullptr : sha256;
}

std::string number_bytes(const BIGNUM* number, std::size_t width) {
  std::string bytes(width, '\0');
  if (BN_bn2binpad(number, octets(bytes), static_cast<int>(width)) < 0) fail("write a number");
  return bytes;
}
Number number_of(std::string_view bytes) {
  Number number(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr));
  if (!number) fail("read a number");
  return number;
}

// ECDSA signatures are ASN.1 in OpenSSL, and r and s side by side in JWS (RFC 7518 3.4).
std::string asn1_of(std::string_view sides) {
  Signature signature(ECDSA_SIG_new());
  Number r = number_of(sides.substr(0, coordinate_bytes)), s = number_of(sides.substr(coordinate_bytes));
  if (!signature || ECDSA_SIG_set0(signature.get(), r.release(), s.release()) != 1) fail("make a signature");
  int length = i2d_ECDSA_SIG(signature.get(), nullptr);
  std::string bytes(static_cast<std::size_t>(length), '\0');
  unsigned char* out = octets(bytes);
  if (i2d_ECDSA_SIG(signature.get(), &out) != length) fail("write a signature");
  return bytes;
}
std::string sides_of(std::string_view asn1) {
  const unsigned char* in = octets(asn1);
  Signature signature(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(asn1.size())));
  if (!signature) fail("read its own signature");
  return number_bytes(ECDSA_SIG_get0_r(signature.get()), coordinate_bytes) +
         number_bytes(ECDSA_SIG_get0_s(signature.get()), coordinate_bytes);
}

std::string number_parameter(const SharedKey& key, const char* name, std::size_t width = 0) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(evp(key), name, &read) != 1) fail("read a key");
  Number number(read);
  return number_bytes(number.get(), width > 0 ? width : static_cast<std::size_t>(BN_num_bytes(number.get())));
}
std::string raw_public(const SharedKey& key) {
  std::size_t length = 0;
  if (EVP_PKEY_get_raw_public_key(evp(key), nullptr, &length) != 1) fail("read a key");
  std::string bytes(length, '\0');
  if (EVP_PKEY_get_raw_public_key(evp(key), octets(bytes), &length) != 1) fail("read a key");
  return bytes;
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.empty() ? "{" : ",";
  json::append_text(out, name);
  out += ':';
  json::append_text(out, value);
}

std::expected<Algorithm, std::string> algorithm_of(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA")) return Algorithm::rs256;
  if (EVP_PKEY_is_a(key, "ED25519")) return Algorithm::eddsa;
  char group[64];
  std::size_t length = 0;
  bool is_p256 = EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1 &&
                 std::string_view{group, length} == p256;
  if (is_p256) return Algorithm::es256;
  return std::unexpected("is neither an RSA, a P-256 nor an Ed25519 key");
}

using Members = std::map<std::string, std::string, std::less<>>;  // those that are texts

std::string_view member(const Members& members, std::string_view name) {
  auto found = members.find(name);
  return found == members.end() ? std::string_view{} : found->second;
}

std::expected<std::string, std::string> octets_member(const Members& members, std::string_view name) {
  auto bytes = bytes_of_base64url(member(members, name));
  if (bytes && !bytes->empty()) return *bytes;
  return std::unexpected(std::string{name} + " is missing, or not base64url");
}

std::expected<SharedKey, std::string> key_of(const char* type, const ParameterBuilder& builder) {
  Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1) fail("make a key");
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return std::unexpected("is no key of its type");
  }
  return shared(key);
}

std::expected<SharedKey, std::string> rsa_of(const Members& members) {
  auto modulus = octets_member(members, "n"), exponent = octets_member(members, "e");
  if (!modulus) return std::unexpected(modulus.error());
  if (!exponent) return std::unexpected(exponent.error());
  // Without zeros in front: RFC 7518 2, Base64urlUInt.
  if (modulus->front() == '\0' || exponent->front() == '\0') return std::unexpected("n or e begins with a zero");
  Number n = number_of(*modulus), e = number_of(*exponent);
  int bits = BN_num_bits(n.get());
  if (bits < rsa_bits_min || bits > rsa_bits_max) return std::unexpected("n has too few or too many bits");
  if (!BN_is_odd(n.get())) return std::unexpected("n is even");
  if (!BN_is_odd(e.get()) || BN_is_one(e.get()) || BN_num_bits(e.get()) > 64) return std::unexpected("e is unsafe");
  ParameterBuilder builder(OSSL_PARAM_BLD_new());
  bool pushed = builder && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
                OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1;
  if (!pushed) fail("make a key");
  return key_of("RSA", builder);
}

std::expected<SharedKey, std::string> p256_of(const Members& members) {
  auto x = octets_member(members, "x"), y = octets_member(members, "y");
  if (!x) return std::unexpected(x.error());
  if (!y) return std::unexpected(y.error());
  if (x->size() != coordinate_bytes || y->size() != coordinate_bytes) {
    return std::unexpected("x and y have 32 bytes each");
  }
  constexpr char uncompressed = 4;
  std::string point = std::string(1, uncompressed) + *x + *y;
  ParameterBuilder builder(OSSL_PARAM_BLD_new());
  bool pushed =
      builder && OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, p256, 0) == 1 &&
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
  if (!pushed) fail("make a key");
  auto key = key_of("EC", builder);
  if (!key) return key;
  KeyContext check(EVP_PKEY_CTX_new_from_pkey(nullptr, evp(*key), nullptr));
  if (!check || EVP_PKEY_public_check(check.get()) != 1) return std::unexpected("x and y are no point of the curve");
  return key;
}

std::expected<SharedKey, std::string> ed25519_of(const Members& members) {
  auto x = octets_member(members, "x");
  if (!x) return std::unexpected(x.error());
  if (x->size() != coordinate_bytes) return std::unexpected("x has 32 bytes");
  EVP_PKEY* key = EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, octets(*x), x->size());
  if (key == nullptr) return std::unexpected("x is no key");
  return shared(key);
}

// Nothing: a key of another type.
std::optional<Algorithm> algorithm_of(const Members& members) {
  std::string_view type = member(members, "kty"), curve = member(members, "crv");
  if (type == "RSA") return Algorithm::rs256;
  if (type == "EC" && curve == "P-256") return Algorithm::es256;
  if (type == "OKP" && curve == "Ed25519") return Algorithm::eddsa;
  return std::nullopt;
}

std::expected<SharedKey, std::string> key_of(Algorithm algorithm, const Members& members) {
  switch (algorithm) {
    case Algorithm::rs256:
      return rsa_of(members);
    case Algorithm::es256:
      return p256_of(members);
    case Algorithm::eddsa:
      return ed25519_of(members);
  }
  throw std::logic_error("an algorithm that there is not");
}

constexpr std::array private_members{"d", "p", "q", "dp", "dq", "qi", "oth", "k"};

struct Jwk {
  Members members;
  bool is_private = false;
  std::optional<std::set<std::string, std::less<>>> operations = {};
};

Jwk members_of(json::Value object) {
  Jwk jwk;
  for (json::Value each : object) {
    for (std::string_view name : private_members) jwk.is_private |= each.key() == name;
    if (each.kind() == json::Kind::text) jwk.members.emplace(each.key(), each.text());
    if (each.key() != "key_ops") continue;
    jwk.operations.emplace();
    for (json::Value operation : each) jwk.operations->emplace(operation.text());
  }
  return jwk;
}

// Whether it is of those that are read: it checks signatures by one of the three algorithms.
bool is_for_signatures(const Jwk& jwk) {
  auto algorithm = algorithm_of(jwk.members);
  std::string_view use = member(jwk.members, "use"), alg = member(jwk.members, "alg");
  if (!algorithm || (!use.empty() && use != "sig")) return false;
  if (jwk.operations && !jwk.operations->contains("verify")) return false;
  return alg.empty() || is_named(*algorithm, alg);
}

}  // namespace

std::string_view name_of(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rs256:
      return "RS256";
    case Algorithm::es256:
      return "ES256";
    case Algorithm::eddsa:
      return "EdDSA";
  }
  throw std::logic_error("an algorithm that there is not");
}

bool is_named(Algorithm algorithm, std::string_view alg) {
  return alg == name_of(algorithm) || (algorithm == Algorithm::eddsa && alg == "Ed25519");
}

PublicKey::PublicKey(Algorithm algorithm, std::shared_ptr<void> key, std::string kid)
    : algorithm_(algorithm), key_(std::move(key)), kid_(std::move(kid)) {
  if (kid_.empty()) kid_ = thumbprint();
}

bool PublicKey::verifies(std::string_view text, std::string_view signature) const {
  std::string asn1;
  if (algorithm_ == Algorithm::es256) {
    if (signature.size() != 2 * coordinate_bytes) return false;
    asn1 = asn1_of(signature);
    signature = asn1;
  }
  DigestContext context(EVP_MD_CTX_new());
  if (!context || EVP_DigestVerifyInit(context.get(), nullptr, digest_of(algorithm_), nullptr, evp(key_)) != 1) {
    fail("check a signature");
  }
  return EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(text), text.size()) == 1;
}

// In the order of their names, as the thumbprint wants them (RFC 7638 3.2).
std::string PublicKey::required_members() const {
  std::string out;
  switch (algorithm_) {
    case Algorithm::rs256:
      append_member(out, "e", base64url(number_parameter(key_, OSSL_PKEY_PARAM_RSA_E)));
      append_member(out, "kty", "RSA");
      append_member(out, "n", base64url(number_parameter(key_, OSSL_PKEY_PARAM_RSA_N)));
      break;
    case Algorithm::es256:
      append_member(out, "crv", "P-256");
      append_member(out, "kty", "EC");
      append_member(out, "x", base64url(number_parameter(key_, OSSL_PKEY_PARAM_EC_PUB_X, coordinate_bytes)));
      append_member(out, "y", base64url(number_parameter(key_, OSSL_PKEY_PARAM_EC_PUB_Y, coordinate_bytes)));
      break;
    case Algorithm::eddsa:
      append_member(out, "crv", "Ed25519");
      append_member(out, "kty", "OKP");
      append_member(out, "x", base64url(raw_public(key_)));
      break;
  }
  return out;
}

std::string PublicKey::thumbprint() const {
  return base64url(events::bytes_of(events::sha256({required_members(), "}"})));
}

std::string PublicKey::jwk() const {
  std::string out = required_members();
  append_member(out, "alg", name_of(algorithm_));
  append_member(out, "kid", kid_);
  append_member(out, "use", "sig");
  return out + '}';
}

PrivateKey PrivateKey::make(Algorithm algorithm) {
  EVP_PKEY* key = nullptr;
  if (algorithm == Algorithm::rs256) key = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{rsa_bits_made});
  if (algorithm == Algorithm::es256) key = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256");
  if (algorithm == Algorithm::eddsa) key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  if (key == nullptr) fail("make a key");
  return PrivateKey{PublicKey{algorithm, shared(key), {}}};
}

std::expected<PrivateKey, std::string> PrivateKey::from_pem(std::string_view pem) {
  Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (!memory) fail("read a key");
  auto no_password = [](char*, int, int, void*) { return -1; };
  EVP_PKEY* key = PEM_read_bio_PrivateKey(memory.get(), nullptr, no_password, nullptr);
  if (key == nullptr) return std::unexpected("is no private key in PEM");
  SharedKey owned = shared(key);
  auto algorithm = algorithm_of(key);
  if (!algorithm) return std::unexpected(algorithm.error());
  if (*algorithm == Algorithm::rs256 && EVP_PKEY_get_bits(key) < rsa_bits_min)
    return std::unexpected("has too few bits");
  return PrivateKey{PublicKey{*algorithm, std::move(owned), {}}};
}

std::string PrivateKey::pem() const {
  Memory memory(BIO_new(BIO_s_mem()));
  if (!memory ||
      PEM_write_bio_PKCS8PrivateKey(memory.get(), evp(public_.key_), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    fail("write a key");
  }
  char* bytes = nullptr;
  long length = BIO_get_mem_data(memory.get(), &bytes);
  return {bytes, static_cast<std::size_t>(length)};
}

std::string PrivateKey::sign(std::string_view text) const {
  DigestContext context(EVP_MD_CTX_new());
  std::size_t length = 0;
  bool begun = context && EVP_DigestSignInit(context.get(), nullptr, digest_of(public_.algorithm()), nullptr,
                                             evp(public_.key_)) == 1;
  if (!begun || EVP_DigestSign(context.get(), nullptr, &length, octets(text), text.size()) != 1) fail("sign");
  std::string signature(length, '\0');
  if (EVP_DigestSign(context.get(), octets(signature), &length, octets(text), text.size()) != 1) fail("sign");
  signature.resize(length);
  return public_.algorithm() == Algorithm::es256 ? sides_of(signature) : signature;
}

struct KeyReader {
  static std::expected<PublicKey, std::string> read(const Jwk& jwk) {
    if (jwk.is_private) return std::unexpected("holds a private part");
    auto algorithm = algorithm_of(jwk.members);
    if (!algorithm || !is_for_signatures(jwk)) {
      return std::unexpected("is no key that checks signatures by RS256, ES256 or EdDSA");
    }
    auto key = key_of(*algorithm, jwk.members);
    if (!key) return std::unexpected(std::move(key.error()));
    return PublicKey{*algorithm, std::move(*key), std::string{member(jwk.members, "kid")}};
  }
};

std::expected<PublicKey, std::string> read_jwk(std::string_view text) {
  json::Document document;
  auto object = document.parse(text);
  if (!object) return std::unexpected("the key is no JSON: " + object.error().detail);
  if (object->kind() != json::Kind::object) return std::unexpected("the key is no object");
  auto key = KeyReader::read(members_of(*object));
  if (!key) return std::unexpected("the key " + key.error());
  return key;
}

std::expected<std::vector<PublicKey>, std::string> read_jwk_set(std::string_view text) {
  json::Document document;
  auto object = document.parse(text);
  if (!object) return std::unexpected("the set of keys is no JSON: " + object.error().detail);
  std::optional<json::Value> list;
  if (object->kind() == json::Kind::object) {
    for (json::Value each : *object) {
      if (each.key() == "keys" && each.kind() == json::Kind::list) list = each;
    }
  }
  if (!list) return std::unexpected("the set of keys has no list of keys");
  std::vector<PublicKey> keys;
  std::set<std::string> kids;
  std::size_t number = 0;
  for (json::Value each : *list) {
    std::string name = "keys[" + std::to_string(number++) + "] ";
    if (number > keys_max) return std::unexpected("there are more than " + std::to_string(keys_max) + " keys");
    if (each.kind() != json::Kind::object) return std::unexpected(name + "is no object");
    Jwk jwk = members_of(each);
    if (!is_for_signatures(jwk)) continue;
    auto key = KeyReader::read(jwk);
    if (!key) return std::unexpected(name + key.error());
    if (!kids.insert(key->kid()).second) return std::unexpected(name + "has the kid of another");
    keys.push_back(std::move(*key));
  }
  return keys;
}

std::string jwk_set(const std::vector<PublicKey>& keys) {
  std::string out = "{\"keys\":[";
  for (const PublicKey& key : keys) {
    if (out.back() != '[') out += ',';
    out += key.jwk();
  }
  return out + "]}";
}

}  // namespace tenantry::api::tokens
