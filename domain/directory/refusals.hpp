// What the platform's register refuses, and why (domain/kernel/refusal.hpp).
#pragma once

#include "domain/kernel/refusal.hpp"

namespace tenantry::directory {

struct Refusals {
  using enum RefusalKind;

  RefusalType slug_malformed{"slug-malformed", invalid, "The slug is not a DNS label of 3 to 63 characters"};
  RefusalType slug_reserved{"slug-reserved", invalid, "The slug is a reserved word"};
  // tenants are found by their ids too
  RefusalType slug_like_id{"slug-like-id", invalid, "The slug looks like an id"};
  RefusalType slug_taken{"slug-taken", taken, "Another tenant has the slug"};
  RefusalType tenant_exists{"tenant-exists", taken, "The tenant exists with other values"};
  // nothing to be seen
  RefusalType name_blank{"name-blank", invalid, "The name is blank"};
  RefusalType timezone_unknown{"timezone-unknown", invalid, "The time zone is not in the IANA database"};
  RefusalType partitions_malformed{"partitions-malformed", invalid, "There must be at least one partition"};
};

inline constexpr Refusals refused;

}  // namespace tenantry::directory
