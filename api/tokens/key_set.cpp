#include "api/tokens/key_set.hpp"

#include <set>

#include "api/tokens/json_members.hpp"

namespace tenantry::api::tokens {

using events::DecodeError;
using events::json::Kind;
using events::json::Value;

std::expected<KeySet, DecodeError> KeySet::make(std::vector<Jwk> keys) {
  if (keys.size() > keys_max) {
    return std::unexpected(DecodeError{"keys", "has more than " + std::to_string(keys_max) + " keys"});
  }
  std::set<std::string_view> ids;
  for (const Jwk& each : keys) {
    if (each.key_id && !ids.insert(*each.key_id).second) {
      return std::unexpected(DecodeError{"keys", "has two keys whose kid is " + *each.key_id});
    }
  }
  return KeySet{std::move(keys)};
}

std::expected<KeySet, DecodeError> KeySet::parse(std::string_view text) {
  if (text.size() > text_bytes_max) {
    return std::unexpected(DecodeError{"", "is longer than " + std::to_string(text_bytes_max) + " bytes"});
  }
  auto root = events::json::scratch_document().parse(text);
  if (!root) return std::unexpected(std::move(root.error()));
  auto list = root->kind() == Kind::object ? member(*root, "keys") : std::nullopt;
  if (!list || list->kind() != Kind::list) {
    return std::unexpected(DecodeError{"keys", "must be an array of JSON Web Keys"});
  }
  std::vector<Jwk> keys;
  std::size_t place = 0;
  for (Value each : *list) {
    auto jwk = decode_jwk(each);
    std::string path = "keys[" + std::to_string(place++) + "]";
    if (!jwk) {
      if (!jwk.error().field.empty()) path += '.' + jwk.error().field;
      return std::unexpected(DecodeError{std::move(path), std::move(jwk.error().detail)});
    }
    if (place > keys_max) return std::unexpected(DecodeError{std::move(path), "is one key too many"});
    if (*jwk) keys.push_back(std::move(**jwk));
  }
  return make(std::move(keys));
}

const PublicKey* KeySet::find(std::string_view key_id) const {
  for (const Jwk& each : keys_) {
    if (each.key_id == key_id) return &each.key;
  }
  return nullptr;
}

const PublicKey* KeySet::only_one_for(SignatureAlgorithm algorithm) const {
  const PublicKey* found = nullptr;
  for (const Jwk& each : keys_) {
    if (each.key.algorithm() != algorithm) continue;
    if (found != nullptr) return nullptr;
    found = &each.key;
  }
  return found;
}

std::string print_key_set(const KeySet& keys) {
  std::string text = R"({"keys":[)";
  for (const Jwk& each : keys.keys()) {
    if (&each != &keys.keys().front()) text += ',';
    text += print_jwk(each);
  }
  return text + "]}";
}

}  // namespace tenantry::api::tokens
