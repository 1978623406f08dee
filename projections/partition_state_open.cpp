// The first half of PartitionState: opening the folder as a crash, an earlier program or another log may have left it.
#include "projections/partition_state_rows.hpp"
#include "projections/stored_types.hpp"
#include "storage/folder_emptying.hpp"

namespace tenantry::projections {

namespace {

using namespace partition_rows;
using storage::Durability;

}  // namespace

std::expected<std::unique_ptr<PartitionState>, StateError> PartitionState::open(Partition partition,
                                                                                const std::string& folder,
                                                                                storage::Resources& resources,
                                                                                events::Log& log) {
  bool has_remains = storage::holds_remains(folder);
  auto ready = has_remains ? storage::empty_folder(folder) : storage::finish_emptying(folder);
  if (!ready) return std::unexpected(StateError{ready.error().detail});
  auto state = open_as_it_is(partition, folder, resources, log);
  std::string why = has_remains ? "what is in " + folder + " is a part of a database" : "";
  if (!state && state.error().is_mendable) {
    why = state.error().detail;
    if (auto emptied = storage::empty_folder(folder); !emptied) {
      return std::unexpected(StateError{why + "; " + emptied.error().detail});
    }
    state = open_as_it_is(partition, folder, resources, log);
  }
  if (!state) return std::unexpected(StateError{state.error().detail});
  if (!why.empty()) {
    (*state)->notes_.push_back("the tables of partition " + partition.name() + " were made anew from the log: " + why);
  }
  return std::move(*state);
}

std::expected<std::unique_ptr<PartitionState>, PartitionState::Refusal> PartitionState::open_as_it_is(
    Partition partition, const std::string& folder, storage::Resources& resources, events::Log& log) {
  auto database = storage::Database::open(folder, resources, {.create_if_missing = true});
  if (!database) {
    return std::unexpected(Refusal{.detail = "the state in " + folder + " cannot be opened: " + database.error().detail,
                                   .is_mendable = database.error().kind == storage::StorageError::Kind::corrupt});
  }
  std::unique_ptr<PartitionState> state{new PartitionState(partition, std::move(*database), log)};
  try {
    if (auto loaded = state->load(); !loaded) return std::unexpected(loaded.error());
  } catch (const DamagedRows& damage) {
    return std::unexpected(Refusal{"the state in " + folder + " is damaged: " + damage.what(), true});
  } catch (const StorageFailure& failure) {
    return std::unexpected(Refusal{failure.what()});
  }
  return state;
}

// Throws StorageFailure, or DamagedRows.
std::expected<void, PartitionState::Refusal> PartitionState::load() {
  auto family = database_->default_family();
  auto row = [&](std::string_view key) {
    auto found = database_->get(*family, key);
    if (!found) throw_failure(found.error());
    return std::move(*found);
  };
  auto format = row(format_key);
  auto next = row(next_key);
  if (!format) {
    storage::Batch batch;
    batch.put(*family, format_key, number_row(state_format));
    batch.put(*family, log_key, log_.identity());
    batch.put(*family, process_managers_key, process_manager_names());
    auto written = database_->write(batch, Durability::synced);
    if (!written) throw_failure(written.error());
    return {};
  }
  if (read_number(*format) != state_format) {
    return std::unexpected(Refusal{"the state in " + database_->path() + " was written in another format", true});
  }
  if (row(process_managers_key) != process_manager_names()) {
    return std::unexpected(Refusal{"the state in " + database_->path() + " was made for other process managers", true});
  }
  if (row(log_key) != log_.identity()) {
    return std::unexpected(Refusal{"the state in " + database_->path() +
                                   " was made from another log; `tenantry rebuild` makes it anew from this one"});
  }
  if (row(rebuilding_key)) {
    return std::unexpected(Refusal{"the rebuild of the state in " + database_->path() + " was cut short", true});
  }
  if (next) {
    if (next->size() != next_row_bytes) throw DamagedRows("the row \"next\" has another length");
    next_position_ = read_number(*next);
    last_applied_ = {read_number(std::string_view{*next}.substr(8)), id_at_end(*next)};
  }
  if (auto checked = check_made_from_this_log(); !checked) return checked;
  auto scanned = database_->scan(*family, storage::prefix_range("q"), [&](std::string_view key, std::string_view row) {
    Quarantine quarantine = read_quarantine(key, row);
    MutexLock lock(quarantine_mutex_);
    quarantined_.emplace(quarantine.tenant, std::move(quarantine));
    return true;
  });
  if (!scanned) throw_failure(scanned.error());
  scanned = database_->scan(*family, storage::prefix_range("d"), [&](std::string_view key, std::string_view reason) {
    TenantId tenant{id_at_end(key)};
    MutexLock lock(quarantine_mutex_);
    damaged_.insert(tenant);
    quarantined_.emplace(tenant, damage_of(tenant, std::string{reason}));
    return true;
  });
  if (!scanned) throw_failure(scanned.error());
  return {};
}

// A log that ends before next_position() is for catch_up() to refuse.
std::expected<void, PartitionState::Refusal> PartitionState::check_made_from_this_log() {
  if (last_applied_.record.is_nil()) return {};
  auto end = log_.end(partition_);
  if (!end) return std::unexpected(Refusal{end.error().detail});
  if (next_position() > *end) return {};
  std::string found = "their ids differ";
  auto read = log_.read_at(partition_, {last_applied_.position}, [&](Position, std::string_view bytes) {
    auto entry = events::log_entry(bytes);
    if (entry && entry->id == last_applied_.record) found.clear();
    return true;
  });
  if (!read && read.error().kind != events::LogError::Kind::corrupt)
    return std::unexpected(Refusal{read.error().detail});
  if (!read) found = read.error().detail;
  if (found.empty()) return {};
  return std::unexpected(Refusal{
      "the state in " + database_->path() + " was made from another copy of the log: the last record taken in, at " +
      "position " + std::to_string(last_applied_.position) + " of partition " + partition_.name() +
      ", is another in this log (" + found + "); `tenantry rebuild` makes the state anew from this log"});
}

}  // namespace tenantry::projections
