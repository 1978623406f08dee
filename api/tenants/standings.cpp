#include "api/tenants/standings.hpp"

#include <algorithm>

#include "api/tenants/tables.hpp"
#include "domain/tenancy/entities.hpp"

namespace tenantry::api {
namespace {

Checked<Standing> read_standing(const projections::TenantReader& reader) {
  auto found = checked(reader.read_at_sequence(reader.scope().tenant()));
  if (!found) return std::unexpected(std::move(found.error()));
  Standing standing{.exists = found->entity.has_value(), .sequence = found->sequence};
  if (standing.exists) standing.status = found->entity->status;
  return standing;
}

}  // namespace

Checked<Standing> Standings::look_up(const projections::TenantReader& reader, std::uint64_t at_least) {
  TenantId tenant = reader.scope().tenant();
  if (auto standing = remembered(tenant, at_least)) return *standing;
  std::uint64_t number = expect(tenant);
  auto read_at = Clock::now();
  auto standing = read_standing(reader);
  if (standing && standing->exists) remember(tenant, number, *standing, read_at);
  return standing;
}

void Standings::committed(const std::vector<events::engine::TenantPosition>& positions) {
  WriterLock lock(mutex_);
  for (const auto& position : positions) {
    auto entry = entries_.find(position.tenant);
    if (entry != entries_.end()) entry->second.committed = position.sequence;
  }
}

std::optional<Standing> Standings::remembered(TenantId tenant, std::uint64_t at_least) const {
  ReaderLock lock(mutex_);
  auto entry = entries_.find(tenant);
  if (entry == entries_.end() || entry->second.read_at == Clock::time_point::min()) return std::nullopt;
  std::uint64_t sequence = entry->second.standing.sequence;
  if (sequence < std::max(entry->second.committed, at_least)) return std::nullopt;
  if (Clock::now() - entry->second.read_at > age_max) return std::nullopt;
  return entry->second.standing;
}

std::uint64_t Standings::expect(TenantId tenant) {
  WriterLock lock(mutex_);
  if (entries_.size() >= tenants_max && !entries_.contains(tenant)) entries_.clear();
  auto [entry, is_new] = entries_.try_emplace(tenant);
  if (is_new) entry->second.number = next_number_++;
  return entry->second.number;
}

void Standings::remember(TenantId tenant, std::uint64_t number, const Standing& standing, Clock::time_point read_at) {
  WriterLock lock(mutex_);
  auto entry = entries_.find(tenant);
  // Another entry may have missed commits since the rows were read.
  if (entry == entries_.end() || entry->second.number != number || entry->second.read_at > read_at) return;
  entry->second.standing = standing;
  entry->second.read_at = read_at;
}

}  // namespace tenantry::api
