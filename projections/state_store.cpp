#include "projections/state_store.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <thread>

#include "storage/folder_emptying.hpp"

namespace tenantry::projections {
namespace {

// Each keeps many rows in memory while it makes tables (partition_state.cpp).
constexpr int threads_at_start = 2;

std::string folder_of(const std::string& folder, Partition partition) {
  return folder + '/' + partition.name();
}

// So that no thread begins the longest when the others are done. A partition whose end cannot be told fails later.
std::vector<Partition> longest_first(events::Log& log, std::vector<Partition> partitions) {
  std::map<Partition, Position> ends;
  for (Partition partition : partitions) ends[partition] = log.end(partition).value_or(0);
  std::ranges::stable_sort(partitions, std::greater{}, [&](Partition partition) { return ends[partition]; });
  return partitions;
}

}  // namespace

std::expected<std::unique_ptr<StateStore>, StateError> StateStore::open(const std::string& folder,
                                                                        storage::Resources& resources,
                                                                        events::Log& log) {
  auto store = std::make_unique<StateStore>();
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return std::unexpected(StateError{"cannot make " + folder + ": " + error.message()});
  std::vector<Partition> empty;
  for (Partition partition : log.partitions()) {
    auto state = PartitionState::open(partition, folder_of(folder, partition), resources, log);
    if (!state) return std::unexpected(state.error());
    if ((*state)->is_empty() && log.end(partition) != Position{0}) empty.push_back(partition);
    store->partitions_.emplace(partition, std::move(*state));
  }
  if (auto made = store->rebuild_all(empty, log, threads_at_start, {}); !made) return std::unexpected(made.error());
  for (auto& [partition, state] : store->partitions_) {
    if (auto checked = state->check_tenants(); !checked) return std::unexpected(checked.error());
    if (auto retried = state->retry_quarantined(); !retried) return std::unexpected(retried.error());
    if (auto caught_up = state->catch_up(); !caught_up) return std::unexpected(caught_up.error());
    if (auto repaired = state->repair_damaged(); !repaired) return std::unexpected(repaired.error());
  }
  return store;
}

std::expected<std::unique_ptr<StateStore>, StateError> StateStore::rebuild(const std::string& folder,
                                                                           storage::Resources& resources,
                                                                           events::Log& log, int threads,
                                                                           const OnPartitionReplayed& on_replayed) {
  auto store = std::make_unique<StateStore>();
  for (Partition partition : log.partitions()) {
    auto emptied = storage::empty_folder(folder_of(folder, partition));
    if (!emptied) return std::unexpected(StateError{emptied.error().detail});
    auto state = PartitionState::open(partition, folder_of(folder, partition), resources, log);
    if (!state) return std::unexpected(state.error());
    store->partitions_.emplace(partition, std::move(*state));
  }
  auto made = store->rebuild_all(store->partitions(), log, threads, on_replayed);
  if (!made) return std::unexpected(made.error());
  return store;
}

std::expected<void, StateError> StateStore::rebuild_all(std::vector<Partition> partitions, events::Log& log,
                                                        int threads, const OnPartitionReplayed& on_replayed) {
  partitions = longest_first(log, std::move(partitions));
  std::vector<std::expected<void, StateError>> results(partitions.size());
  std::atomic<std::size_t> taken{0};
  auto work = [&] {
    for (std::size_t index; (index = taken++) < partitions.size();) {
      Partition partition = partitions[index];
      results[index] = this->partition(partition).rebuild([&](std::uint64_t events, Position reached) {
        if (on_replayed) on_replayed(partition, events, reached);
      });
    }
  };
  {
    std::vector<std::jthread> workers;
    for (int count = 0; count < threads; ++count) workers.emplace_back(work);
  }
  for (auto& result : results) {
    if (!result) return std::unexpected(result.error());
  }
  return {};
}

std::vector<std::string> StateStore::notes() const {
  std::vector<std::string> notes;
  for (const auto& [partition, state] : partitions_)
    notes.insert(notes.end(), state->notes().begin(), state->notes().end());
  return notes;
}

std::shared_ptr<events::engine::StateBatch> StateStore::begin(Partition partition,
                                                              std::shared_ptr<events::engine::StateBatch> pending) {
  return this->partition(partition).begin(std::move(pending));
}

std::expected<void, StateError> StateStore::commit(Partition partition, events::engine::StateBatch& batch,
                                                   Appended appended) {
  return this->partition(partition).commit(batch, appended);
}

std::expected<std::vector<events::engine::TenantPosition>, StateError> StateStore::catch_up(Partition partition) {
  return this->partition(partition).catch_up();
}

storage::TenantStore StateStore::store(const TenantScope& scope) const {
  return storage::TenantStore(partition(events::engine::partition_of(scope)).database(), scope);
}

std::vector<Partition> StateStore::partitions() const {
  std::vector<Partition> all;
  for (const auto& [partition, state] : partitions_) all.push_back(partition);
  return all;
}

std::optional<Quarantine> StateStore::quarantine_of(const TenantScope& scope) const {
  return partition(events::engine::partition_of(scope)).quarantine_of(scope.tenant());
}

}  // namespace tenantry::projections
