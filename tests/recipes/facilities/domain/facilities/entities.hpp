// What a school has besides people: its rooms. Plain values.
#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "domain/kernel/id.hpp"

namespace tenantry::facilities {

struct Room {
  static constexpr std::string_view collection = "rooms";
  Id<Room> id;
  std::string code;
  bool open = true;

  bool operator==(const Room&) const = default;
};

using Entities = std::tuple<Room>;

}  // namespace tenantry::facilities
