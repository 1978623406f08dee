#include "api/tokens/compact_jws.hpp"

#include "api/tokens/base_encodings.hpp"
#include "api/tokens/json_members.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api::tokens {
namespace {

using events::json::Kind;
using events::json::Value;

constexpr std::size_t algorithm_bytes_max = 32;
constexpr std::size_t type_bytes_max = 64;

// A member that, if it is there, must be such a text.
bool take_text(Value object, std::string_view name, std::size_t bytes_max, std::optional<std::string>& into) {
  auto found = member(object, name);
  if (!found) return true;
  if (!is_text(*found) || !is_name(found->text(), bytes_max)) return false;
  into = found->text();
  return true;
}

std::expected<JwsHeader, TokenFault> parse_header(std::string_view text) {
  auto object = events::json::scratch_document().parse(text);
  if (!object || object->kind() != Kind::object) return std::unexpected(TokenFault::header_malformed);
  if (member(*object, "crit") || member(*object, "b64")) return std::unexpected(TokenFault::extension_refused);
  JwsHeader header;
  std::optional<std::string> algorithm;
  bool well_formed = take_text(*object, "alg", algorithm_bytes_max, algorithm) &&
                     take_text(*object, "kid", key_id_bytes_max, header.key_id) &&
                     take_text(*object, "typ", type_bytes_max, header.type);
  if (!well_formed || !algorithm) return std::unexpected(TokenFault::header_malformed);
  header.algorithm = std::move(*algorithm);
  return header;
}

}  // namespace

std::expected<CompactJws, TokenFault> parse_compact_jws(std::string_view token) {
  if (token.size() > token_bytes_max) return std::unexpected(TokenFault::too_long);
  std::size_t first = token.find('.');
  std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return std::unexpected(TokenFault::malformed);
  auto header_text = decode_base64url(token.substr(0, first));
  auto payload = decode_base64url(token.substr(first + 1, second - first - 1));
  auto signature = decode_base64url(token.substr(second + 1));  // refuses a third dot
  if (!header_text || !payload || !signature) return std::unexpected(TokenFault::malformed);
  auto header = parse_header(*header_text);
  if (!header) return std::unexpected(header.error());
  return CompactJws{std::move(*header), std::move(*payload), std::move(*signature), token.substr(0, second)};
}

std::expected<void, TokenFault> verify_signature(const CompactJws& jws, const KeySet& keys) {
  auto algorithm = signature_algorithm_named(jws.header.algorithm);
  if (!algorithm) return std::unexpected(TokenFault::algorithm_refused);
  const PublicKey* key = jws.header.key_id ? keys.find(*jws.header.key_id) : keys.only_one_for(*algorithm);
  if (key == nullptr) return std::unexpected(TokenFault::key_unknown);
  if (key->algorithm() != *algorithm) return std::unexpected(TokenFault::algorithm_mismatch);
  if (!key->verify(jws.signed_part, jws.signature)) return std::unexpected(TokenFault::signature_invalid);
  return {};
}

std::string sign_compact_jws(std::string_view type, std::string_view key_id, std::string_view payload,
                             const PrivateKey& key) {
  std::string header;
  {
    events::json::ObjectWriter object{header};
    events::json::append_text(object.key("alg"), name_of(key.algorithm()));
    events::json::append_text(object.key("typ"), type);
    events::json::append_text(object.key("kid"), key_id);
  }
  std::string token = encode_base64url(header) + '.' + encode_base64url(payload);
  std::string signature = key.sign(token);
  return token + '.' + encode_base64url(signature);
}

}  // namespace tenantry::api::tokens
