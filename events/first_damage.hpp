// FirstDamage: what a backend's reads found damaged first, for Log::first_damage(). Any thread.
#pragma once

#include <string>

#include "domain/kernel/thread_safety.hpp"
#include "events/log.hpp"

namespace tenantry::events {

class FirstDamage {
 public:
  // Gives the result of a read back, after a look at it.
  template <class Result>
  Result seen(Result result) {
    if (!result && result.error().kind == LogError::Kind::corrupt) {
      MutexLock lock(mutex_);
      if (detail_.empty()) detail_ = result.error().detail;
    }
    return result;
  }
  std::string detail() const {
    MutexLock lock(mutex_);
    return detail_;
  }

 private:
  mutable Mutex mutex_;
  std::string detail_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::events
