// What can be asked of facilities. Plain values; texts have been checked for length, not for meaning.
#pragma once

#include <string>
#include <variant>

#include "domain/facilities/entities.hpp"

namespace tenantry::facilities {

struct AddRoom {
  Id<Room> id;
  std::string code;
};

struct CloseRoom {
  Id<Room> id;
};

using Command = std::variant<AddRoom, CloseRoom>;

}  // namespace tenantry::facilities
