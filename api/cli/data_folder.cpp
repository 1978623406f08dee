#include "api/cli/data_folder.hpp"

#include <filesystem>

#include "events/embedded/creation.hpp"
#include "events/embedded/end_mark.hpp"

namespace tenantry::api::cli {
namespace {

events::embedded::LogPaths paths_of(const DataFolder& folder) {
  return events::embedded::LogPaths{folder.path + "/log"};
}

// Of the log that is there. A damaged mark is for opening the log to report.
std::optional<int> recorded_partitions(const DataFolder& folder) {
  auto mark = events::embedded::EndMark::open(paths_of(folder).end_mark);
  if (!mark) return std::nullopt;
  return static_cast<int>(mark->found().size()) - 1;
}

}  // namespace

bool holds_log(const DataFolder& folder) {
  std::error_code ignored;  // what cannot be looked at cannot be opened either, which says more
  return std::filesystem::exists(paths_of(folder).records, ignored);
}

NodeOptions node_options(const DataFolder& folder) {
  NodeOptions options{.folder = folder.path, .resources = {}, .log = {}, .engine = {}};
  options.log.verify = folder.verify;
  options.log.tenant_partitions = default_partitions;
  if (holds_log(folder)) options.log.tenant_partitions = recorded_partitions(folder).value_or(default_partitions);
  if (folder.partitions) options.log.tenant_partitions = *folder.partitions;
  return options;
}

std::optional<std::string> missing_log(const DataFolder& folder) {
  if (holds_log(folder)) return std::nullopt;
  return "there is no log in " + folder.path + "; `tenantry serve` and `tenantry demo` make one";
}

std::optional<std::string> in_use(const DataFolder& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(folder.path, ignored)) return std::nullopt;
  auto lock = storage::FolderLock::acquire(folder.path);
  if (lock || lock.error().kind != storage::StorageError::Kind::locked) return std::nullopt;
  return lock.error().detail;
}

}  // namespace tenantry::api::cli
