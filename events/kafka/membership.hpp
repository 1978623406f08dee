// Membership: which partitions this node should own, agreed on by all nodes through a consumer group of Kafka's.
//
// A member of group {prefix}-nodes, subscribed to both topics, with the range assignor; it reads nothing (what it is
// assigned is paused) and commits no offsets. Hooks tell what is to be taken and released; on_revoked returns before
// the group goes on, so that a partition is released before another node is told to take it, unless this node was not
// heard for session_timeout_ms: then it is revoked here too, when the group says so, or when nothing was heard from it
// for that long. Until then a deposed owner may serve reads that are stale by at most that.
//
// One thread, on which the hooks are called with no lock held; they may take as long as max_poll_interval_ms, and a
// longer one costs the membership. close() leaves the group, waits up to close_deadline_ms for that, and after it no
// hook is called; the destructor closes. Errors are told through on_note; the group is joined again by itself.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <set>
#include <string>

#include "events/kafka/options.hpp"
#include "events/shared_log.hpp"

namespace tenantry::events::kafka {

struct MembershipOptions {
  int session_timeout_ms = 6'000;
  int heartbeat_ms = 1'000;
  int max_poll_interval_ms = 30'000;
  int close_deadline_ms = 10'000;
};

class Membership : public Group {
 public:
  static std::expected<std::unique_ptr<Membership>, LogError> join(const KafkaOptions& options,
                                                                   const MembershipOptions& membership,
                                                                   GroupHooks hooks);
  ~Membership() override;

  std::set<Partition> assigned() const;
  // When the group's coordinator was last known to count this node in; the epoch of the clock if never.
  std::chrono::steady_clock::time_point last_heard() const;
  std::string trouble() const override;
  // False: the group then counts this node out after session_timeout_ms.
  bool close() override;

 private:
  struct Internal;
  explicit Membership(std::unique_ptr<Internal> internal);

  std::unique_ptr<Internal> internal_;
};

}  // namespace tenantry::events::kafka
