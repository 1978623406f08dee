// The projector: the one way in which an event changes a tenant's tables, live and in every replay.
//
// apply_event() checks that the event is the tenant's next, adds it to the histories of whatever it is about or
// mentions, lets its context's rulebook change the entities (from which their lists, unique values, statistics and
// deadlines follow: tenant_changes.hpp), notes what process managers have to do in answer to it, and moves the head:
// sequence, last time, audit tree, stored answer. What the event itself is the answer to is no longer pending.
// apply_note() makes the stored answer of a note, or strikes off the work that it answers, and moves the last time;
// false if the note was applied before: a replay from within the log may meet it again. They throw ProjectionFailure
// when the event cannot be applied and StorageFailure when stored rows cannot be read; the changes are then half made
// and must be undone or thrown away. decide_command() only reads; a tenant that is not open to commands refuses them
// here.
#pragma once

#include <stdexcept>

#include "events/engine/state.hpp"
#include "projections/tenant_changes.hpp"

namespace tenantry::projections {

struct ProjectionFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// `record` is the number of the event's record in its batch.
void apply_event(TenantChanges& changes, const events::engine::EventToApply& event, std::size_t record);

bool apply_note(TenantChanges& changes, const events::AnswerNote& note);

// Why the principal may not ask for the command, by the rows as they are; only reads.
std::optional<Refusal> refusal_to(TenantChanges& changes, const Principal& by, const Value& command);

Decision decide_command(TenantChanges& changes, const Value& command, Instant decided_at);

}  // namespace tenantry::projections
