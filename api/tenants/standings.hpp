// Standings: where each tenant stands (its sequence and status), remembered between requests, so that a query reads
// nothing but the row that it asks for.
//
// look_up() answers what is remembered if no commit has moved the tenant since, and it is younger than `age_max_ms` (a
// replay moves tables without a commit that is told of); otherwise it reads the tenant's rows. What it answers was true
// when it was asked, and it never lags behind a command that has been answered: committed() comes before the replies.
// committed() is called by engine threads and does not block. At most `tenants_max` are remembered. Any thread.
#pragma once

#include <chrono>
#include <unordered_map>
#include <vector>

#include "api/request/headers.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/engine/state.hpp"
#include "projections/tenant_reader.hpp"

namespace tenantry::api {

struct Standing {
  bool exists = false;  // false: registered, not yet created
  std::uint64_t sequence = 0;
  tenancy::TenantStatus status = tenancy::TenantStatus::active;
};

class Standings {
 public:
  // `at_least`: a sequence that the tables are known to have reached.
  Checked<Standing> look_up(const projections::TenantReader& reader, std::uint64_t at_least);
  void committed(const std::vector<events::engine::TenantPosition>& positions);

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds age_max{1000};
  static constexpr std::size_t tenants_max = 20'000;

  struct Entry {
    std::uint64_t number = 0;     // tells it from a later entry of the same tenant
    std::uint64_t committed = 0;  // by the last commit that was told of
    Standing standing;
    Clock::time_point read_at = Clock::time_point::min();
  };

  std::optional<Standing> remembered(TenantId tenant, std::uint64_t at_least) const;
  // From now on commits of the tenant are noted, so that what is read afterwards can be told from what is stale.
  // Answers the entry's number.
  std::uint64_t expect(TenantId tenant);
  void remember(TenantId tenant, std::uint64_t number, const Standing& standing, Clock::time_point read_at);

  mutable SharedMutex mutex_;
  std::unordered_map<TenantId, Entry> entries_ TENANTRY_GUARDED_BY(mutex_);
  std::uint64_t next_number_ TENANTRY_GUARDED_BY(mutex_) = 0;
};

}  // namespace tenantry::api
