// The versions of an event: their type names, and the way from each to the newest. Internal to the catalog.
#pragma once

#include <expected>
#include <string>

#include "events/catalog/describe.hpp"

namespace tenantry::events {

template <class T>
inline constexpr bool has_former = requires {
  typename Describe<T>::Former;
};

// The type as it stands in records: the declared name and ".v<version>".
template <class Event>
const std::string& event_type_of() {
  static const std::string type = std::string{Describe<Event>::name} + ".v" + std::to_string(version_of<Event>());
  return type;
}

// Decodes an event that was written as `Written`, one of the versions of `Event`, and brings it to `Event`.
template <class Event, class Written>
std::expected<Event, DecodeError> decode_written_as(std::string_view data) {
  if constexpr (std::is_same_v<Event, Written>) {
    return decode<Event>(data);
  } else {
    auto former = decode_written_as<typename Describe<Event>::Former, Written>(data);
    if (!former) return std::unexpected(std::move(former.error()));
    return Describe<Event>::upcast(std::move(*former));
  }
}

// Calls visit(std::type_identity<Version>{}) for Event and each version before it, the newest first.
template <class Event, class Visit>
void for_each_version(Visit&& visit) {
  visit(std::type_identity<Event>{});
  if constexpr (has_former<Event>) for_each_version<typename Describe<Event>::Former>(visit);
}

}  // namespace tenantry::events
