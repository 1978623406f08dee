#include "events/embedded/creation.hpp"

#include <filesystem>
#include <random>

#include "events/embedded/end_mark.hpp"
#include "events/embedded/inspection.hpp"
#include "events/embedded/rows.hpp"
#include "storage/database.hpp"
#include "storage/disk_space.hpp"
#include "storage/sync.hpp"

namespace tenantry::events::embedded {
namespace {

namespace fs = std::filesystem;

std::unexpected<LogError> cannot_create(const LogPaths& paths, const std::string& why) {
  return std::unexpected(
      LogError{LogError::Kind::unavailable, "the log in " + paths.folder + " cannot be made: " + why});
}

std::string new_identity() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::random_device random;
  std::string identity;
  for (int index = 0; index < 32; ++index) identity.push_back(digits[random() & 15]);
  return identity;
}

storage::Result<void> create_database(const std::string& path, storage::Resources& resources,
                                      const std::vector<Partition>& partitions, const std::string& identity) {
  auto database =
      storage::Database::open(path, resources, {.purpose = storage::Purpose::log, .create_if_missing = true});
  if (!database) return std::unexpected(database.error());
  std::vector<std::string> names;
  for (const auto& partition : partitions) names.push_back(partition.name());
  auto families = (*database)->create_families(names);
  if (!families) return std::unexpected(families.error());
  storage::Batch batch;
  batch.put(*(*database)->default_family(), identity_key, identity);
  if (auto written = (*database)->write(batch, storage::Durability::synced); !written) return written;
  return (*database)->flush();  // so that the identity can be read whatever happens to the write-ahead log
}

}  // namespace

std::vector<Partition> partitions_of(int tenant_partitions) {
  std::vector<Partition> partitions{{Stream::platform, 0}};
  for (int number = 0; number < tenant_partitions; ++number) partitions.push_back({Stream::tenants, number});
  return partitions;
}

std::expected<bool, LogError> holds_log(const LogPaths& paths) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(paths.folder, error)) {
    auto name = entry.path().filename().string();
    if (name == "LOCK" || name == "records" || name == "records.creating") continue;
    return std::unexpected(
        LogError{LogError::Kind::unavailable, paths.folder + " is not the folder of a log: it holds " + name});
  }
  if (error) return std::unexpected(LogError{LogError::Kind::unavailable, paths.folder + ": " + error.message()});
  auto begun = storage::is_there(paths.records);
  if (!begun) return std::unexpected(LogError{LogError::Kind::unavailable, begun.error().detail});
  if (!*begun) return false;
  for (const auto* needed : {"CURRENT", "end-mark"}) {
    auto there = storage::is_there(paths.records + "/" + needed);
    if (!there) return std::unexpected(LogError{LogError::Kind::unavailable, there.error().detail});
    if (*there) continue;
    return std::unexpected(
        LogError{LogError::Kind::corrupt, paths.records + " is not a whole log: " + needed + " is missing"});
  }
  return true;
}

std::expected<void, LogError> create_log(const LogPaths& paths, storage::Resources& resources, int tenant_partitions) {
  if (tenant_partitions < 1 || tenant_partitions > 1024) return cannot_create(paths, "1 to 1,024 tenant partitions");
  auto partitions = partitions_of(tenant_partitions);
  auto identity = new_identity();
  std::error_code error;
  fs::remove_all(paths.creating, error);
  if (error) return cannot_create(paths, error.message());
  auto created = create_database(paths.creating, resources, partitions, identity);
  if (!created) return cannot_create(paths, created.error().detail);
  if (auto marked = EndMark::create(paths.creating + "/end-mark", identity, partitions.size()); !marked) {
    return cannot_create(paths, marked.error());
  }
  if (auto synced = storage::sync_path(paths.creating); !synced) {
    return cannot_create(paths, synced.error().detail);
  }
  fs::rename(paths.creating, paths.records, error);
  if (error) return cannot_create(paths, error.message());
  if (auto synced = storage::sync_path(paths.folder); !synced) {
    return cannot_create(paths, synced.error().detail);
  }
  return {};
}

}  // namespace tenantry::events::embedded
