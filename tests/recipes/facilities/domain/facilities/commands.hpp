// What can be asked of facilities. Plain values; texts have been checked for length, not for meaning.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/facilities/entities.hpp"

namespace tenantry::facilities {

struct AddRoom {
  Id<Room> id;
  std::string code;
};

struct InspectRoom {
  Id<Room> id;
};

struct CloseRoom {
  Id<Room> id;
  std::optional<Instant> opens_at;
};

struct OpenRoom {
  Id<Room> id;
};

using Command = std::variant<AddRoom, InspectRoom, CloseRoom, OpenRoom>;

}  // namespace tenantry::facilities
