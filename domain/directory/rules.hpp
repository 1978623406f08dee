// The rules of the platform's register.
//
// A slug is a DNS label (it becomes a subdomain): 3 to 63 of a-z, 0-9 and '-', no '-' at either end, none of the
// reserved words, and nothing that looks like an id, by which tenants are found first. It is unique over all tenants
// and for ever. A tenant goes to partition number (registrations so far) modulo partitions: with equal numbers that is
// a least loaded one, and a replay finds the same. on() and decide() only read; apply() throws std::runtime_error on an
// event that cannot follow what the rows hold. One thread at a time: the writer of the platform's partition.
#pragma once

#include <string_view>

#include "domain/directory/commands.hpp"
#include "domain/directory/events.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/table.hpp"

namespace tenantry::directory {

enum class Refused {
  slug_malformed,       // not a DNS label of 3 to 63 characters
  slug_reserved,        // a word that the platform keeps for itself
  slug_like_id,         // looks like a UUID, by which tenants are found too
  slug_taken,           // another tenant has it
  tenant_exists,        // the id is in use with other values
  name_blank,           // nothing to be seen
  timezone_unknown,     // not in the IANA database
  partitions_malformed  // fewer than one
};
// "slug-taken": stable, part of the API.
std::string_view text(Refused code);

using Decision = tenantry::Decision<Event, Refused>;

struct Rows {
  Table<Registration>& registrations;
  Table<Totals>& totals;
  UniqueIndex<Registration>& slugs;
};

Decision on(Rows& rows, const RegisterTenant& command);

void apply(Rows& rows, const TenantRegistered& event);

Decision decide(Rows& rows, const Command& command);
void apply(Rows& rows, const Event& event);

}  // namespace tenantry::directory
