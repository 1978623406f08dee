// The rules of a tenant's life: created active; suspended and reactivated any number of times; archived for good.
//
// Asking for a status that holds already is no error and makes no event if the reason is the same; another reason is
// refused. A suspended tenant is given another one by reactivating and suspending it again; an archived one keeps the
// reason for which it was archived. Names and reasons are normalised (domain/kernel/text.hpp). That the slug is free
// and well formed was the register's decision. on() and decide() only read; apply() throws std::runtime_error on an
// event that cannot follow what the rows hold. One thread at a time: the writer of the tenant's partition.
#pragma once

#include <optional>
#include <string_view>

#include "domain/kernel/decision.hpp"
#include "domain/kernel/table.hpp"
#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/events.hpp"

namespace tenantry::tenancy {

enum class Refused {
  tenant_unknown,
  tenant_exists,  // the id is in use with other values
  tenant_suspended,
  tenant_archived,
  name_blank,       // nothing to be seen
  reason_blank,     // nothing to be seen
  reason_differs,   // it is suspended or archived for another reason
  timezone_unknown  // not in the IANA database
};
// "tenant-suspended": stable, part of the API.
std::string_view text(Refused code);

using Decision = tenantry::Decision<Event, Refused>;

struct Rows {
  Table<Tenant>& tenants;
};

// Whether the tenant (null if there is none) takes commands of the other contexts: nothing if so, else why not.
std::optional<Refusal<Refused>> admit(const Tenant* tenant);

Decision on(Rows& rows, const CreateTenant& command);
Decision on(Rows& rows, const RenameTenant& command);
Decision on(Rows& rows, const ChangeTenantMetadata& command);
Decision on(Rows& rows, const SuspendTenant& command);
Decision on(Rows& rows, const ReactivateTenant& command);
Decision on(Rows& rows, const ArchiveTenant& command);

void apply(Rows& rows, const TenantCreated& event);
void apply(Rows& rows, const TenantRenamed& event);
void apply(Rows& rows, const TenantMetadataChanged& event);
void apply(Rows& rows, const TenantSuspended& event);
void apply(Rows& rows, const TenantReactivated& event);
void apply(Rows& rows, const TenantArchived& event);

Decision decide(Rows& rows, const Command& command);
void apply(Rows& rows, const Event& event);

}  // namespace tenantry::tenancy
