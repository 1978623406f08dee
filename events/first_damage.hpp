// FirstDamage: what a backend's reads found damaged first, for Log::first_damage(). Any thread.
#pragma once

#include <mutex>
#include <string>

#include "events/log.hpp"

namespace tenantry::events {

class FirstDamage {
 public:
  // Gives the result of a read back, after a look at it.
  template <class Result>
  Result seen(Result result) {
    if (!result && result.error().kind == LogError::Kind::corrupt) {
      std::lock_guard lock(mutex_);
      if (detail_.empty()) detail_ = result.error().detail;
    }
    return result;
  }
  std::string detail() const {
    std::lock_guard lock(mutex_);
    return detail_;
  }

 private:
  mutable std::mutex mutex_;
  std::string detail_;
};

}  // namespace tenantry::events
