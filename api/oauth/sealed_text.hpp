// Fields (fields.hpp) as a sealed text, for the sources of this folder: base64url of a version, 1 byte, and what is
// sealed, for one kind of text. Only a text of the same kind and version opens.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/tokens/base_encodings.hpp"
#include "api/tokens/sealing.hpp"

namespace tenantry::api::oauth {

inline std::string seal_text(std::string_view key, std::string_view kind, char version, std::string_view fields) {
  std::string purpose = std::string{kind} + version;
  return tokens::encode_base64url(version + tokens::seal_bytes(key, purpose, fields));
}

inline std::optional<std::string> open_text(std::string_view key, std::string_view kind, char version,
                                            std::string_view text) {
  auto bytes = tokens::decode_base64url(text);
  if (!bytes || bytes->empty() || bytes->front() != version) return std::nullopt;
  std::string purpose = std::string{kind} + version;
  return tokens::open_sealed_bytes(key, purpose, std::string_view{*bytes}.substr(1));
}

}  // namespace tenantry::api::oauth
