// Everything of the tenants' own life that the catalog knows.
#pragma once

#include <array>

#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/events.hpp"
#include "events/catalog/type.hpp"

namespace tenantry::events {

template <>
struct Describe<tenancy::TenantStatus> {
  static constexpr auto choices =
      std::array{choice(tenancy::TenantStatus::active, "active"), choice(tenancy::TenantStatus::suspended, "suspended"),
                 choice(tenancy::TenantStatus::archived, "archived")};
};

template <>
struct Describe<tenancy::Tenant> {
  using T = tenancy::Tenant;
  static constexpr char table = 'n';
  static constexpr std::string_view name = "Tenant";
  static constexpr std::string_view about = "An organisation that the system serves.";
  static constexpr Permission permission = Permission::read_tenant;
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the tenant"),
      field<&T::slug>("slug", "name in host names: a DNS label, unique over the system").length(1, 63),
      field<&T::name>("name", "name for people").length(1, 200),
      field<&T::timezone>("timezone", "IANA time zone, like Europe/London").length(1, 64),
      field<&T::metadata>("metadata", "free data of the tenant"),
      field<&T::partition>("partition", "partition of the log that holds the tenant"),
      field<&T::status>("status", "whether it takes commands"),
      field<&T::status_reason>("statusReason", "why it was suspended or archived; empty while active").length(1, 500)};
};

template <>
struct Describe<tenancy::CreateTenant> {
  using T = tenancy::CreateTenant;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "CreateTenant";
  static constexpr std::string_view about = "Creates the tenant that the register has granted a slug and a partition.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>),
                                            field<&T::slug>(like<&E::slug>),
                                            field<&T::name>(like<&E::name>),
                                            field<&T::timezone>(like<&E::timezone>),
                                            field<&T::metadata>(like<&E::metadata>).defaulted(),
                                            field<&T::partition>(like<&E::partition>)};
};

template <>
struct Describe<tenancy::RenameTenant> {
  using T = tenancy::RenameTenant;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "RenameTenant";
  static constexpr std::string_view about = "Gives a tenant another name.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path(), field<&T::name>(like<&E::name>)};
};

template <>
struct Describe<tenancy::ChangeTenantMetadata> {
  using T = tenancy::ChangeTenantMetadata;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "ChangeTenantMetadata";
  static constexpr std::string_view about = "Replaces the free data of a tenant.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path(),
                                            field<&T::metadata>(like<&E::metadata>).described("all of the free data")};
};

template <>
struct Describe<tenancy::SuspendTenant> {
  using T = tenancy::SuspendTenant;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "SuspendTenant";
  static constexpr std::string_view about = "Suspends a tenant: it refuses commands until it is reactivated.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path(),
                                            field<&T::reason>("reason", like<&E::status_reason>).described("why")};
};

template <>
struct Describe<tenancy::ReactivateTenant> {
  using T = tenancy::ReactivateTenant;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "ReactivateTenant";
  static constexpr std::string_view about = "Lets a suspended tenant work again.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<tenancy::ArchiveTenant> {
  using T = tenancy::ArchiveTenant;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "ArchiveTenant";
  static constexpr std::string_view about = "Archives a tenant, for good.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path(),
                                            field<&T::reason>("reason", like<&E::status_reason>).described("why")};
};

template <>
struct Describe<tenancy::TenantCreated> {
  using T = tenancy::TenantCreated;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "tenantry.tenancy.tenant-created";
  static constexpr std::string_view about = "A tenant was created.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>),
                                            field<&T::slug>(like<&E::slug>),
                                            field<&T::name>(like<&E::name>),
                                            field<&T::timezone>(like<&E::timezone>),
                                            field<&T::metadata>(like<&E::metadata>),
                                            field<&T::partition>(like<&E::partition>)};
};

template <>
struct Describe<tenancy::TenantRenamed> {
  using T = tenancy::TenantRenamed;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "tenantry.tenancy.tenant-renamed";
  static constexpr std::string_view about = "A tenant was given another name.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::name>(like<&E::name>)};
};

template <>
struct Describe<tenancy::TenantMetadataChanged> {
  using T = tenancy::TenantMetadataChanged;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "tenantry.tenancy.tenant-metadata-changed";
  static constexpr std::string_view about = "The free data of a tenant was replaced.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::metadata>(like<&E::metadata>)};
};

template <>
struct Describe<tenancy::TenantSuspended> {
  using T = tenancy::TenantSuspended;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "tenantry.tenancy.tenant-suspended";
  static constexpr std::string_view about = "A tenant was suspended: it refuses commands.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::reason>("reason", like<&E::status_reason>).described("why")};
};

template <>
struct Describe<tenancy::TenantReactivated> {
  using T = tenancy::TenantReactivated;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "tenantry.tenancy.tenant-reactivated";
  static constexpr std::string_view about = "A suspended tenant was reactivated.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<tenancy::TenantArchived> {
  using T = tenancy::TenantArchived;
  using E = tenancy::Tenant;
  static constexpr std::string_view name = "tenantry.tenancy.tenant-archived";
  static constexpr std::string_view about = "A tenant was archived, for good.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::reason>("reason", like<&E::status_reason>).described("why")};
};

}  // namespace tenantry::events
