#include "api/tokens/compact_jws.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "api/tokens/base64url.hpp"
#include "events/json/reader.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::tokens {
namespace {

namespace json = events::json;

struct Parts {
  std::string_view header, payload, signature;
  std::string_view signed_text;  // the first two
};

std::optional<Parts> parts_of(std::string_view token) {
  if (token.size() > token_bytes_max) return std::nullopt;
  std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1),
               token.substr(0, second)};
}

std::expected<Header, TokenFault> header_of(std::string_view part) {
  auto text = bytes_of_base64url(part);
  if (!text) return std::unexpected(TokenFault::malformed);
  json::Document document;
  auto object = document.parse(*text);
  if (!object || object->kind() != json::Kind::object) return std::unexpected(TokenFault::malformed);
  Header header;
  bool has_algorithm = false;
  for (json::Value each : *object) {
    if (each.key() == "crit" || each.key() == "b64") return std::unexpected(TokenFault::critical_header);
    const std::array<std::pair<std::string_view, std::string*>, 3> known{
        {{"alg", &header.alg}, {"kid", &header.kid}, {"typ", &header.typ}}};
    for (const auto& [name, into] : known) {
      if (each.key() != name) continue;
      if (each.kind() != json::Kind::text) return std::unexpected(TokenFault::malformed);
      *into = each.text();
    }
    has_algorithm |= each.key() == "alg";
  }
  if (!has_algorithm) return std::unexpected(TokenFault::malformed);
  return header;
}

const PublicKey* key_for(const Header& header, std::span<const PublicKey> keys) {
  if (header.kid.empty()) return keys.size() == 1 ? &keys.front() : nullptr;
  auto found = std::ranges::find(keys, header.kid, &PublicKey::kid);
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name_of(TokenFault fault) {
  switch (fault) {
    case TokenFault::malformed:
      return "malformed";
    case TokenFault::critical_header:
      return "critical-header";
    case TokenFault::unknown_key:
      return "unknown-key";
    case TokenFault::wrong_algorithm:
      return "wrong-algorithm";
    case TokenFault::bad_signature:
      return "bad-signature";
    case TokenFault::wrong_type:
      return "wrong-type";
    case TokenFault::wrong_issuer:
      return "wrong-issuer";
    case TokenFault::wrong_audience:
      return "wrong-audience";
    case TokenFault::expired:
      return "expired";
    case TokenFault::not_yet_valid:
      return "not-yet-valid";
    case TokenFault::bound_to_key:
      return "bound-to-key";
    case TokenFault::missing_claim:
      return "missing-claim";
  }
  throw std::logic_error("a fault that there is not");
}

std::expected<Header, TokenFault> read_header(std::string_view token) {
  auto parts = parts_of(token);
  if (!parts) return std::unexpected(TokenFault::malformed);
  return header_of(parts->header);
}

std::expected<Verified, TokenFault> verify(std::string_view token, std::span<const PublicKey> keys) {
  auto parts = parts_of(token);
  if (!parts) return std::unexpected(TokenFault::malformed);
  auto header = header_of(parts->header);
  if (!header) return std::unexpected(header.error());
  const PublicKey* key = key_for(*header, keys);
  if (key == nullptr) return std::unexpected(TokenFault::unknown_key);
  if (!is_named(key->algorithm(), header->alg)) return std::unexpected(TokenFault::wrong_algorithm);
  auto payload = bytes_of_base64url(parts->payload);
  auto signature = bytes_of_base64url(parts->signature);
  if (!payload || !signature) return std::unexpected(TokenFault::malformed);
  if (!key->verifies(parts->signed_text, *signature)) return std::unexpected(TokenFault::bad_signature);
  return Verified{std::move(*header), std::move(*payload)};
}

std::string sign(const PrivateKey& key, std::string_view typ, std::string_view payload) {
  std::string header = "{\"alg\":";
  json::append_text(header, name_of(key.public_key().algorithm()));
  header += ",\"kid\":";
  json::append_text(header, key.public_key().kid());
  header += ",\"typ\":";
  json::append_text(header, typ);
  header += '}';
  std::string token = base64url(header) + '.' + base64url(payload);
  return token + '.' + base64url(key.sign(token));
}

}  // namespace tenantry::api::tokens
