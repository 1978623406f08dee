// Quarantine: a tenant whose projection stopped at an event that it cannot apply.
//
// The tenant's tables stay as they were before that event, its commands are refused, its reads go on, and other tenants
// are not touched. Kept in the partition's default family under "q" + tenant id; value: position u64, sequence u64,
// type length u64, type, reason. Tried again at every start and by `tenantry rebuild --tenant`. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"
#include "events/log.hpp"

namespace tenantry::projections {

struct Quarantine {
  TenantId tenant;
  events::Position position = 0;  // of the event that could not be applied
  std::uint64_t sequence = 0;
  std::string type;
  std::string reason;

  // One sentence with all of the above, for logs and answers.
  std::string text() const;
};

std::string quarantine_row_key(TenantId tenant);
std::string write_quarantine(const Quarantine& quarantine);
Quarantine read_quarantine(std::string_view key, std::string_view row);

}  // namespace tenantry::projections
