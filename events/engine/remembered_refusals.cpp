#include "events/engine/remembered_refusals.hpp"

#include <algorithm>
#include <array>

#include "domain/access/refusals.hpp"
#include "domain/tenancy/refusals.hpp"

namespace tenantry::events::engine {

bool judges(const Refusal& refusal) {
  const std::array without_judging{&tenancy::refused.tenant_unknown,    &tenancy::refused.tenant_suspended,
                                   &tenancy::refused.tenant_archived,   &access::refused.access_ended,
                                   &access::refused.permission_missing, &access::refused.grant_beyond};
  return std::ranges::find(without_judging, refusal.type) == without_judging.end();
}

std::optional<Outcome> RememberedRefusals::find(TenantId tenant, const IdempotencyKey& key) const {
  auto of_tenant = tenants_.find(tenant);
  if (of_tenant == tenants_.end()) return std::nullopt;
  auto found = of_tenant->second.entries.find(key.key);
  if (found == of_tenant->second.entries.end()) return std::nullopt;
  if (found->second.payload != key.payload) {
    return Failure{Failure::Kind::key_reused, "the key came before with another request"};
  }
  return ReplayedRefusal{found->second.refusal};
}

std::size_t RememberedRefusals::remember(TenantId tenant, const IdempotencyKey& key, const Refusal& refusal) {
  OfTenant& of_tenant = tenants_[tenant];
  if (!of_tenant.entries.emplace(key.key, Entry{key.payload, refusal}).second) return 0;
  by_size_.erase({of_tenant.order.size(), tenant});
  of_tenant.order.push_back(key.key);
  by_size_.emplace(of_tenant.order.size(), tenant);
  ++size_;
  std::size_t before = size_;
  if (of_tenant.order.size() > of_tenant_max_) forget_oldest(tenant);
  if (size_ > all_max_) forget_oldest(by_size_.rbegin()->second);
  return before - size_;
}

void RememberedRefusals::forget_oldest(TenantId tenant) {
  auto found = tenants_.find(tenant);
  OfTenant& of_tenant = found->second;
  by_size_.erase({of_tenant.order.size(), tenant});
  of_tenant.entries.erase(of_tenant.order.front());
  of_tenant.order.pop_front();
  --size_;
  if (of_tenant.order.empty()) {
    tenants_.erase(found);
  } else {
    by_size_.emplace(of_tenant.order.size(), tenant);
  }
}

}  // namespace tenantry::events::engine
