#include "events/embedded/inspection.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "events/embedded/record_row.hpp"
#include "events/embedded/rows.hpp"
#include "storage/damage.hpp"
#include "storage/database.hpp"

namespace tenantry::events::embedded {
namespace {

using storage::Database;

std::expected<std::unique_ptr<Database>, storage::StorageError> open_read_only(const std::string& path,
                                                                               storage::Resources& resources,
                                                                               bool salvage) {
  return Database::open(path, resources, {.purpose = storage::Purpose::log, .read_only = true, .salvage = salvage});
}

std::string missing_from(const Partition& partition, Position end, const Appended& mark) {
  return "partition " + partition.name() + " cannot be read from position " + std::to_string(end) +
         " on; it should end at position " + std::to_string(mark.next);
}

// Where the undamaged beginning of the write-ahead log leaves a partition, for a database that gives no rows at all.
std::optional<Position> end_before_damage(const std::map<std::string, std::string>& last_keys,
                                          const Partition& partition) {
  auto found = last_keys.find(partition.name());
  if (found == last_keys.end()) return std::nullopt;
  auto position = row_position(found->second);
  return position ? std::optional<Position>{*position + 1} : std::nullopt;
}

// What the undamaged part of the write-ahead log still tells.
LogError explain_damage(const std::string& path, storage::Resources& resources,
                        const std::vector<Partition>& partitions, const std::vector<Appended>& marks,
                        const storage::StorageError& why) {
  LogError error{LogError::Kind::corrupt, {}};
  auto database = open_read_only(path, resources, true);
  auto last_keys = database ? std::map<std::string, std::string>{} : storage::last_keys_before_damage(path, resources);
  std::string sound;
  for (std::size_t index = 0; index < partitions.size(); ++index) {
    std::optional<Position> end;
    if (database) {
      auto family = (*database)->family(partitions[index].name());
      end = family ? end_of_rows(**database, *family).value_or(0) : 0;
    } else {
      end = end_before_damage(last_keys, partitions[index]);
    }
    if (end && *end < marks[index].next) error.detail += missing_from(partitions[index], *end, marks[index]) + "; ";
    if (end && *end > 0) sound += " " + partitions[index].name() + " to position " + std::to_string(*end - 1) + ",";
  }
  // Damage behind the last answered append.
  if (error.detail.empty() && !sound.empty()) {
    sound.pop_back();
    error.detail = "records can be read of" + sound + " and no further; ";
  }
  error.detail += "the log is damaged: " + why.detail;
  return error;
}

std::expected<void, LogError> compare_end(const Partition& partition, std::size_t index, const Appended& mark,
                                          LostAppend lost_append, Inspection& inspection) {
  Position end = inspection.ends[index];
  if (end >= mark.next) return {};
  std::string detail = missing_from(partition, end, mark);
  if (end != mark.first) return std::unexpected(LogError{LogError::Kind::corrupt, detail});
  std::string lost = "partition " + partition.name() + ": the last append, positions " + std::to_string(mark.first) +
                     " to " + std::to_string(mark.next - 1) + ", which was answered, is gone from the end of the log";
  if (lost_append == LostAppend::refused) {
    return std::unexpected(
        LogError{LogError::Kind::corrupt, detail + "; " + lost +
                                              ": restore the log, or give up what is gone with `tenantry rebuild "
                                              "--accept-lost-append`"});
  }
  inspection.notes.push_back(lost + "; the log goes on from position " + std::to_string(mark.first));
  return {};
}

Position check_from(const Database& database, const storage::Family& family, const Appended& mark, Verify verify) {
  if (verify == Verify::full) return 0;
  Position from = mark.first;
  auto flushed = database.last_flushed_key(family);
  if (!flushed) return 0;
  auto position = row_position(*flushed);
  return position ? std::min(from, *position) : 0;
}

std::expected<void, LogError> inspect_partition(const Database& database, const Partition& partition, std::size_t index,
                                                const Appended& mark, Caution caution, Inspection& inspection) {
  auto family = database.family(partition.name());
  if (!family) return std::unexpected(damage(partition.name(), 0, "the partition is missing"));
  auto end = end_of_rows(database, *family);
  if (!end) return std::unexpected(end.error());
  inspection.ends[index] = *end;
  if (auto compared = compare_end(partition, index, mark, caution.lost_append, inspection); !compared) return compared;
  RowSpan span{check_from(database, *family, mark, caution.verify), *end};
  auto checked = visit_rows(database, *family, span, Cache::pass, [](Position, std::string_view) { return true; });
  if (!checked) return std::unexpected(checked.error());
  return {};
}

std::expected<void, LogError> compare_identity(const Database& database, const EndMark& mark) {
  auto identity = database.get(*database.default_family(), identity_key);
  if (!identity) return std::unexpected(log_error(identity.error()));
  if (*identity == mark.identity_hex()) return {};
  return std::unexpected(LogError{LogError::Kind::corrupt, database.path() +
                                                               " is not one whole log: its database and its end mark "
                                                               "belong to different logs"});
}

}  // namespace

std::expected<Inspection, LogError> inspect(const std::string& database_path, storage::Resources& resources,
                                            const std::vector<Partition>& partitions, const EndMark& mark,
                                            Caution caution) {
  auto database = open_read_only(database_path, resources, false);
  if (!database && database.error().kind == storage::StorageError::Kind::corrupt) {
    return std::unexpected(explain_damage(database_path, resources, partitions, mark.found(), database.error()));
  }
  if (!database) return std::unexpected(log_error(database.error()));
  if (auto same = compare_identity(**database, mark); !same) return std::unexpected(same.error());
  Inspection inspection;
  inspection.ends.resize(partitions.size());
  for (std::size_t index = 0; index < partitions.size(); ++index) {
    auto sound = inspect_partition(**database, partitions[index], index, mark.found()[index], caution, inspection);
    if (!sound) return std::unexpected(sound.error());
  }
  return inspection;
}

}  // namespace tenantry::events::embedded
