// Requests that wait until a tenant's tables have reached a position: read your writes, wherever they were made.
//
// wait() calls `then` exactly once: at once, on the calling thread, if the position is reached; otherwise on the
// background thread, as soon as a commit reaches it, or when the time is over, or at stop(). At most `waiting_max`
// wait; one more is told so at once. No thread is held while a request waits. committed() is called by engine threads
// and does not block. Any thread; outlives neither store nor background.
#pragma once

#include <chrono>
#include <functional>
#include <map>

#include "api/live/background.hpp"
#include "domain/kernel/tenant_scope.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "events/engine/engine.hpp"

namespace tenantry::api {

enum class Waited { reached, timed_out, too_many, stopping };

class PositionWaiters {
 public:
  using Then = std::move_only_function<void(Waited)>;
  // The position that a tenant's tables have reached.
  using Reached = std::function<std::uint64_t(const TenantScope&)>;

  PositionWaiters(Background& background, Reached reached, std::size_t waiting_max);

  void wait(const TenantScope& scope, std::uint64_t sequence, std::chrono::milliseconds timeout, Then then);
  void committed(const std::vector<events::engine::TenantPosition>& positions);
  void stop();
  std::size_t waiting() const;

 private:
  struct Waiter {
    std::uint64_t number;
    Then then;
  };
  using WaitersOfTenant = std::multimap<std::uint64_t, Waiter>;

  void take_reached(TenantId tenant, std::uint64_t sequence, std::vector<Then>& taken) TENANTRY_REQUIRES(mutex_);
  Then take(TenantId tenant, std::uint64_t sequence, std::uint64_t number);

  Background& background_;
  Reached reached_;
  std::size_t waiting_max_;
  mutable Mutex mutex_;
  std::map<TenantId, WaitersOfTenant> waiters_ TENANTRY_GUARDED_BY(mutex_);
  std::size_t waiting_ TENANTRY_GUARDED_BY(mutex_) = 0;
  std::uint64_t next_number_ TENANTRY_GUARDED_BY(mutex_) = 0;
  bool stopping_ TENANTRY_GUARDED_BY(mutex_) = false;
};

}  // namespace tenantry::api
