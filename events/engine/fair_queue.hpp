// The queue of a partition: submissions in the order that they came for each tenant, tenants in turns.
//
// front() is the oldest submission of the tenant whose turn it is, and room_in_turn() how many commands may be decided
// of it. decided() says how many were: a submission that is decided whole leaves; after `turn_commands_max` commands,
// or when the tenant has nothing more, the next tenant has its turn, and this one goes to the end of the round. So what
// a tenant sends waits for one turn of each other tenant that has something queued, however much that is; a submission
// that is all or nothing is decided whole, and a turn may be longer for it. A tenant that was not queued comes in at
// the end of the round. Counts commands that are not decided yet, of all and of each tenant. Not thread-safe: the
// writer's lock guards it.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "events/engine/batch.hpp"

namespace tenantry::events::engine {

class FairQueue {
 public:
  explicit FairQueue(std::size_t turn_commands_max) : turn_commands_max_(turn_commands_max) {}

  bool empty() const { return round_.empty(); }
  std::size_t commands() const { return commands_; }
  std::size_t commands_of(TenantId tenant) const;

  void push(std::shared_ptr<Work> work);
  const std::shared_ptr<Work>& front() const;
  std::size_t room_in_turn() const { return turn_commands_max_ - decided_in_turn_; }
  void decided(std::size_t count);
  // Everything, in no order that matters; the queue is empty then.
  std::vector<std::shared_ptr<Work>> take_all();

 private:
  struct OfTenant {
    std::deque<std::shared_ptr<Work>> works;
    std::size_t commands = 0;
  };
  std::size_t turn_commands_max_;
  std::size_t decided_in_turn_ = 0;       // of the first of the round
  std::map<TenantId, OfTenant> tenants_;  // those that have something queued
  std::deque<TenantId> round_;            // the same, whose turn it is first
  std::size_t commands_ = 0;
};

}  // namespace tenantry::events::engine
