#include "domain/tenancy/rules.hpp"

#include "domain/kernel/existing.hpp"
#include "domain/kernel/text.hpp"
#include "domain/tenancy/time_zones.hpp"

namespace tenantry::tenancy {
namespace {

template <class E>
Decision accept(E event) {
  Subject about = subject(event);
  return Accepted<Event>{about, {Event{std::move(event)}}};
}

Decision holds(TenantId id) {
  return Accepted<Event>{subject_of(id), {}};
}

std::unexpected<Refusal<Refused>> refuse_unknown() {
  return refuse(Refused::tenant_unknown, "id", "There is no such tenant.");
}

std::unexpected<Refusal<Refused>> refuse_archived() {
  return refuse(Refused::tenant_archived, "", "The tenant is archived.");
}

// The status holds already; so must the reason.
Decision holds_with_reason(const Tenant& found, const std::string& reason) {
  if (normalised(found.status_reason) == reason) return holds(found.id);
  std::string status = found.status == TenantStatus::archived ? "archived" : "suspended";
  return refuse(Refused::reason_differs, "reason", "The tenant is " + status + " for another reason.");
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
  rows.tenants.put(changed);
}

}  // namespace

std::optional<Refusal<Refused>> admit(const Tenant* tenant) {
  if (!tenant) return refuse_unknown().error();
  if (tenant->status == TenantStatus::archived) return refuse_archived().error();
  if (tenant->status == TenantStatus::suspended) {
    return Refusal<Refused>{Refused::tenant_suspended, "", "The tenant is suspended: " + tenant->status_reason};
  }
  return std::nullopt;
}

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
  if (wanted.name.empty()) return refuse(Refused::name_blank, "name", "The name is blank.");
  if (!is_time_zone(wanted.timezone)) {
    return refuse(Refused::timezone_unknown, "timezone", "The time zone is not in the IANA database.");
  }
  if (!found) return accept(std::move(wanted));
  if (is_archived) return refuse_archived();
  return refuse(Refused::tenant_exists, "id", "The tenant exists with other values.");
}

Decision on(Rows& rows, const RenameTenant& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (auto refusal = admit(found)) return std::unexpected(*refusal);
  if (found->name == command.name) return holds(command.id);  // as it was typed, before texts were normalised
  std::string name = normalised(command.name);
  if (name.empty()) return refuse(Refused::name_blank, "name", "The name is blank.");
  if (found->name == name) return holds(command.id);
  return accept(TenantRenamed{.id = command.id, .name = std::move(name)});
}

Decision on(Rows& rows, const ChangeTenantMetadata& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (auto refusal = admit(found)) return std::unexpected(*refusal);
  if (found->metadata == command.metadata) return holds(command.id);
  return accept(TenantMetadataChanged{.id = command.id, .metadata = command.metadata});
}

Decision on(Rows& rows, const SuspendTenant& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (!found) return refuse_unknown();
  if (found->status == TenantStatus::archived) return refuse_archived();
  std::string reason = normalised(command.reason);
  if (found->status_reason == command.reason && found->status == TenantStatus::suspended) return holds(found->id);
  if (reason.empty()) return refuse(Refused::reason_blank, "reason", "The reason is blank.");
  if (found->status == TenantStatus::suspended) return holds_with_reason(*found, reason);
  return accept(TenantSuspended{.id = command.id, .reason = std::move(reason)});
}

Decision on(Rows& rows, const ReactivateTenant& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (!found) return refuse_unknown();
  if (found->status == TenantStatus::archived) return refuse_archived();
  if (found->status == TenantStatus::active) return holds(command.id);
  return accept(TenantReactivated{.id = command.id});
}

Decision on(Rows& rows, const ArchiveTenant& command) {
  const Tenant* found = rows.tenants.find(command.id);
  if (!found) return refuse_unknown();
  std::string reason = normalised(command.reason);
  if (found->status_reason == command.reason && found->status == TenantStatus::archived) return holds(found->id);
  if (reason.empty()) return refuse(Refused::reason_blank, "reason", "The reason is blank.");
  if (found->status == TenantStatus::archived) return holds_with_reason(*found, reason);
  return accept(TenantArchived{.id = command.id, .reason = std::move(reason)});
}

void apply(Rows& rows, const TenantCreated& event) {
  rows.tenants.put(tenant(event));
}

void apply(Rows& rows, const TenantRenamed& event) {
  Tenant changed = existing(rows.tenants, event.id);
  changed.name = event.name;
  rows.tenants.put(changed);
}

void apply(Rows& rows, const TenantMetadataChanged& event) {
  Tenant changed = existing(rows.tenants, event.id);
  changed.metadata = event.metadata;
  rows.tenants.put(changed);
}

void apply(Rows& rows, const TenantSuspended& event) {
  set_status(rows, event.id, TenantStatus::suspended, event.reason);
}

void apply(Rows& rows, const TenantReactivated& event) {
  set_status(rows, event.id, TenantStatus::active, "");
}

void apply(Rows& rows, const TenantArchived& event) {
  set_status(rows, event.id, TenantStatus::archived, event.reason);
}

Decision decide(Rows& rows, const Command& command) {
  return std::visit([&](const auto& each) { return on(rows, each); }, command);
}

void apply(Rows& rows, const Event& event) {
  std::visit([&](const auto& each) { apply(rows, each); }, event);
}

}  // namespace tenantry::tenancy
