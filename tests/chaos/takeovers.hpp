// How long commands of a partition went unanswered after its owner was killed, and whether reads went on meanwhile.
//
// Those during which nothing else was away are told apart. Any thread may call any member. Times are in milliseconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace tenantry::chaos {

class Takeovers {
 public:
  using Clock = std::chrono::steady_clock;

  void owner_was_killed(const std::set<int>& partitions, bool is_alone) {
    std::lock_guard lock(mutex_);
    for (int partition : partitions) waiting_[partition] = {Clock::now(), is_alone};
  }
  // Another fault begins.
  void more_is_away() {
    std::lock_guard lock(mutex_);
    for (auto& [partition, waiting] : waiting_) waiting.is_alone = false;
  }
  // A command of the partition, first sent at `begun`, was answered.
  void command_answered(int partition, Clock::time_point begun) {
    std::lock_guard lock(mutex_);
    auto found = waiting_.find(partition);
    if (found == waiting_.end() || begun < found->second.since) return;
    auto time = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - found->second.since).count();
    (found->second.is_alone ? alone_ : among_others_).push_back(time);
    waiting_.erase(found);
  }
  void read_answered(int partition) {
    std::lock_guard lock(mutex_);
    if (waiting_.contains(partition)) ++reads_meanwhile_;
  }

  std::vector<std::int64_t> alone() const {
    std::lock_guard lock(mutex_);
    return alone_;
  }
  std::vector<std::int64_t> among_others() const {
    std::lock_guard lock(mutex_);
    return among_others_;
  }
  std::uint64_t reads_meanwhile() const {
    std::lock_guard lock(mutex_);
    return reads_meanwhile_;
  }

 private:
  struct Waiting {
    Clock::time_point since;
    bool is_alone;
  };

  mutable std::mutex mutex_;  // guards what follows
  std::map<int, Waiting> waiting_;
  std::vector<std::int64_t> alone_;
  std::vector<std::int64_t> among_others_;
  std::uint64_t reads_meanwhile_ = 0;
};

}  // namespace tenantry::chaos
