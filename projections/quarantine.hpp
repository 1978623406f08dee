// Quarantine: a tenant whose projection stopped at an event that it cannot apply, or whose tables are damaged.
//
// The tenant's tables stay as they were, its commands are refused, its reads go on, and other tenants are not touched.
// Kept in the partition's default family under "q" + tenant id; value: position u64, sequence u64, type length u64,
// type, reason; of damaged tables, position and sequence are 0. Tried again at every start and by `tenantry rebuild
// --tenant`: the event is applied again, damaged tables are made anew from the log. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"
#include "events/log.hpp"

namespace tenantry::projections {

struct Quarantine {
  TenantId tenant;
  events::Position position = 0;  // of the event that could not be applied, or of the first of its command
  std::uint64_t sequence = 0;     // of that event; 0: the tables are damaged
  std::string type;
  std::string reason;

  bool is_of_damage() const { return sequence == 0; }
  // One sentence with all of the above, for logs and answers.
  std::string text() const;
};

Quarantine damage_of(TenantId tenant, std::string reason);

std::string quarantine_row_key(TenantId tenant);
std::string damage_row_key(TenantId tenant);
std::string write_quarantine(const Quarantine& quarantine);
Quarantine read_quarantine(std::string_view key, std::string_view row);

}  // namespace tenantry::projections
