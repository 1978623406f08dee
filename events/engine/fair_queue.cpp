#include "events/engine/fair_queue.hpp"

namespace tenantry::events::engine {

std::size_t FairQueue::commands_of(TenantId tenant) const {
  auto found = tenants_.find(tenant);
  return found == tenants_.end() ? 0 : found->second.commands;
}

void FairQueue::push(std::shared_ptr<Work> work) {
  TenantId tenant = work->submission.scope.tenant();
  OfTenant& of_tenant = tenants_[tenant];
  if (of_tenant.works.empty()) round_.push_back(tenant);
  std::size_t count = work->outcomes.size();
  of_tenant.commands += count;
  commands_ += count;
  of_tenant.works.push_back(std::move(work));
}

const std::shared_ptr<Work>& FairQueue::front() const {
  return tenants_.at(round_.front()).works.front();
}

void FairQueue::decided(std::size_t count) {
  TenantId tenant = round_.front();
  auto found = tenants_.find(tenant);
  OfTenant& of_tenant = found->second;
  of_tenant.commands -= count;
  commands_ -= count;
  decided_in_turn_ += count;
  const Work& work = *of_tenant.works.front();
  if (work.decided == work.outcomes.size()) of_tenant.works.pop_front();
  bool has_more = !of_tenant.works.empty();
  if (has_more && decided_in_turn_ < turn_commands_max_) return;
  round_.pop_front();
  decided_in_turn_ = 0;
  if (has_more) {
    round_.push_back(tenant);
  } else {
    tenants_.erase(found);
  }
}

std::vector<std::shared_ptr<Work>> FairQueue::take_all() {
  std::vector<std::shared_ptr<Work>> all;
  for (auto& [tenant, of_tenant] : tenants_) {
    for (auto& work : of_tenant.works) all.push_back(std::move(work));
  }
  tenants_.clear();
  round_.clear();
  commands_ = 0;
  decided_in_turn_ = 0;
  return all;
}

}  // namespace tenantry::events::engine
