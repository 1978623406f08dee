// Opening the embedded log.
#include <fstream>

#include "events/embedded/embedded_log.hpp"
#include "events/embedded/embedded_log_internal.hpp"
#include "events/embedded/rows.hpp"
#include "storage/resources.hpp"
#include "storage/sync.hpp"

namespace tenantry::events::embedded {
namespace {

std::unexpected<LogError> refused(LogError::Kind kind, std::string detail) {
  return std::unexpected(LogError{kind, std::move(detail)});
}

// The end mark of the log in the folder, which is made if there is none.
std::expected<EndMark, LogError> open_or_create(const LogPaths& paths, storage::Resources& resources,
                                                int tenant_partitions) {
  auto exists = holds_log(paths);
  if (!exists) return std::unexpected(exists.error());
  if (!*exists) {
    auto created = create_log(paths, resources, tenant_partitions);
    if (!created) return std::unexpected(created.error());
  }
  auto mark = EndMark::open(paths.end_mark);
  if (!mark) return refused(LogError::Kind::corrupt, mark.error());
  auto stored = mark->found().size() - 1;
  if (stored == static_cast<std::size_t>(tenant_partitions)) return std::move(*mark);
  return refused(LogError::Kind::unavailable,
                 "the log in " + paths.folder + " was made with " + std::to_string(stored) +
                     " tenant partitions and cannot be opened with " + std::to_string(tenant_partitions));
}

}  // namespace

void EmbeddedLog::Internal::adopt(const std::vector<Partition>& all, const Inspection& inspection) {
  for (std::size_t index = 0; index < all.size(); ++index) {
    auto state = std::make_unique<PartitionState>();
    state->partition = all[index];
    state->slot = index;
    state->family = database->family(all[index].name());
    state->next = inspection.ends[index];
    // All of it is durable, so no part of it may be missing at the next start: an append torn in two begins anew here.
    mark->write(index, {inspection.ends[index], inspection.ends[index]});
    partitions.push_back(std::move(state));
  }
}

// Written down before the end marks move, after which the files no longer tell what is missing.
std::expected<void, LogError> EmbeddedLog::Internal::note(const std::vector<std::string>& found) {
  std::ifstream before(paths.recovery_notes);
  for (std::string line; std::getline(before, line);) notes.push_back(line);
  notes.insert(notes.end(), found.begin(), found.end());
  if (found.empty()) return {};
  std::ofstream file(paths.recovery_notes, std::ios::app);
  for (const std::string& line : found) file << line << '\n';
  file.close();
  if (!file) return refused(LogError::Kind::unavailable, "cannot write " + paths.recovery_notes);
  return {};
}

std::expected<std::unique_ptr<EmbeddedLog>, LogError> EmbeddedLog::open(const std::string& folder,
                                                                        storage::Resources& resources,
                                                                        const EmbeddedLogOptions& options) {
  auto internal = std::make_unique<Internal>(folder, options);
  const auto& paths = internal->paths;
  auto lock = storage::FolderLock::acquire(folder);
  if (!lock) return refused(LogError::Kind::unavailable, lock.error().detail);
  internal->lock = std::move(*lock);
  auto mark = open_or_create(paths, resources, options.tenant_partitions);
  if (!mark) return std::unexpected(mark.error());
  auto all = partitions_of(options.tenant_partitions);
  auto inspection = inspect(paths.records, resources, all, *mark, {options.verify, options.lost_append});
  if (!inspection) return std::unexpected(inspection.error());
  if (auto noted = internal->note(inspection->notes); !noted) return std::unexpected(noted.error());
  // Records that a killed process had written are served from now on, and must not go with the power.
  if (auto synced = storage::sync_files(paths.records); !synced) return std::unexpected(log_error(synced.error()));
  auto database = storage::Database::open(paths.records, resources,
                                          {.purpose = storage::Purpose::log, .free_bytes_min = options.free_bytes_min});
  if (!database) return std::unexpected(log_error(database.error()));
  internal->mark = std::move(*mark);
  internal->database = std::move(*database);
  internal->adopt(all, *inspection);
  return std::unique_ptr<EmbeddedLog>(new EmbeddedLog(std::move(internal)));
}

}  // namespace tenantry::events::embedded
