// StateStore: the tables of a whole node, one PartitionState for each partition of the log, under one folder.
//
// Implements the engine's State; hands out TenantReaders. open() brings every partition's tables up to the
// log's end, after a new try at what is in quarantine; tables that are not there, or cannot be trusted, are made anew
// (partition_state.hpp), which notes() says. The folder is `<folder>/{partition name}` for each partition.
// Any thread may read; the writing members follow PartitionState's rules. Log and Resources outlive it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "events/engine/engine.hpp"
#include "projections/partition_state.hpp"
#include "projections/tenant_reader.hpp"
#include "storage/resources.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::projections {

using OnPartitionReplayed = std::function<void(Partition, std::uint64_t events, Position reached)>;

class StateStore : public events::engine::State {
 public:
  static std::expected<std::unique_ptr<StateStore>, StateError> open(const std::string& folder,
                                                                     storage::Resources& resources, events::Log& log);
  // Erases every table under the folder and makes them again from the log, partitions in parallel on `threads` threads.
  // `on_replayed` is called from those threads.
  static std::expected<std::unique_ptr<StateStore>, StateError> rebuild(const std::string& folder,
                                                                        storage::Resources& resources, events::Log& log,
                                                                        int threads,
                                                                        const OnPartitionReplayed& on_replayed);

  std::shared_ptr<events::engine::StateBatch> begin(Partition partition,
                                                    std::shared_ptr<events::engine::StateBatch> pending) override;
  std::expected<void, StateError> commit(Partition partition, events::engine::StateBatch& batch,
                                         Appended appended) override;
  std::expected<std::vector<events::engine::TenantPosition>, StateError> catch_up(Partition partition) override;

  storage::TenantStore store(const TenantScope& scope) const;
  TenantReader reader(const TenantScope& scope) const { return TenantReader{store(scope)}; }
  PartitionState& partition(Partition partition) const { return *partitions_.at(partition); }
  std::vector<Partition> partitions() const;
  // Which tables were made anew when this store was opened, and why: a sentence each.
  std::vector<std::string> notes() const;
  std::optional<Quarantine> quarantine_of(const TenantScope& scope) const;

 private:
  std::expected<void, StateError> rebuild_all(std::vector<Partition> partitions, events::Log& log, int threads,
                                              const OnPartitionReplayed& on_replayed);

  std::map<Partition, std::unique_ptr<PartitionState>> partitions_;
};

}  // namespace tenantry::projections
