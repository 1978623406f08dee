// Everything of the platform's register that the catalog knows.
#pragma once

#include <tuple>

#include "domain/directory/commands.hpp"
#include "domain/directory/events.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/catalog/field.hpp"

namespace tenantry::events {

template <>
struct Describe<directory::Registration> {
  using T = directory::Registration;
  static constexpr std::string_view name = "Registration";
  static constexpr std::string_view about = "A tenant in the register, as it was registered.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the registration: the UUID of the tenant"),
                 field("tenantId", &T::tenant, "the tenant"),
                 field("slug", &T::slug, "name in host names: a DNS label, unique over the system"),
                 field("partition", &T::partition, "partition of the log that holds the tenant"),
                 field("name", &T::name, "name for people"),
                 field("timezone", &T::timezone, "IANA time zone"),
                 field("metadata", &T::metadata, "free data of the tenant")};
};

template <>
struct Describe<directory::Totals> {
  using T = directory::Totals;
  static constexpr std::string_view name = "Totals";
  static constexpr std::string_view about = "How much the register holds.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the one totals"),
                                            field("registrations", &T::registrations, "tenants registered so far")};
};

template <>
struct Describe<directory::RegisterTenant> {
  using T = directory::RegisterTenant;
  static constexpr std::string_view name = "RegisterTenant";
  static constexpr std::string_view about = "Registers a tenant: claims its slug and gives it a partition.";
  static constexpr auto fields = std::tuple{
      field("id", &T::tenant, "the tenant").generated(),
      field("slug", &T::slug, "name in host names: a DNS label, unique over the system")
          .length(1, 63)
          .judged_by("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$"),
      field("name", &T::name, "name for people").length(1, 200),
      field("timezone", &T::timezone, "IANA time zone, like Europe/London").length(1, 64),
      field("metadata", &T::metadata, "free data of the tenant").defaulted(),
      field("partitions", &T::partitions, "partitions that tenants are spread over; set by the server").from_path()};
};

template <>
struct Describe<directory::TenantRegistered> {
  using T = directory::TenantRegistered;
  static constexpr std::string_view name = "tenantry.directory.tenant-registered";
  static constexpr std::string_view about = "A tenant was registered: its slug and partition are fixed.";
  static constexpr auto fields =
      std::tuple{field("tenantId", &T::tenant, "the tenant"),
                 field("slug", &T::slug, "name in host names: a DNS label, unique over the system"),
                 field("name", &T::name, "name for people"),
                 field("timezone", &T::timezone, "IANA time zone, like Europe/London"),
                 field("metadata", &T::metadata, "free data of the tenant"),
                 field("partition", &T::partition, "partition of the log that holds the tenant")};
};

using DirectoryEntities = std::tuple<directory::Registration, directory::Totals>;

}  // namespace tenantry::events
