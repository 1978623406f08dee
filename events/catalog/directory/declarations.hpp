// Everything of the platform's register that the catalog knows.
#pragma once

#include "domain/directory/commands.hpp"
#include "domain/directory/events.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/catalog/type.hpp"

namespace tenantry::events {

template <>
struct Describe<directory::Registration> {
  using T = directory::Registration;
  static constexpr char table = 'r';
  static constexpr std::string_view name = "Registration";
  static constexpr std::string_view about = "A tenant in the register, as it was registered.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the registration: the UUID of the tenant"),
                 field<&T::tenant>("tenantId", "the tenant"),
                 field<&T::slug>("slug", "name in host names: a DNS label, unique over the system")
                     .judged_by("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$")
                     .length(1, 63)
                     .unique('g'),
                 field<&T::partition>("partition", "partition of the log that holds the tenant"),
                 field<&T::name>("name", "name for people").length(1, 200),
                 field<&T::timezone>("timezone", "IANA time zone, like Europe/London").length(1, 64),
                 field<&T::metadata>("metadata", "free data of the tenant")};
};

template <>
struct Describe<directory::Totals> {
  using T = directory::Totals;
  static constexpr char table = 'o';
  static constexpr std::string_view name = "Totals";
  static constexpr std::string_view about = "How much the register holds.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields = std::array{field<&T::id>("id", "the one totals"),
                                            field<&T::registrations>("registrations", "tenants registered so far")};
};

template <>
struct Describe<directory::RegisterTenant> {
  using T = directory::RegisterTenant;
  using E = directory::Registration;
  static constexpr std::string_view name = "RegisterTenant";
  static constexpr std::string_view about = "Registers a tenant: claims its slug and gives it a partition.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr auto fields = std::array{
      field<&T::tenant>("id", like<&E::tenant>).generated(),
      field<&T::slug>(like<&E::slug>),
      field<&T::name>(like<&E::name>),
      field<&T::timezone>(like<&E::timezone>),
      field<&T::metadata>(like<&E::metadata>).defaulted(),
      field<&T::partitions>("partitions", "partitions that tenants are spread over; set by the server").from_path()};
};

template <>
struct Describe<directory::TenantRegistered> {
  using T = directory::TenantRegistered;
  using E = directory::Registration;
  static constexpr std::string_view name = "tenantry.directory.tenant-registered";
  static constexpr std::string_view about = "A tenant was registered: its slug and partition are fixed.";
  static constexpr auto fields =
      std::array{field<&T::tenant>(like<&E::tenant>).subject(directory::Registration::collection),
                 field<&T::slug>(like<&E::slug>),
                 field<&T::name>(like<&E::name>),
                 field<&T::timezone>(like<&E::timezone>),
                 field<&T::metadata>(like<&E::metadata>),
                 field<&T::partition>(like<&E::partition>)};
};

}  // namespace tenantry::events
