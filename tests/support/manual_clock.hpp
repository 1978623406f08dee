// A clock for tests that stands still until it is moved; who waits by it is woken then. Any thread.
#pragma once

#include <vector>

#include "domain/kernel/clock.hpp"

namespace tenantry::test {

class ManualClock : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}

  Instant now() const override {
    std::lock_guard lock(mutex_);
    return now_;
  }
  void wait_until(std::unique_lock<std::mutex>& lock, std::condition_variable& changed, Instant due) override {
    {
      std::lock_guard guard(mutex_);
      if (due <= now_) return;
      waiting_.push_back({lock.mutex(), &changed});
    }
    changed.wait(lock);
    std::lock_guard guard(mutex_);
    std::erase(waiting_, Waiting{lock.mutex(), &changed});
  }

  void set(Instant now) {
    std::vector<Waiting> waiting;
    {
      std::lock_guard guard(mutex_);
      now_ = now;
      waiting = waiting_;
    }
    for (const Waiting& each : waiting) {
      std::lock_guard guard(*each.mutex);  // it waits by now, and does not miss this
      each.changed->notify_all();
    }
  }
  void advance(std::int64_t milliseconds) { set({now().unix_ms + milliseconds}); }

 private:
  struct Waiting {
    std::mutex* mutex;
    std::condition_variable* changed;
    bool operator==(const Waiting&) const = default;
  };
  mutable std::mutex mutex_;
  Instant now_;
  std::vector<Waiting> waiting_;
};

}  // namespace tenantry::test
