// The rules of the platform's register.
//
// A slug is a DNS label (it becomes a subdomain): 3 to 63 of a-z, 0-9 and '-', no '-' at either end, none of the
// reserved words, and nothing that looks like an id, by which tenants are found first. It is unique over all tenants
// and for ever. A tenant goes to partition number (registrations so far) modulo partitions: with equal numbers that is
// a least loaded one, and a replay finds the same. on() only reads; apply() throws std::runtime_error on an
// event that cannot follow what the rows hold. One thread at a time: the writer of the platform's partition.
#pragma once

#include "domain/directory/entities.hpp"
#include "domain/directory/refusals.hpp"
#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/table.hpp"

namespace tenantry::directory {

struct Rows {
  Tables& tables;
  Instant decided_at{};  // when the command is decided, never before the tenant's last time; apply() does not read it
  Table<Registration> registrations{tables};
  Table<Totals> totals{tables};
  UniqueIndex<&Registration::slug> slugs{tables};
};

// Of each command and each event of the context, defined by a rules unit as a specialisation: one that is missing does
// not link.
template <class Command>
Decision on(Rows& rows, const Command& command);
template <class Event>
void apply(Rows& rows, const Event& event);

// What a message's rule reads and writes; found beside the message.
template <class Message>
Rows rows_for(Tables& tables, const Message&) {
  return Rows{tables};
}

}  // namespace tenantry::directory
