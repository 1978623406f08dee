// Freshness: lets a node that does not serve a partition answer reads as if it did.
//
// wait() asks the log how far the partitions reach, waits until this node's tables have come there, and calls `then`,
// on a thread of its own, exactly once: with nothing, or with why it could not be told (a sentence for the server's
// log). What was answered by any node before wait() was called is then in the tables. One question to the log serves
// all who wait for the same partition when it is asked; a partition that cannot be told holds up no other. At most
// `waiting_max` wait; one more is refused at once. stop() answers who waits, after the question under way, and joins.
// The cluster, the log and the tables outlive it. Any thread.
#pragma once

#include <condition_variable>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "api/cluster/cluster.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "projections/state_store.hpp"

namespace tenantry::api {

struct FreshnessLimits {
  std::size_t waiting_max = 10'000;
  std::int64_t tables_timeout_ms = 5'000;  // for the tables to follow the log's copy
};

class Freshness {
 public:
  using Result = std::expected<void, std::string>;
  using Then = std::move_only_function<void(Result)>;

  Freshness(Cluster& cluster, events::Log& log, const projections::StateStore& state, FreshnessLimits limits = {});
  ~Freshness();

  void wait(std::vector<events::Partition> partitions, Then then);
  void stop();

 private:
  struct Waiter {
    std::vector<events::Partition> left;  // still to be asked about; the last one next
    Then then;
  };
  // A partition's own thread, from when it is first asked about.
  struct Desk {
    std::vector<Waiter> waiters;  // guarded by Freshness' mutex_, which cannot be said from here
    std::condition_variable changed;
    std::thread thread;
  };
  void enqueue(Waiter waiter) TENANTRY_REQUIRES(mutex_);
  void run(events::Partition partition, Desk& desk);
  Result bring_up(events::Partition partition);

  Cluster& cluster_;
  events::Log& log_;
  const projections::StateStore& state_;
  FreshnessLimits limits_;
  Mutex mutex_;
  std::map<events::Partition, std::unique_ptr<Desk>> desks_ TENANTRY_GUARDED_BY(mutex_);
  std::size_t waiting_ TENANTRY_GUARDED_BY(mutex_) = 0;
  bool stopping_ TENANTRY_GUARDED_BY(mutex_) = false;
};

}  // namespace tenantry::api
