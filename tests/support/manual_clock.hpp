// A clock for tests that stands still until it is moved; who waits by it is woken then. Any thread.
#pragma once

#include <vector>

#include "domain/kernel/clock.hpp"

namespace tenantry::test {

class ManualClock : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}

  Instant now() const override {
    MutexLock lock(mutex_);
    return now_;
  }
  void wait_until(Mutex& mutex, std::condition_variable& changed, Instant due) override TENANTRY_REQUIRES(mutex) {
    {
      MutexLock guard(mutex_);
      if (due <= now_) return;
      waiting_.push_back({&mutex, &changed});
    }
    mutex.wait(changed);
    MutexLock guard(mutex_);
    std::erase(waiting_, Waiting{&mutex, &changed});
  }

  void set(Instant now) {
    std::vector<Waiting> waiting;
    {
      MutexLock guard(mutex_);
      now_ = now;
      waiting = waiting_;
    }
    for (const Waiting& each : waiting) {
      MutexLock guard(*each.mutex);  // it waits by now, and does not miss this
      each.changed->notify_all();
    }
  }
  void advance(std::int64_t milliseconds) { set({now().unix_ms + milliseconds}); }

 private:
  struct Waiting {
    Mutex* mutex;
    std::condition_variable* changed;
    bool operator==(const Waiting&) const = default;
  };
  mutable Mutex mutex_;
  Instant now_ TENANTRY_GUARDED_BY(mutex_);
  std::vector<Waiting> waiting_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::test
