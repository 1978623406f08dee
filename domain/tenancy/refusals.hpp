// What a tenant refuses to become, and what it refuses as it is (domain/kernel/refusal.hpp).
#pragma once

#include "domain/kernel/refusal.hpp"

namespace tenantry::tenancy {

struct Refusals {
  using enum RefusalKind;

  RefusalType tenant_unknown{"tenant-unknown", unknown, "There is no such tenant"};
  RefusalType tenant_exists{"tenant-exists", taken, "The tenant exists with other values"};
  RefusalType tenant_suspended{"tenant-suspended", forbidden, "The tenant is suspended"};
  RefusalType tenant_archived{"tenant-archived", gone, "The tenant is archived"};
  // Blank: nothing to be seen.
  RefusalType name_blank{"name-blank", invalid, "The name is blank"};
  RefusalType reason_blank{"reason-blank", invalid, "The reason is blank"};
  RefusalType reason_differs{"reason-differs", conflict, "The tenant is suspended or archived for another reason"};
  RefusalType timezone_unknown{"timezone-unknown", invalid, "The time zone is not in the IANA database"};
};

inline constexpr Refusals refused;

}  // namespace tenantry::tenancy
