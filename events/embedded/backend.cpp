#include "events/embedded/backend.hpp"

#include "events/embedded/creation.hpp"
#include "events/embedded/embedded_log.hpp"
#include "events/embedded/end_mark.hpp"
#include "storage/disk_space.hpp"

namespace tenantry::events::embedded {
namespace {

constexpr std::string_view folder = "log";
constexpr int default_partitions = 4;

std::string folder_in(const std::string& data_folder) {
  return data_folder + '/' + std::string{folder};
}

std::expected<bool, std::string> holds_log_in(const std::string& data_folder) {
  auto there = storage::is_there(LogPaths{folder_in(data_folder)}.records);
  if (!there) return std::unexpected("the log cannot be read: " + there.error().detail);
  return *there;
}

// As recorded in the log that is there. A log that cannot be looked at cannot be opened either, which says more.
int expected_partitions(const std::string& data_folder, const LogOptions& options) {
  if (options.tenant_partitions != 0) return options.tenant_partitions;
  if (!holds_log_in(data_folder).value_or(false)) return default_partitions;
  auto mark = EndMark::open(LogPaths{folder_in(data_folder)}.end_mark);
  return mark ? static_cast<int>(mark->found().size()) - 1 : default_partitions;
}

std::expected<OpenedLog, LogError> open(const std::string& data_folder, storage::Resources& resources,
                                        const LogOptions& options, const SharedLogCallbacks&) {
  if (!options.own.empty()) {
    return std::unexpected(
        LogError{LogError::Kind::rejected, "an embedded log has no option " + options.own.begin()->first});
  }
  EmbeddedLogOptions own{.tenant_partitions = expected_partitions(data_folder, options),
                         .verify = options.verify,
                         .lost_append = options.lost_append,
                         .free_bytes_min = options.free_bytes_min};
  auto log = EmbeddedLog::open(folder_in(data_folder), resources, own);
  if (!log) return std::unexpected(log.error());
  OpenedLog opened{.log = nullptr, .notes = (*log)->recovery_notes()};
  opened.forget_notes = [log = log->get()] { log->forget_recovery_notes(); };
  opened.open_vault = [log = log->get()](RootKeys keys, const VaultOptions& options) {
    return log->open_vault(std::move(keys), options);
  };
  opened.log = std::move(*log);
  return opened;
}

}  // namespace

Backend backend() {
  return {.name = "embedded",
          .kind = "an embedded log",
          .folder = folder,
          .found = "holds an embedded log",
          .is_shared = false,
          .tenant_partitions = default_partitions,
          .descriptors = 0,
          .holds_log = holds_log_in,
          .expected_partitions = expected_partitions,
          .open = open,
          .topics = nullptr};
}

}  // namespace tenantry::events::embedded
