// The head row of a tenant: how far its tables are, and the little that must be known to go on.
//
// Layout of the value: format byte 2, sequence u64 (of the last event applied, also the number of leaves), first and
// next number of the stored answers (u64 each), last time (ms) i64, then the roots of the audit frontier, 32 bytes
// each, largest first. Plain value. read_head throws DamagedRows on anything else, which only damage or a newer
// version can make.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "projections/audit_tree.hpp"

namespace tenantry::projections {

struct Head {
  std::uint64_t sequence = 0;
  std::uint64_t answers_first = 0;  // number of the oldest stored answer still kept
  std::uint64_t answers_next = 0;
  Instant last_time{};  // the latest time of the events and notes applied; logs written before may run backwards
  AuditFrontier audit;

  bool operator==(const Head&) const = default;
};

std::string write_head(const Head& head);
Head read_head(std::string_view row);

}  // namespace tenantry::projections
