// The writer of one partition: its queue, its batches, and the two threads that take turns (see engine.hpp).
//
// At any time one thread may be deciding a batch and one may be committing the batch before it. While the commit is
// under way the deciding thread keeps adding what arrives, so a slow disk makes batches larger, not queues longer.
// After a failure nothing is decided until the state has caught up with what the log really holds: that is tried at
// once and then with each next submission and whenever somebody asks for trouble(), and what it finds is announced as
// any commit is. A partition that is not served catches up in the same way whenever follow() says that the log may have
// grown.
#pragma once

#include <condition_variable>
#include <set>
#include <thread>

#include "domain/kernel/thread_safety.hpp"
#include "events/engine/batch.hpp"
#include "events/engine/engine.hpp"
#include "events/engine/fair_queue.hpp"
#include "events/engine/remembered_refusals.hpp"

namespace tenantry::events::engine {

using KeyInFlight = std::pair<TenantId, std::array<std::uint8_t, 16>>;

class PartitionWriter {
 public:
  PartitionWriter(Partition partition, Log& log, State& state, const EngineOptions& options, EngineCounters& counters,
                  const OnCommitted& on_committed);
  ~PartitionWriter();

  void submit(Submission submission);
  // See engine.hpp. stop_serving() only marks; wait_until_released() answers what was not decided.
  std::expected<void, StateError> serve();
  void stop_serving();
  void wait_until_released();
  void follow();
  bool serves() const;
  std::string trouble();
  void stop();

 private:
  void run();
  void enqueue(Submission submission) TENANTRY_REQUIRES(mutex_);
  Failure not_served() const;
  std::optional<Failure> refusal_to_queue(const Submission& submission) const TENANTRY_REQUIRES(mutex_);
  std::optional<Failure> lack_of_room(TenantId tenant, std::size_t count) const TENANTRY_REQUIRES(mutex_);
  // Held on entry and on return; released while the step works.
  void recover() TENANTRY_REQUIRES(mutex_);
  std::expected<std::vector<TenantPosition>, StateError> catch_up(bool after_failure);
  void fill(Batch& batch) TENANTRY_REQUIRES(mutex_);
  void commit(Batch& batch) TENANTRY_REQUIRES(mutex_);
  std::optional<Failure> write(Batch& batch);
  void finish(Batch& batch, bool failed) TENANTRY_REQUIRES(mutex_);
  bool settle(const Slice& slice, bool remember) TENANTRY_REQUIRES(mutex_);
  void remember_refusal(const Submission& submission, const CommandRequest& request, const Outcome& outcome)
      TENANTRY_REQUIRES(mutex_);
  void answer(const std::vector<std::shared_ptr<Work>>& complete);
  bool has_work() const TENANTRY_REQUIRES(mutex_) { return serving_ && !queue_.empty(); }

  const Partition partition_;
  Log& log_;
  State& state_;
  const EngineOptions& options_;
  EngineCounters& counters_;
  const OnCommitted& on_committed_;

  mutable Mutex mutex_;
  std::condition_variable idle_;     // threads without a batch: work came, or nobody decides any more
  std::condition_variable filling_;  // the deciding thread: work came, or the commit before is finished
  std::condition_variable still_;    // who waits until nothing is under way
  FairQueue queue_ TENANTRY_GUARDED_BY(mutex_);
  std::set<KeyInFlight> keys_in_flight_ TENANTRY_GUARDED_BY(mutex_);
  bool serving_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool stopping_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool deciding_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool committing_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool needs_recovery_ TENANTRY_GUARDED_BY(mutex_) = false;
  bool recovery_is_due_ TENANTRY_GUARDED_BY(mutex_) = false;  // try it although nothing is queued
  std::string why_not_caught_up_ TENANTRY_GUARDED_BY(mutex_);
  std::uint64_t generation_ TENANTRY_GUARDED_BY(mutex_) =
      0;  // grows when a batch fails: later batches built on it are dropped
  std::shared_ptr<StateBatch> pending_ TENANTRY_GUARDED_BY(mutex_);
  RememberedRefusals remembered_ TENANTRY_GUARDED_BY(mutex_);

  std::thread threads_[2];
};

}  // namespace tenantry::events::engine
