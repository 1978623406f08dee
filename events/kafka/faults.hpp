// Faults: why partitions are read no further, and what only looks as if.
//
// A fault lasts (the partition was deleted, its offsets are gone: until the node is started again, when the mirror is
// held against the topics anew) or passes (reading is not allowed: until something is read again). Each is told once
// through on_fault, outside locks. A partition that brokers say they do not know is a suspicion first: one that has
// just started may not have heard of the topic yet. suspect() notes it; due() gives those that have waited long enough
// to be looked into, again and again until they are settled by set() or clear().
// of() and all(): any thread. The rest: the consumer's thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "domain/kernel/thread_safety.hpp"
#include "events/kafka/client.hpp"

namespace tenantry::events::kafka {

enum class FaultKind { lasting, passing };

class Faults {
 public:
  explicit Faults(std::function<void(Partition, const std::string&)> on_fault) : on_fault_(std::move(on_fault)) {}

  // Empty if there is none.
  std::string of(Partition partition) const;
  std::map<Partition, std::string> all() const;

  void set(Partition partition, FaultKind kind, const std::string& why);
  bool is_lasting(Partition partition) const;
  // Something of the partition was read: ends a passing fault.
  void pass(Partition partition);

  void suspect(Partition partition);
  bool has_suspicions() const { return !suspicions_.empty(); }
  std::vector<Partition> due() const;
  // Asks for all of them again after the same time.
  void postpone();
  void clear(Partition partition) { suspicions_.erase(partition); }

 private:
  struct Fault {
    FaultKind kind;
    std::string why;
  };
  const std::function<void(Partition, const std::string&)> on_fault_;
  std::map<Partition, Deadline> suspicions_;  // when to look
  mutable Mutex mutex_;
  std::map<Partition, Fault> faults_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::events::kafka
