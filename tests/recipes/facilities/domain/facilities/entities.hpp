// What a school has besides people: its rooms. A room that is new is inspected first, by a process manager; one that is
// closed until an instant is opened again then. Plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::facilities {

struct Room {
  static constexpr std::string_view collection = "rooms";
  Id<Room> id;
  std::string code;
  bool open = true;
  bool inspected = false;
  std::optional<Instant> opens_at;  // of a closed room, if it is to be opened again

  bool operator==(const Room&) const = default;
};

using Entities = std::tuple<Room>;

}  // namespace tenantry::facilities
