// Pending rows: what process managers have still to do in a tenant, in the order in which it falls due.
//
// A row is there from the event that a reaction answers, or from when an entity has a deadline (rulebook.hpp), until a
// record of the log says what became of it: an event or a note whose `commandid` is that of the work
// (events/engine/command_id.hpp), or an event that takes the deadline away. So what is pending follows from the log
// alone, and nothing is forgotten by a crash or done twice. Of one instant, deadlines and reactions stand in the order
// of their ids and sequence numbers. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "events/engine/command.hpp"

namespace tenantry::projections {

std::string pending_key(const events::engine::PendingWork& work);
std::string pending_prefix();
// Throws DamagedRows on a key that pending_key() cannot have made.
events::engine::PendingWork read_pending_key(std::string_view key);

// What a reaction to the event with this sequence number is about, and back.
Uuid about_event(std::uint64_t sequence);
std::uint64_t sequence_about(const Uuid& about);

}  // namespace tenantry::projections
