#include "projections/rulebook.hpp"

#include "domain/contexts.hpp"
#include "domain/facilities/commands.hpp"
#include "domain/facilities/events.hpp"
#include "domain/facilities/rules.hpp"

namespace tenantry::facilities {

// Rooms are not counted.
static void count(projections::Counting&, const Room&, std::int64_t) {}

namespace {

std::optional<InspectRoom> inspection_of(const RoomAdded& event, Instant) {
  return InspectRoom{event.id};
}

OpenRoom opening_of(const Room& room) {
  return {room.id};
}

projections::Rulebook made() {
  auto rulebook = projections::make_rulebook<Rows, Command, Event, Entities>(&projections::admit_open_tenant);
  rulebook.reactions = {projections::reaction<RoomAdded, &inspection_of>("facilities.inspect-room")};
  rulebook.deadlines = {projections::deadline<&Room::opens_at, &opening_of>("facilities.open-room")};
  return rulebook;
}

}  // namespace
}  // namespace tenantry::facilities

namespace tenantry::projections {

template <>
const Rulebook& rulebook_of<facilities::Context>() {
  static const Rulebook rulebook = facilities::made();
  return rulebook;
}

}  // namespace tenantry::projections
