// The platform's register of tenants: which tenants there are, under which slug and in which partition.
//
// One register for the whole system, kept in the platform's own stream. It makes slugs unique and gives each tenant its
// partition; everything else in the life of a tenant belongs to the tenant's own stream (tenancy/). Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "domain/kernel/id.hpp"
#include "domain/kernel/metadata.hpp"

namespace tenantry::directory {

// A tenant as it was registered; later changes are not copied back from the tenant's own stream.
struct Registration {
  static constexpr std::string_view collection = "registrations";
  Id<Registration> id;  // the tenant's own UUID
  TenantId tenant;
  std::string slug;
  int partition = 0;
  std::string name;
  std::string timezone;  // a name of the IANA time zone database
  Metadata metadata;

  bool operator==(const Registration&) const = default;
};

// How much the register holds. There is one, under totals_id.
struct Totals {
  static constexpr std::string_view collection = "totals";
  Id<Totals> id;
  std::uint64_t registrations = 0;

  bool operator==(const Totals&) const = default;
};

// 00000000-0000-7000-8000-000000000002, beside platform_id
inline constexpr Id<Totals> totals_id{Uuid{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 2}}};

inline Id<Registration> registration_of(TenantId tenant) {
  return {tenant.value};
}

using Entities = std::tuple<Registration, Totals>;

}  // namespace tenantry::directory
