// The first half of PartitionState: opening the folder as a crash, an earlier program or another log may have left it.
#include "projections/partition_state_rows.hpp"
#include "storage/folder_emptying.hpp"

namespace tenantry::projections {

namespace {

using namespace partition_rows;
using storage::Durability;

std::unexpected<StateError> failed(std::string detail) {
  return std::unexpected(StateError{std::move(detail)});
}

}  // namespace

std::expected<std::unique_ptr<PartitionState>, StateError> PartitionState::open(Partition partition,
                                                                                const std::string& folder,
                                                                                storage::Resources& resources,
                                                                                events::Log& log) {
  auto ready = storage::holds_remains(folder) ? storage::empty_folder(folder) : storage::finish_emptying(folder);
  if (!ready) return failed(ready.error().detail);
  auto state = open_as_it_is(partition, folder, resources, log);
  if (!state || !(*state)->is_unfinished_) return state;
  state->reset();
  if (auto emptied = storage::empty_folder(folder); !emptied) return failed(emptied.error().detail);
  return open_as_it_is(partition, folder, resources, log);
}

std::expected<std::unique_ptr<PartitionState>, StateError> PartitionState::open_as_it_is(Partition partition,
                                                                                         const std::string& folder,
                                                                                         storage::Resources& resources,
                                                                                         events::Log& log) {
  auto database = storage::Database::open(folder, resources, {.create_if_missing = true});
  if (!database) {
    bool is_damaged = database.error().kind == storage::StorageError::Kind::corrupt;
    return failed("the state in " + folder + " cannot be opened: " + database.error().detail +
                  (is_damaged ? "; `tenantry rebuild` makes it anew from the log" : ""));
  }
  std::unique_ptr<PartitionState> state{new PartitionState(partition, std::move(*database), log)};
  if (auto loaded = state->load(); !loaded) return std::unexpected(loaded.error());
  return state;
}

std::expected<void, StateError> PartitionState::load() {
  auto family = database_->default_family();
  auto format = database_->get(*family, format_key);
  auto next = database_->get(*family, next_key);
  if (!format) return failed(format.error().detail);
  if (!next) return failed(next.error().detail);
  if (!*format) {
    storage::Batch batch;
    batch.put(*family, format_key, number_row(state_format));
    batch.put(*family, log_key, log_.identity());
    auto written = database_->write(batch, Durability::synced);
    return written ? std::expected<void, StateError>{} : failed(written.error().detail);
  }
  if (read_number(**format) != state_format) {
    return failed("the state in " + database_->path() +
                  " was written in another format; `tenantry rebuild` makes it anew from the log");
  }
  auto made_from = database_->get(*family, log_key);
  if (!made_from) return failed(made_from.error().detail);
  if (*made_from != log_.identity()) {
    return failed("the state in " + database_->path() +
                  " was made from another log; `tenantry rebuild` makes it anew from this one");
  }
  auto rebuilding = database_->get(*family, rebuilding_key);
  if (!rebuilding) return failed(rebuilding.error().detail);
  is_unfinished_ = rebuilding->has_value();
  if (is_unfinished_) return {};
  if (*next) {
    if ((*next)->size() != next_row_bytes) return failed("the state in " + database_->path() + " is damaged");
    next_position_ = read_number(**next);
    last_applied_ = {read_number(std::string_view{**next}.substr(8)), id_at_end(**next)};
  }
  if (auto checked = check_made_from_this_log(); !checked) return checked;
  auto scanned = database_->scan(*family, storage::prefix_range("q"), [&](std::string_view key, std::string_view row) {
    Quarantine quarantine = read_quarantine(key, row);
    quarantined_.emplace(quarantine.tenant, std::move(quarantine));
    return true;
  });
  return scanned ? std::expected<void, StateError>{} : failed(scanned.error().detail);
}

// A log that ends before next_position() is for catch_up() to refuse.
std::expected<void, StateError> PartitionState::check_made_from_this_log() {
  if (last_applied_.record.is_nil()) return {};
  auto end = log_.end(partition_);
  if (!end) return failed(end.error().detail);
  if (next_position() > *end) return {};
  std::string found = "their ids differ";
  auto read = log_.read_at(partition_, {last_applied_.position}, [&](Position, std::string_view bytes) {
    auto entry = events::log_entry(bytes);
    if (entry && entry->id == last_applied_.record) found.clear();
    return true;
  });
  if (!read && read.error().kind != events::LogError::Kind::corrupt) return failed(read.error().detail);
  if (!read) found = read.error().detail;
  if (found.empty()) return {};
  return failed("the state in " + database_->path() +
                " was made from another copy of the log: the last record taken in, at " + "position " +
                std::to_string(last_applied_.position) + " of partition " + partition_.name() +
                ", is another in this log (" + found + "); `tenantry rebuild` makes the state anew from this log");
}

}  // namespace tenantry::projections
