// The rules of a tenant's life: created active; suspended and reactivated any number of times; archived for good.
//
// Asking for a status that holds already is no error and makes no event if the reason is the same; another reason is
// refused. A suspended tenant is given another one by reactivating and suspending it again; an archived one keeps the
// reason for which it was archived. Names and reasons are normalised (domain/kernel/text.hpp). That the slug is free
// and well formed was the register's decision. on() only reads; apply() throws std::runtime_error on an
// event that cannot follow what the rows hold. One thread at a time: the writer of the tenant's partition.
#pragma once

#include <optional>

#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/table.hpp"
#include "domain/tenancy/entities.hpp"
#include "domain/tenancy/refusals.hpp"

namespace tenantry::tenancy {

struct Rows {
  Tables& tables;
  Instant decided_at{};  // when the command is decided, never before the tenant's last time; apply() does not read it
  Table<Tenant> tenants{tables};
};

// Whether the tenant (null if there is none) takes commands of the other contexts: nothing if so, else why not.
std::optional<Refusal> admit(const Tenant* tenant);

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

}  // namespace tenantry::tenancy
