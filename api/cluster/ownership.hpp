// Ownership: which partitions of a shared log this node serves, from the moment that it joins its group until it
// leaves.
//
// The group of nodes assigns partitions; for each a keeper (keeper.hpp) takes it from the log and has the engine serve
// it, or releases it first when the group gives it to another node. A partition that another node has taken, as the log
// tells by lost(), is given up at once, and taken again only if the group still says so after a pause.
// A partition of the topics that was not there when the log was opened is left alone and told: tenants were placed by
// the number of partitions.
// join() once; leave() releases everything and then leaves the group, so that others take over without waiting; the
// destructor leaves too. The log, the engine and what the hooks refer to outlive it. Hooks are called on threads of the
// ownership's own. lost() may be called from the log's callbacks. Any thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "api/cluster/cluster.hpp"
#include "api/cluster/keeper.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "events/engine/engine.hpp"
#include "events/shared_log.hpp"

namespace tenantry::api {

struct OwnershipHooks {
  std::function<void(events::Partition)> on_served = [](events::Partition) {};
  std::function<void(events::Partition)> on_released = [](events::Partition) {};
  std::function<void(const std::string&)> on_note = [](const std::string&) {};
};

class Ownership : public Cluster {
 public:
  // `node`: this node's name, which no other has.
  Ownership(events::SharedLog& log, events::engine::Engine& engine, std::string node, OwnershipHooks hooks);
  ~Ownership() override;

  // The error is one sentence for a person.
  std::expected<void, std::string> join();
  void leave();
  void lost(events::Partition partition);

  const std::string& node() const override { return node_; }
  std::optional<PartitionOwner> owner(events::Partition partition) const override;
  std::expected<void, std::string> catch_up(events::Partition partition) override;
  std::uint64_t lag(events::Partition partition) const override { return log_.lag(partition); }
  std::string trouble() const override;
  std::string trouble(events::Partition partition) const override;
  events::Figures figures() const override { return log_.figures(); }

 private:
  using Partitions = std::set<events::Partition>;

  KeeperSteps steps_of(events::Partition partition);
  std::expected<void, std::string> take_and_serve(events::Partition partition);
  void release(events::Partition partition);
  void revoked(const Partitions& partitions);
  void set_trouble(events::Partition partition, const std::string& why);
  Partitions known_of(const Partitions& partitions) const;
  std::shared_ptr<events::Group> group() const;

  events::SharedLog& log_;
  events::engine::Engine& engine_;
  const std::string node_;
  const OwnershipHooks hooks_;
  std::map<events::Partition, std::unique_ptr<PartitionKeeper>> keepers_;
  mutable Mutex mutex_;
  std::map<events::Partition, std::string> troubles_ TENANTRY_GUARDED_BY(mutex_);  // why the last taking failed
  std::shared_ptr<events::Group> group_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::api
