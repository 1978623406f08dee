#include "api/cluster/keeper.hpp"

namespace tenantry::api {

PartitionKeeper::PartitionKeeper(KeeperSteps steps, std::chrono::milliseconds pause)
    : steps_(std::move(steps)), pause_(pause), thread_([this] { run(); }) {}

PartitionKeeper::~PartitionKeeper() {
  stop();
}

void PartitionKeeper::want(bool wanted) {
  MutexLock lock(mutex_);
  wanted_ = wanted;
  changed_.notify_all();
}

void PartitionKeeper::lost() {
  MutexLock lock(mutex_);
  lost_ = true;
  changed_.notify_all();
}

bool PartitionKeeper::wait_until_released(std::chrono::steady_clock::time_point deadline) {
  MutexLock lock(mutex_);
  while (held_ || busy_) {
    if (mutex_.wait_until(changed_, deadline) == std::cv_status::timeout) return !held_ && !busy_;
  }
  return true;
}

void PartitionKeeper::stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void PartitionKeeper::run() {
  MutexLock lock(mutex_);
  for (;;) {
    while (!stopping_ && wanted_ == held_ && (!held_ || !lost_)) mutex_.wait(changed_);
    if (held_ && (stopping_ || !wanted_ || lost_)) {
      let_go();
    } else if (stopping_) {
      return;
    } else {
      take();
    }
  }
}

void PartitionKeeper::let_go() {
  bool was_lost = lost_;
  busy_ = true;
  {
    MutexUnlock released(mutex_);
    steps_.release();
  }
  held_ = busy_ = lost_ = false;
  changed_.notify_all();
  if (was_lost) pause();  // whoever took it may be its owner by right, and the group will say so
}

void PartitionKeeper::take() {
  busy_ = true;
  lost_ = false;
  std::expected<void, std::string> taken;
  {
    MutexUnlock released(mutex_);
    taken = steps_.take_and_serve();
    if (!taken) steps_.on_failure(taken.error());
  }
  held_ = taken.has_value();
  busy_ = false;
  changed_.notify_all();
  if (!taken) pause();
}

void PartitionKeeper::pause() {
  auto until = std::chrono::steady_clock::now() + pause_;
  while (!stopping_ && wanted_ && mutex_.wait_until(changed_, until) == std::cv_status::no_timeout) {
  }
}

}  // namespace tenantry::api
