// The rules of a tenant's access: users are invited, activated, locked, unlocked, deactivated and invited again, and
// hold roles, each at most once.
//
//   InviteUser -> invited -- ActivateUser --> active -- LockUser --> locked -- UnlockUser --> active
//   DeactivateUser: from any of these -> deactivated -- ReinviteUser --> invited
//
// What a user shows to be let in is in rules_credentials.cpp: an invitation is good until it has expired, once, and
// gives a password; with it, and a code of each step once, a session starts; each generation of its refresh token is
// good once. Keys of services and applications are in rules_services.cpp.
//
// A login is unique in the tenant, whatever its case in ASCII, also while its user is deactivated. The last active
// administrator keeps the role, unlocked and active. Asking for what holds already makes no event; asking for it with
// other values is refused. Texts are normalised (domain/kernel/text.hpp). Who may ask is not for these rules to say:
// authorisation.hpp, and projections/access/rulebook.cpp for what may be granted. on() only reads; apply() throws
// std::runtime_error on an event that cannot follow what the rows hold. One thread at a time: the writer of the
// tenant's partition.
#pragma once

#include <optional>

#include "domain/access/entities.hpp"
#include "domain/access/refusals.hpp"
#include "domain/kernel/date.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/table.hpp"

namespace tenantry::access {

struct Rows {
  Tables& tables;
  Instant decided_at{};  // when the command is decided; apply() does not read it
  Table<User> users{tables};
  Table<AccessTotals> totals{tables};
  Table<Application> applications{tables};
  Table<ServiceKey> service_keys{tables};
  Table<Credentials> credentials{tables};
  Table<roster::Teacher> teachers{tables};
  Table<roster::Student> students{tables};
  UniqueIndex<&User::login> logins{tables};
};

// The application of this id, registered or built in; nothing if there is none.
std::optional<Application> application_of(const Table<Application>& applications, const Id<Application>& id);

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

}  // namespace tenantry::access
