// Members of JSON objects by name, for the sources of this folder. The reader has refused duplicates before.
#pragma once

#include <optional>
#include <string_view>

#include "events/json/reader.hpp"

namespace tenantry::api::tokens {

inline std::optional<events::json::Value> member(events::json::Value object, std::string_view name) {
  for (events::json::Value each : object) {
    if (each.key() == name) return each;
  }
  return std::nullopt;
}

inline bool is_text(events::json::Value value) {
  return value.kind() == events::json::Kind::text;
}

// What stands in names and ids: not empty, at most so long, without control characters, since it goes into logs and
// headers of records.
inline bool is_name(std::string_view text, std::size_t bytes_max) {
  if (text.empty() || text.size() > bytes_max) return false;
  for (unsigned char each : text) {
    if (each < 0x20 || each == 0x7F) return false;
  }
  return true;
}

}  // namespace tenantry::api::tokens
