#include "api/live/background.hpp"

#include <utility>

namespace tenantry::api {

Background::Background() : thread_([this] { run(); }) {}

Background::~Background() {
  stop();
}

void Background::post_at(Clock::time_point when, Work work) {
  MutexLock lock(mutex_);
  if (stopping_) return;
  works_.emplace(when, std::move(work));
  changed_.notify_one();
}

void Background::stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Background::run() {
  MutexLock lock(mutex_);
  while (!stopping_) {
    if (works_.empty()) {
      mutex_.wait(changed_);
      continue;
    }
    auto due = works_.begin()->first;
    if (Clock::now() < due) {
      mutex_.wait_until(changed_, due);
      continue;
    }
    Work work = std::move(works_.extract(works_.begin()).mapped());
    lock.unlock();
    work();
    work = {};
    lock.lock();
  }
  auto left = std::exchange(works_, {});
  lock.unlock();
}

}  // namespace tenantry::api
