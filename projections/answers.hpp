// Stored answers: what an Idempotency-Key was answered, kept in the tenant's own rows for at least 24 hours.
//
// They are made from the `commandid` of events and of notes (events/answer_note.hpp) alone, so a replay makes the same
// rows. Value layout of an answer: payload hash (8 bytes), time (ms) u64, first sequence u64, last sequence u64, number
// of events u64, subject. Answers are numbered in order of their making; each new one, of an event or of a note,
// forgets up to two of the oldest that are past their time, measured by the times of events and notes, so forgetting
// too is a function of the log. A clock that ran ahead makes that day shorter by as much: there is no other time that a
// replay could go by.
#pragma once

#include <optional>
#include <string_view>

#include "events/engine/state.hpp"
#include "projections/tenant_changes.hpp"

namespace tenantry::projections {

inline constexpr std::int64_t answers_kept_ms = 24LL * 3600 * 1000;

// Notes that the event at the changes' current sequence answers its command's key, if it has one.
void remember_answer(TenantChanges& changes, Head& head, std::string_view command_id, std::string_view subject);

// Makes the stored answer that the note says; false if it was made before.
bool remember_note(TenantChanges& changes, Head& head, const events::AnswerNote& note);

std::optional<events::engine::StoredAnswer> find_answer(TenantChanges& changes,
                                                        const events::engine::IdempotencyKey& key);

}  // namespace tenantry::projections
