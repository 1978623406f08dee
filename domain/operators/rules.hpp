// The rules of the platform's operation: keys are added, and retired for good.
//
// Asking for what holds already makes no event; asking for it with other values is refused. on() only reads; apply()
// throws std::runtime_error on an event that cannot follow what the rows hold. One thread at a time: the writer of the
// platform's partition.
#pragma once

#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/table.hpp"
#include "domain/operators/entities.hpp"
#include "domain/operators/refusals.hpp"

namespace tenantry::operators {

struct Rows {
  Tables& tables;
  Instant decided_at{};  // when the command is decided; apply() does not read it
  Table<SigningKey> signing_keys{tables};
  Table<OperatorKey> operator_keys{tables};
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

}  // namespace tenantry::operators
