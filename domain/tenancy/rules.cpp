#include "domain/tenancy/rules.hpp"

#include "domain/kernel/existing.hpp"
#include "domain/kernel/text.hpp"
#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/events.hpp"
#include "domain/tenancy/time_zones.hpp"

namespace tenantry::tenancy {
namespace {

template <class E>
Decision accept(E event) {
  return accept_one_of<Event>(std::move(event));
}

// The status holds already; so must the reason.
Decision holds_with_reason(const Tenant& found, const std::string& reason) {
  if (normalised(found.status_reason) == reason) return holds(found.id);
  std::string status = found.status == TenantStatus::archived ? "archived" : "suspended";
  return refuse(refused.reason_differs, "reason", "The tenant is " + status + " for another reason.");
}

// What an event creates, or what was created with the values that a tenant has now: active, whatever it is now.
template <class From>
Tenant tenant(const From& from) {
  return {.id = from.id,
          .slug = from.slug,
          .name = from.name,
          .timezone = from.timezone,
          .metadata = from.metadata,
          .partition = from.partition,
          .status = TenantStatus::active,
          .status_reason = {}};
}

bool created_alike(const Tenant& found, const TenantCreated& wanted) {
  Tenant there = tenant(found);
  there.name = normalised(there.name);
  return there == tenant(wanted);
}

void set_status(Rows& rows, TenantId id, TenantStatus status, const std::string& reason) {
  Tenant changed = existing(rows.tenants, id);
  changed.status = status;
  changed.status_reason = reason;
  rows.tenants.put(std::move(changed));
}

}  // namespace

std::optional<Refusal> admit(const Tenant* tenant) {
  if (!tenant) return refusal(refused.tenant_unknown, "id");
  if (tenant->status == TenantStatus::archived) return refusal(refused.tenant_archived, "");
  if (tenant->status == TenantStatus::suspended) {
    return Refusal{&refused.tenant_suspended, "", "The tenant is suspended: " + tenant->status_reason};
  }
  return std::nullopt;
}

template <>
Decision on(Rows& rows, const CreateTenant& command) {
  TenantCreated wanted{.id = command.id,
                       .slug = command.slug,
                       .name = normalised(command.name),
                       .timezone = command.timezone,
                       .metadata = command.metadata,
                       .partition = command.partition};
  const Tenant* found = rows.tenants.find(command.id);
  bool is_archived = found && found->status == TenantStatus::archived;
  if (found && !is_archived && created_alike(*found, wanted)) return holds(command.id);
  if (wanted.name.empty()) return refuse(refused.name_blank, "name");
  if (!is_time_zone(wanted.timezone)) return refuse(refused.timezone_unknown, "timezone");
  if (!found) return accept(std::move(wanted));
  if (is_archived) return refuse(refused.tenant_archived, "");
  return refuse(refused.tenant_exists, "id");
}

template <>
Decision on(Rows& rows, const RenameTenant& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (auto why_not = admit(found)) return std::unexpected(*why_not);
  if (found->name == command.name) return holds(command.id);  // as it was typed, before texts were normalised
  std::string name = normalised(command.name);
  if (name.empty()) return refuse(refused.name_blank, "name");
  if (found->name == name) return holds(command.id);
  return accept(TenantRenamed{.id = command.id, .name = std::move(name)});
}

template <>
Decision on(Rows& rows, const ChangeTenantMetadata& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (auto why_not = admit(found)) return std::unexpected(*why_not);
  if (found->metadata == command.metadata) return holds(command.id);
  return accept(TenantMetadataChanged{.id = command.id, .metadata = command.metadata});
}

template <>
Decision on(Rows& rows, const SuspendTenant& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (!found) return refuse(refused.tenant_unknown, "id");
  if (found->status == TenantStatus::archived) return refuse(refused.tenant_archived, "");
  std::string reason = normalised(command.reason);
  if (found->status_reason == command.reason && found->status == TenantStatus::suspended) return holds(found->id);
  if (reason.empty()) return refuse(refused.reason_blank, "reason");
  if (found->status == TenantStatus::suspended) return holds_with_reason(*found, reason);
  return accept(TenantSuspended{.id = command.id, .reason = std::move(reason)});
}

template <>
Decision on(Rows& rows, const ReactivateTenant& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (!found) return refuse(refused.tenant_unknown, "id");
  if (found->status == TenantStatus::archived) return refuse(refused.tenant_archived, "");
  if (found->status == TenantStatus::active) return holds(command.id);
  return accept(TenantReactivated{.id = command.id});
}

template <>
Decision on(Rows& rows, const ArchiveTenant& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (!found) return refuse(refused.tenant_unknown, "id");
  std::string reason = normalised(command.reason);
  if (found->status_reason == command.reason && found->status == TenantStatus::archived) return holds(found->id);
  if (reason.empty()) return refuse(refused.reason_blank, "reason");
  if (found->status == TenantStatus::archived) return holds_with_reason(*found, reason);
  return accept(TenantArchived{.id = command.id, .reason = std::move(reason)});
}

template <>
void apply(Rows& rows, const TenantCreated& event) {
  rows.tenants.insert(tenant(event));
}

template <>
void apply(Rows& rows, const TenantRenamed& event) {
  Tenant changed = existing(rows.tenants, event.id);
  changed.name = event.name;
  rows.tenants.put(std::move(changed));
}

template <>
void apply(Rows& rows, const TenantMetadataChanged& event) {
  Tenant changed = existing(rows.tenants, event.id);
  changed.metadata = event.metadata;
  rows.tenants.put(std::move(changed));
}

template <>
void apply(Rows& rows, const TenantSuspended& event) {
  set_status(rows, event.id, TenantStatus::suspended, event.reason);
}

template <>
void apply(Rows& rows, const TenantReactivated& event) {
  set_status(rows, event.id, TenantStatus::active, "");
}

template <>
void apply(Rows& rows, const TenantArchived& event) {
  set_status(rows, event.id, TenantStatus::archived, event.reason);
}

}  // namespace tenantry::tenancy
