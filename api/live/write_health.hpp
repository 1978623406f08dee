// Whether the log takes events, as far as the last attempts tell: for readiness.
//
// A failed append counts until a commit succeeds, or for `remembered_ms` after it was noticed: a server that nobody
// sends commands to cannot find out otherwise that there is room again. Any thread.
#pragma once

#include <chrono>
#include <cstdint>

#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api {

class WriteHealth {
 public:
  // `failures`: the engine's count of failed appends at that moment.
  void committed(std::uint64_t failures) {
    MutexLock lock(mutex_);
    forgiven_ = noticed_ = failures;
  }

  bool failing(std::uint64_t failures) {
    MutexLock lock(mutex_);
    if (failures == forgiven_) return false;
    auto now = std::chrono::steady_clock::now();
    if (failures != noticed_) {
      noticed_ = failures;
      noticed_at_ = now;
    }
    return now - noticed_at_ < std::chrono::milliseconds(remembered_ms);
  }

 private:
  static constexpr std::int64_t remembered_ms = 10'000;
  Mutex mutex_;
  std::uint64_t forgiven_ TENANTRY_GUARDED_BY(mutex_) = 0;
  std::uint64_t noticed_ TENANTRY_GUARDED_BY(mutex_) = 0;
  std::chrono::steady_clock::time_point noticed_at_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::api
