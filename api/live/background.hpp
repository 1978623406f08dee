// A thread for work that must not be done on a worker of the HTTP layer or of the engine: long answers, requests that
// had to wait, deadlines.
//
// post() and post_at() may be called by any thread and never block. Work runs one after another, in the order of its
// time; what it captures is destroyed on this thread. Callers bound what they post. After stop() work is destroyed
// unrun, which for a request that waits means that its Reply answers 500: so answer what waits before stopping.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <thread>

#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api {

class Background {
 public:
  using Clock = std::chrono::steady_clock;
  using Work = std::move_only_function<void()>;

  Background();
  ~Background();
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  void post(Work work) { post_at(Clock::time_point::min(), std::move(work)); }
  void post_at(Clock::time_point when, Work work);
  void stop();

 private:
  void run();

  Mutex mutex_;
  std::condition_variable changed_;
  std::multimap<Clock::time_point, Work> works_ TENANTRY_GUARDED_BY(mutex_);
  bool stopping_ TENANTRY_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tenantry::api
