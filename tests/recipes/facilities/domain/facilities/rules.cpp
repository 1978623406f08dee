#include "domain/facilities/rules.hpp"

#include "domain/contexts.hpp"
#include "domain/facilities/commands.hpp"
#include "domain/facilities/events.hpp"
#include "domain/kernel/existing.hpp"

namespace tenantry::facilities {

template <>
Decision on(Rows& rows, const AddRoom& command) {
  if (auto holder = rows.room_codes.holder(command.code)) {
    if (*holder == command.id) return holds(command.id);
    return refuse(refused.room_code_taken, "code");
  }
  if (rows.rooms.find(command.id)) return refuse(refused.room_exists, "id");
  return accept_one_of<Event>(RoomAdded{.id = command.id, .code = command.code});
}

template <>
Decision on(Rows& rows, const CloseRoom& command) {
  const Room* found = rows.rooms.find(command.id);
  if (!found) return refuse(refused.room_unknown, "id");
  if (!found->open) return holds(found->id);
  return accept_one_of<Event>(RoomClosed{.id = found->id});
}

template <>
void apply(Rows& rows, const RoomAdded& event) {
  rows.rooms.insert({.id = event.id, .code = event.code});
}

template <>
void apply(Rows& rows, const RoomClosed& event) {
  Room changed = existing(rows.rooms, event.id);
  changed.open = false;
  rows.rooms.put(std::move(changed));
}

}  // namespace tenantry::facilities

namespace tenantry {

template <>
std::vector<RefusalType> refusals_of<facilities::Context>() {
  return refusal_types(facilities::refused);
}

}  // namespace tenantry
