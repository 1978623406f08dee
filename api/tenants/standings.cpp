#include "api/tenants/standings.hpp"

#include <algorithm>
#include <mutex>

#include "api/tenants/tables.hpp"
#include "domain/tenancy/entities.hpp"
#include "projections/stored_types.hpp"

namespace tenantry::api {
namespace {

Checked<Standing> read_standing(const storage::TenantStore& store) {
  auto tenant_key = projections::entity_key(projections::table_of<tenancy::Tenant>(), store.scope().tenant().value);
  auto rows = read_rows(store, {projections::head_key(), tenant_key});
  if (!rows) return std::unexpected(std::move(rows.error()));
  Standing standing{.exists = rows->back().has_value(), .sequence = sequence_in(rows->front())};
  if (!standing.exists) return standing;
  try {
    standing.status = projections::read_entity<tenancy::Tenant>(*rows->back()).status;
  } catch (const projections::DamagedRows& damage) {
    return std::unexpected(problem_of(Fault::tables_unreadable, "", damage.what()));
  }
  return standing;
}

}  // namespace

Checked<Standing> Standings::look_up(const storage::TenantStore& store, std::uint64_t at_least) {
  TenantId tenant = store.scope().tenant();
  if (auto standing = remembered(tenant, at_least)) return *standing;
  std::uint64_t number = expect(tenant);
  auto read_at = Clock::now();
  auto standing = read_standing(store);
  if (standing && standing->exists) remember(tenant, number, *standing, read_at);
  return standing;
}

void Standings::committed(const std::vector<events::engine::TenantPosition>& positions) {
  std::unique_lock lock(mutex_);
  for (const auto& position : positions) {
    auto entry = entries_.find(position.tenant);
    if (entry != entries_.end()) entry->second.committed = position.sequence;
  }
}

std::optional<Standing> Standings::remembered(TenantId tenant, std::uint64_t at_least) const {
  std::shared_lock lock(mutex_);
  auto entry = entries_.find(tenant);
  if (entry == entries_.end() || entry->second.read_at == Clock::time_point::min()) return std::nullopt;
  std::uint64_t sequence = entry->second.standing.sequence;
  if (sequence < std::max(entry->second.committed, at_least)) return std::nullopt;
  if (Clock::now() - entry->second.read_at > age_max) return std::nullopt;
  return entry->second.standing;
}

std::uint64_t Standings::expect(TenantId tenant) {
  std::unique_lock lock(mutex_);
  if (entries_.size() >= tenants_max && !entries_.contains(tenant)) entries_.clear();
  auto [entry, is_new] = entries_.try_emplace(tenant);
  if (is_new) entry->second.number = next_number_++;
  return entry->second.number;
}

void Standings::remember(TenantId tenant, std::uint64_t number, const Standing& standing, Clock::time_point read_at) {
  std::unique_lock lock(mutex_);
  auto entry = entries_.find(tenant);
  // Another entry may have missed commits since the rows were read.
  if (entry == entries_.end() || entry->second.number != number || entry->second.read_at > read_at) return;
  entry->second.standing = standing;
  entry->second.read_at = read_at;
}

}  // namespace tenantry::api
