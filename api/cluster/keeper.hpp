// PartitionKeeper: brings one partition from "wanted" to "served" and back, and keeps trying.
//
// A thread of its own: taking a partition may block for seconds on brokers that do not answer, and partitions are taken
// at the same time. want() says whether the group has given this node the partition; lost() that another node has taken
// it. While it is wanted and not held, the keeper takes it (log: fence, owner record, read on) and has the engine serve
// it; when it fails or is lost, it tries again after a pause. When it is no longer wanted, the engine releases it
// first. Steps are called on the keeper's thread without locks. wait_until_released() and stop(): not from a step. Any
// thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <expected>
#include <functional>
#include <string>
#include <thread>

#include "domain/kernel/thread_safety.hpp"

namespace tenantry::api {

struct KeeperSteps {
  std::function<std::expected<void, std::string>()> take_and_serve;
  std::function<void()> release;
  std::function<void(const std::string& why)> on_failure;
};

class PartitionKeeper {
 public:
  PartitionKeeper(KeeperSteps steps, std::chrono::milliseconds pause);
  ~PartitionKeeper();
  PartitionKeeper(const PartitionKeeper&) = delete;
  PartitionKeeper& operator=(const PartitionKeeper&) = delete;

  void want(bool wanted);
  void lost();
  // False if it is still held, or being taken, at the deadline.
  bool wait_until_released(std::chrono::steady_clock::time_point deadline);
  void stop();

 private:
  void run();
  void let_go() TENANTRY_REQUIRES(mutex_);
  void take() TENANTRY_REQUIRES(mutex_);
  void pause() TENANTRY_REQUIRES(mutex_);

  KeeperSteps steps_;
  std::chrono::milliseconds pause_;
  Mutex mutex_;
  std::condition_variable changed_;
  bool wanted_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool held_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool busy_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool lost_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool stopping_ TENANTRY_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace tenantry::api
