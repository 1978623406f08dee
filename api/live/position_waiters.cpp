#include "api/live/position_waiters.hpp"

#include <utility>

namespace tenantry::api {

PositionWaiters::PositionWaiters(Background& background, Reached reached, std::size_t waiting_max)
    : background_(background), reached_(std::move(reached)), waiting_max_(waiting_max) {}

void PositionWaiters::wait(const TenantScope& scope, std::uint64_t sequence, std::chrono::milliseconds timeout,
                           Then then) {
  if (reached_(scope) >= sequence) return then(Waited::reached);
  TenantId tenant = scope.tenant();
  std::uint64_t number = 0;
  {
    MutexLock lock(mutex_);
    if (stopping_ || waiting_ >= waiting_max_) {
      Waited why = stopping_ ? Waited::stopping : Waited::too_many;
      lock.unlock();
      return then(why);
    }
    number = next_number_++;
    waiters_[tenant].emplace(sequence, Waiter{number, std::move(then)});
    ++waiting_;
  }
  // A commit between the first look and the entry told nobody.
  if (reached_(scope) >= sequence) {
    if (Then taken = take(tenant, sequence, number)) taken(Waited::reached);
    return;
  }
  background_.post_at(Background::Clock::now() + timeout, [this, tenant, sequence, number] {
    if (Then taken = take(tenant, sequence, number)) taken(Waited::timed_out);
  });
}

void PositionWaiters::committed(const std::vector<events::engine::TenantPosition>& positions) {
  std::vector<Then> taken;
  {
    MutexLock lock(mutex_);
    if (waiting_ == 0) return;
    for (const auto& position : positions) take_reached(position.tenant, position.sequence, taken);
  }
  for (Then& then : taken) {
    background_.post([then = std::move(then)]() mutable { then(Waited::reached); });
  }
}

void PositionWaiters::stop() {
  std::map<TenantId, WaitersOfTenant> left;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    left = std::exchange(waiters_, {});
    waiting_ = 0;
  }
  for (auto& [tenant, waiters] : left) {
    for (auto& [sequence, waiter] : waiters) waiter.then(Waited::stopping);
  }
}

std::size_t PositionWaiters::waiting() const {
  MutexLock lock(mutex_);
  return waiting_;
}

void PositionWaiters::take_reached(TenantId tenant, std::uint64_t sequence, std::vector<Then>& taken) {
  auto of_tenant = waiters_.find(tenant);
  if (of_tenant == waiters_.end()) return;
  auto end = of_tenant->second.upper_bound(sequence);
  for (auto each = of_tenant->second.begin(); each != end; ++each, --waiting_) {
    taken.push_back(std::move(each->second.then));
  }
  of_tenant->second.erase(of_tenant->second.begin(), end);
  if (of_tenant->second.empty()) waiters_.erase(of_tenant);
}

PositionWaiters::Then PositionWaiters::take(TenantId tenant, std::uint64_t sequence, std::uint64_t number) {
  MutexLock lock(mutex_);
  auto of_tenant = waiters_.find(tenant);
  if (of_tenant == waiters_.end()) return {};
  auto [from, to] = of_tenant->second.equal_range(sequence);
  for (auto each = from; each != to; ++each) {
    if (each->second.number != number) continue;
    Then then = std::move(each->second.then);
    of_tenant->second.erase(each);
    if (of_tenant->second.empty()) waiters_.erase(of_tenant);
    --waiting_;
    return then;
  }
  return {};
}

}  // namespace tenantry::api
