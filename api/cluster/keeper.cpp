#include "api/cluster/keeper.hpp"

namespace tenantry::api {

PartitionKeeper::PartitionKeeper(KeeperSteps steps, std::chrono::milliseconds pause)
    : steps_(std::move(steps)), pause_(pause), thread_([this] { run(); }) {}

PartitionKeeper::~PartitionKeeper() {
  stop();
}

void PartitionKeeper::want(bool wanted) {
  std::lock_guard lock(mutex_);
  wanted_ = wanted;
  changed_.notify_all();
}

void PartitionKeeper::lost() {
  std::lock_guard lock(mutex_);
  lost_ = true;
  changed_.notify_all();
}

bool PartitionKeeper::wait_until_released(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, deadline, [&] { return !held_ && !busy_; });
}

void PartitionKeeper::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void PartitionKeeper::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || wanted_ != held_ || (held_ && lost_); });
    if (held_ && (stopping_ || !wanted_ || lost_)) {
      let_go(lock);
    } else if (stopping_) {
      return;
    } else {
      take(lock);
    }
  }
}

void PartitionKeeper::let_go(std::unique_lock<std::mutex>& lock) {
  bool was_lost = lost_;
  busy_ = true;
  lock.unlock();
  steps_.release();
  lock.lock();
  held_ = busy_ = lost_ = false;
  changed_.notify_all();
  if (was_lost) pause(lock);  // whoever took it may be its owner by right, and the group will say so
}

void PartitionKeeper::take(std::unique_lock<std::mutex>& lock) {
  busy_ = true;
  lost_ = false;
  lock.unlock();
  auto taken = steps_.take_and_serve();
  if (!taken) steps_.on_failure(taken.error());
  lock.lock();
  held_ = taken.has_value();
  busy_ = false;
  changed_.notify_all();
  if (!taken) pause(lock);
}

void PartitionKeeper::pause(std::unique_lock<std::mutex>& lock) {
  changed_.wait_for(lock, pause_, [&] { return stopping_ || !wanted_; });
}

}  // namespace tenantry::api
