// What happened in facilities, complete. A published struct never changes.
#pragma once

#include <optional>
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

struct RoomInspected {
  Id<Room> id;

  bool operator==(const RoomInspected&) const = default;
};

struct RoomClosed {
  Id<Room> id;
  std::optional<Instant> opens_at;

  bool operator==(const RoomClosed&) const = default;
};

struct RoomOpened {
  Id<Room> id;

  bool operator==(const RoomOpened&) const = default;
};

using Event = std::variant<RoomAdded, RoomInspected, RoomClosed, RoomOpened>;

template <class E>
Subject subject(const E& event) {
  return subject_of(event.id);
}

}  // namespace tenantry::facilities
