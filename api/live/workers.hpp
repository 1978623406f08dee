// Threads for work that takes the processor or waits for the disk, and so must not be done on a worker of the HTTP
// layer or of the engine: passwords, secrets.
//
// post() may be called by any thread and never blocks; it answers false, and drops the work, if so many wait already,
// or after stop(). Work is begun in the order of its coming. What work throws is told to `on_failure`, on its thread,
// and ends that work alone. After stop() what waits is destroyed unrun. Either way a request's Reply answers 500.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api {

class Workers {
 public:
  using Work = std::move_only_function<void()>;

  using OnFailure = std::function<void(const std::string& what)>;

  Workers(std::size_t threads, std::size_t waiting_max, OnFailure on_failure);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  [[nodiscard]] bool post(Work work);
  void stop();

  std::size_t waiting() const;
  std::uint64_t refused() const;

 private:
  void run();

  const std::size_t waiting_max_;
  const OnFailure on_failure_;
  mutable Mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> works_ TENANTRY_GUARDED_BY(mutex_);
  std::uint64_t refused_ TENANTRY_GUARDED_BY(mutex_) = 0;
  bool stopping_ TENANTRY_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace tenantry::api
