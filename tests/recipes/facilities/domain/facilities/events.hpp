// What happened in facilities, complete. A published struct never changes.
#pragma once

#include <string>
#include <variant>

#include "domain/facilities/entities.hpp"
#include "domain/kernel/subject.hpp"

namespace tenantry::facilities {

struct RoomAdded {
  Id<Room> id;
  std::string code;

  bool operator==(const RoomAdded&) const = default;
};

struct RoomClosed {
  Id<Room> id;

  bool operator==(const RoomClosed&) const = default;
};

using Event = std::variant<RoomAdded, RoomClosed>;

template <class E>
Subject subject(const E& event) {
  return subject_of(event.id);
}

}  // namespace tenantry::facilities
