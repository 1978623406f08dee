#include "api/tokens/jwk.hpp"

#include <algorithm>
#include <array>

#include "api/tokens/base_encodings.hpp"
#include "api/tokens/json_members.hpp"
#include "events/identifiers.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::tokens {
namespace {

using events::DecodeError;
using events::json::Kind;
using events::json::ObjectWriter;
using events::json::Value;

constexpr std::array<std::string_view, 8> private_members = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"};
constexpr std::array<std::string_view, 4> known_types = {"RSA", "EC", "OKP", "oct"};

std::unexpected<DecodeError> error(std::string_view member, std::string detail) {
  return std::unexpected(DecodeError{std::string{member}, std::move(detail)});
}

// A member that is a text, empty if it is absent.
std::expected<std::string_view, DecodeError> text_of(Value key, std::string_view name) {
  auto found = member(key, name);
  if (!found) return std::string_view{};
  if (!is_text(*found)) return error(name, "must be a string");
  return found->text();
}

std::expected<std::string, DecodeError> bytes_in(Value key, std::string_view name) {
  auto found = member(key, name);
  if (!found) return error(name, "is missing");
  auto bytes = is_text(*found) ? decode_base64url(found->text()) : std::nullopt;
  if (!bytes || bytes->empty()) return error(name, "must be bytes in base64url");
  return std::move(*bytes);
}

std::expected<bool, DecodeError> may_verify(Value key) {
  auto use = text_of(key, "use");
  if (!use) return std::unexpected(std::move(use.error()));
  if (!use->empty() && *use != "sig") return false;
  auto operations = member(key, "key_ops");
  if (!operations) return true;
  bool verifies = false;
  if (operations->kind() != Kind::list) return error("key_ops", "must be an array of strings");
  for (Value each : *operations) {
    if (!is_text(each)) return error("key_ops", "must be an array of strings");
    verifies = verifies || each.text() == "verify";
  }
  return verifies;
}

std::expected<PublicNumbers, DecodeError> two_numbers(Value key, std::string_view first, std::string_view second) {
  auto one = bytes_in(key, first);
  if (!one) return std::unexpected(std::move(one.error()));
  auto other = bytes_in(key, second);
  if (!other) return std::unexpected(std::move(other.error()));
  if (first == "n") return RsaPublic{std::move(*one), std::move(*other)};
  return P256Public{std::move(*one), std::move(*other)};
}

// Of the kinds of keys that we know, the numbers; nothing of any other.
std::expected<std::optional<PublicNumbers>, DecodeError> numbers_of(Value key, std::string_view type) {
  if (type == "RSA") return two_numbers(key, "n", "e");
  auto curve = text_of(key, "crv");
  if (!curve) return std::unexpected(std::move(curve.error()));
  if (type == "EC" && *curve == "P-256") return two_numbers(key, "x", "y");
  if (type != "OKP" || *curve != "Ed25519") return std::nullopt;
  auto x = bytes_in(key, "x");
  if (!x) return std::unexpected(std::move(x.error()));
  return Ed25519Public{std::move(*x)};
}

std::expected<std::optional<std::string>, DecodeError> key_id_of(Value key) {
  auto found = member(key, "kid");
  if (!found) return std::nullopt;
  if (!is_text(*found) || !is_name(found->text(), key_id_bytes_max)) {
    return error("kid",
                 "must be a string of 1 to " + std::to_string(key_id_bytes_max) + " bytes without control characters");
  }
  return std::string{found->text()};
}

std::expected<std::optional<Jwk>, DecodeError> made_of(Value key, std::string_view type, std::string_view algorithm) {
  auto numbers = numbers_of(key, type);
  if (!numbers) return std::unexpected(std::move(numbers.error()));
  if (!*numbers) return std::nullopt;
  auto key_id = key_id_of(key);
  if (!key_id) return std::unexpected(std::move(key_id.error()));
  auto made = PublicKey::make(std::move(**numbers));
  if (!made) return error("", std::string{describe(made.error())});
  if (!algorithm.empty() && algorithm != name_of(made->algorithm())) return error("alg", "does not go with this key");
  return Jwk{std::move(*key_id), std::move(*made)};
}

// The members that a thumbprint is made of, in the order of their names, which is the order of RFC 7638.
void write_numbers(ObjectWriter& object, const PublicKey& key) {
  auto put = [&](std::string_view name, std::string_view text) { events::json::append_text(object.key(name), text); };
  if (const auto* rsa = std::get_if<RsaPublic>(&key.numbers())) {
    put("e", encode_base64url(rsa->exponent));
    put("kty", "RSA");
    put("n", encode_base64url(rsa->modulus));
  } else if (const auto* p256 = std::get_if<P256Public>(&key.numbers())) {
    put("crv", "P-256");
    put("kty", "EC");
    put("x", encode_base64url(p256->x));
    put("y", encode_base64url(p256->y));
  } else {
    put("crv", "Ed25519");
    put("kty", "OKP");
    put("x", encode_base64url(std::get<Ed25519Public>(key.numbers()).x));
  }
}

}  // namespace

std::expected<std::optional<Jwk>, DecodeError> decode_jwk(Value value) {
  if (value.kind() != Kind::object) return error("", "must be an object");
  auto type = text_of(value, "kty");
  if (!type) return std::unexpected(std::move(type.error()));
  if (type->empty()) return error("kty", "is missing");
  if (std::ranges::find(known_types, *type) == known_types.end()) return std::nullopt;
  for (std::string_view name : private_members) {
    if (member(value, name)) return error(name, "is a secret and must not be in a public key");
  }
  auto verifies = may_verify(value);
  if (!verifies) return std::unexpected(std::move(verifies.error()));
  auto algorithm = text_of(value, "alg");
  if (!algorithm) return std::unexpected(std::move(algorithm.error()));
  bool is_ours = algorithm->empty() || signature_algorithm_named(*algorithm);
  if (!*verifies || !is_ours) return std::nullopt;
  return made_of(value, *type, *algorithm);
}

std::expected<std::optional<Jwk>, DecodeError> parse_jwk(std::string_view text) {
  auto value = events::json::scratch_document().parse(text);
  if (!value) return std::unexpected(std::move(value.error()));
  return decode_jwk(*value);
}

std::string print_jwk(const Jwk& jwk) {
  std::string text;
  {
    ObjectWriter object{text};
    write_numbers(object, jwk.key);
    events::json::append_text(object.key("use"), "sig");
    events::json::append_text(object.key("alg"), name_of(jwk.key.algorithm()));
    if (jwk.key_id) events::json::append_text(object.key("kid"), *jwk.key_id);
  }
  return text;
}

std::string thumbprint(const PublicKey& key) {
  std::string text;
  {
    ObjectWriter object{text};
    write_numbers(object, key);
  }
  return encode_base64url(events::bytes_of(events::sha256({text})));
}

}  // namespace tenantry::api::tokens
