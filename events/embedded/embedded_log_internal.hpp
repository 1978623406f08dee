// Internal to the embedded log: what an open one holds. The lock is taken first and released last.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/kernel/thread_safety.hpp"
#include "events/embedded/creation.hpp"
#include "events/embedded/embedded_log.hpp"
#include "events/embedded/end_mark.hpp"
#include "events/embedded/inspection.hpp"
#include "events/first_damage.hpp"
#include "storage/database.hpp"
#include "storage/folder_lock.hpp"

namespace tenantry::events::embedded {

struct PartitionState {
  Partition partition;
  std::size_t slot = 0;  // in the end mark
  storage::FamilyPointer family;
  Mutex appending;
  std::atomic<Position> next = 0;
  // Positions that an append of unknown outcome may have written, from `next` on; guarded by `appending`.
  std::atomic<bool> is_doubtful = false;
  Position doubtful_until TENANTRY_GUARDED_BY(appending) = 0;
};

struct EmbeddedLog::Internal {
  Internal(const std::string& folder, const EmbeddedLogOptions& options) : options(options), paths(folder) {}

  EmbeddedLogOptions options;
  LogPaths paths;
  std::optional<storage::FolderLock> lock;
  std::optional<EndMark> mark;
  std::vector<std::string> notes;
  std::unique_ptr<storage::Database> database;
  std::vector<std::unique_ptr<PartitionState>> partitions;
  FirstDamage first_damage;
  std::shared_ptr<std::atomic<bool>> is_vault_open = std::make_shared<std::atomic<bool>>(false);

  PartitionState* find(Partition partition) const;
  std::expected<void, LogError> read_at(const PartitionState& state, const std::vector<Position>& positions,
                                        const RecordVisitor& visit) const;
  std::expected<void, LogError> settle(PartitionState& state) TENANTRY_REQUIRES(state.appending);
  std::expected<Appended, LogError> write(PartitionState& state, const std::vector<std::string>& records)
      TENANTRY_REQUIRES(state.appending);
  std::expected<void, LogError> note(const std::vector<std::string>& found);
  void adopt(const std::vector<Partition>& all, const Inspection& inspection);
};

}  // namespace tenantry::events::embedded
