// Ids made from names: the version 8 UUID of RFC 9562 whose bits are the first of SHA-256 over the name.
// The same name always gives the same id. Pure functions; any thread.
#pragma once

#include <algorithm>
#include <string>

#include "domain/kernel/id.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api::demo {

inline Uuid id_of_name(std::string_view name) {
  events::Sha256 hash = events::sha256({name});
  Uuid id;
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x80);  // version 8
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);  // variant of RFC 9562
  return id;
}

// "oulad/{tenant}/{collection}/{name}"
template <class Named>
Id<Named> oulad_id(std::string_view tenant, std::string_view name) {
  std::string path = "oulad/";
  path.append(tenant).append("/").append(Named::collection).append("/").append(name);
  return {id_of_name(path)};
}

}  // namespace tenantry::api::demo
