// A tenant as it sees itself. Kept in the tenant's own stream, whose first event creates it. Plain values.
#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "domain/kernel/id.hpp"
#include "domain/kernel/metadata.hpp"

namespace tenantry::tenancy {

// Suspended: refuses commands until it is reactivated. Archived: for good.
enum class TenantStatus { active, suspended, archived };

struct Tenant {
  static constexpr std::string_view collection = "tenants";
  TenantId id;
  std::string slug;
  std::string name;
  std::string timezone;  // a name of the IANA time zone database
  Metadata metadata;
  int partition = 0;
  TenantStatus status = TenantStatus::active;
  std::string status_reason;  // why it was suspended or archived; empty while active

  bool operator==(const Tenant&) const = default;
};

using Entities = std::tuple<Tenant>;

}  // namespace tenantry::tenancy
