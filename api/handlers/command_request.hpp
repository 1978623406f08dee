// From an HTTP request to a command for the engine: media type, Idempotency-Key, conditions, body and path.
//
// Errors are problems that name the header or the field. Pure but for the fresh id; any thread.
#pragma once

#include <vector>

#include "api/exchange/exchange.hpp"
#include "api/exchange/route.hpp"
#include "events/catalog/catalog.hpp"
#include "events/engine/command.hpp"

namespace tenantry::api {

// `path` is what the URL binds, by the command's field names.
Checked<events::engine::CommandRequest> read_command(const Exchange& exchange,
                                                     const std::vector<events::PathField>& path);

// The status of a command of `route` that holds: 201 if it created something, else 200; in a load and replayed as by
// itself. What else may change what is there (AssignTeacher) is told by the entity's first event, which is read: a
// problem if it cannot be.
Checked<int> status_of(const Exchange& exchange, const Route& route, const events::engine::Done& done);
// Answers it to the exchange, with Location if it created something.
void answer_done(Exchange& exchange, const events::engine::Done& done);
// `{"id":…,"subject":…,"position":…,"events":…` without the closing brace.
void append_done(std::string& out, const events::engine::Done& done);
Problem problem_of_outcome(const events::engine::Outcome& outcome);

}  // namespace tenantry::api
