#include "api/live/workers.hpp"

#include <exception>
#include <utility>

namespace tenantry::api {

Workers::Workers(std::size_t threads, std::size_t waiting_max, OnFailure on_failure)
    : waiting_max_(waiting_max), on_failure_(std::move(on_failure)) {
  for (std::size_t count = 0; count < threads; ++count) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  stop();
}

bool Workers::post(Work work) {
  MutexLock lock(mutex_);
  if (stopping_ || works_.size() >= waiting_max_) {
    ++refused_;
    return false;
  }
  works_.push_back(std::move(work));
  changed_.notify_one();
  return true;
}

void Workers::stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& each : threads_) {
    if (each.joinable()) each.join();
  }
  std::deque<Work> left;
  MutexLock lock(mutex_);
  left.swap(works_);
  lock.unlock();
}

std::size_t Workers::waiting() const {
  MutexLock lock(mutex_);
  return works_.size();
}

std::uint64_t Workers::refused() const {
  MutexLock lock(mutex_);
  return refused_;
}

void Workers::run() {
  MutexLock lock(mutex_);
  while (!stopping_) {
    if (works_.empty()) {
      mutex_.wait(changed_);
      continue;
    }
    Work work = std::move(works_.front());
    works_.pop_front();
    lock.unlock();
    try {
      work();
    } catch (const std::exception& failure) {
      on_failure_(failure.what());
    }
    work = {};
    lock.lock();
  }
}

}  // namespace tenantry::api
