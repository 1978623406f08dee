// The rules of facilities: a room's code is its own. One thread at a time; on() only reads.
#pragma once

#include "domain/facilities/entities.hpp"
#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/refusal.hpp"
#include "domain/kernel/table.hpp"

namespace tenantry::facilities {

struct Refusals {
  using enum RefusalKind;

  RefusalType room_unknown{"room-unknown", unknown, "There is no such room"};
  RefusalType room_exists{"room-exists", taken, "The room exists with other values"};
  RefusalType room_code_taken{"room-code-taken", taken, "Another room has the code"};
};
inline constexpr Refusals refused;

struct Rows {
  Tables& tables;
  Instant decided_at{};  // when the command is decided; apply() does not read it
  Table<Room> rooms{tables};
  UniqueIndex<&Room::code> room_codes{tables};
};

// Of each command and each event, defined by rules.cpp as a specialisation: one that is missing does not link.
template <class Command>
Decision on(Rows& rows, const Command& command);
template <class Event>
void apply(Rows& rows, const Event& event);

// What a message's rule reads and writes; found beside the message.
template <class Message>
Rows rows_for(Tables& tables, const Message&) {
  return Rows{tables};
}

}  // namespace tenantry::facilities
