#include "projections/partition_state.hpp"

#include <algorithm>
#include <limits>

#include "projections/partition_batch.hpp"
#include "projections/projector.hpp"
#include "storage/bulk_load.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::projections {

// Records read from the log, to be applied together.
struct Chunk {
  std::vector<std::pair<Position, std::string>> records;
  std::size_t bytes = 0;
  Position next = 0;  // where to go on
};

namespace {

using storage::Durability;

constexpr std::uint64_t state_format = 1;
constexpr std::string_view format_key = "format";
constexpr std::string_view next_key = "next";
constexpr std::size_t chunk_bytes_max = 32u << 20;
constexpr std::size_t live_chunk_events = 4096;
constexpr std::size_t rebuild_chunk_events = 4096;
// Rows that a rebuild keeps in memory before it writes them: about 200 bytes each.
constexpr std::size_t bulk_rows_max = 2'000'000;

std::unexpected<StateError> failed(std::string detail) {
  return std::unexpected(StateError{std::move(detail)});
}

// Rows of one family on their way into a sorted file. Keys and values lie in one arena.
class SortedRows {
 public:
  void add(std::string_view key, std::string_view value) {
    rows_.push_back({bytes_.size(), key.size(), value.size()});
    bytes_.append(key).append(value);
  }

  storage::Result<void> load(storage::Database& database, const storage::FamilyPointer& family) {
    std::ranges::stable_sort(rows_, {}, [this](const Row& row) { return key(row); });
    storage::BulkLoad load(database, family);
    for (std::size_t index = 0; index < rows_.size(); ++index) {
      bool again = index + 1 < rows_.size() && key(rows_[index]) == key(rows_[index + 1]);
      if (again) continue;  // the last of equal keys counts
      if (auto added = load.add(key(rows_[index]), value(rows_[index])); !added) return added;
    }
    return load.finish();
  }

 private:
  struct Row {
    std::size_t at;
    std::size_t key_bytes;
    std::size_t value_bytes;
  };
  std::string_view key(const Row& row) const { return std::string_view{bytes_}.substr(row.at, row.key_bytes); }
  std::string_view value(const Row& row) const {
    return std::string_view{bytes_}.substr(row.at + row.key_bytes, row.value_bytes);
  }

  std::string bytes_;
  std::vector<Row> rows_;
};

std::string number_row(std::uint64_t number) {
  std::string row;
  append_number(row, number);
  return row;
}

std::expected<Chunk, StateError> read_chunk(events::Log& log, Partition partition, Position from, Position until,
                                            std::size_t records_max) {
  Chunk chunk;
  auto next = log.read(partition, from, [&](Position position, std::string_view bytes) {
    if (position >= until) return false;
    chunk.records.emplace_back(position, bytes);
    chunk.bytes += bytes.size();
    return chunk.records.size() < records_max && chunk.bytes < chunk_bytes_max;
  });
  if (!next) return failed(next.error().detail);
  chunk.next = chunk.records.empty() ? std::min(*next, until) : chunk.records.back().first + 1;
  return chunk;
}

}  // namespace

struct PartitionState::Replay {
  Position from = 0;
  Position until = std::numeric_limits<Position>::max();
  std::optional<TenantId> only{};
  std::size_t chunk_events = live_chunk_events;
  bool moves_next = true;
  const OnReplayed& on_replayed;
  std::uint64_t events = 0;
};

std::expected<std::unique_ptr<PartitionState>, StateError> PartitionState::open(Partition partition,
                                                                                const std::string& folder,
                                                                                storage::Resources& resources,
                                                                                events::Log& log) {
  auto database = storage::Database::open(folder, resources, {.create_if_missing = true});
  if (!database) return failed("the state in " + folder + " cannot be opened: " + database.error().detail);
  std::unique_ptr<PartitionState> state{new PartitionState(partition, std::move(*database), log)};
  if (auto loaded = state->load(); !loaded) return std::unexpected(loaded.error());
  return state;
}

PartitionState::PartitionState(Partition partition, std::unique_ptr<storage::Database> database, events::Log& log)
    : partition_(partition), database_(std::move(database)), log_(log) {}

PartitionState::~PartitionState() = default;

std::expected<void, StateError> PartitionState::load() {
  auto family = database_->default_family();
  auto format = database_->get(*family, format_key);
  auto next = database_->get(*family, next_key);
  if (!format) return failed(format.error().detail);
  if (!next) return failed(next.error().detail);
  if (!*format) {
    storage::Batch batch;
    batch.put(*family, format_key, number_row(state_format));
    auto written = database_->write(batch, Durability::synced);
    return written ? std::expected<void, StateError>{} : failed(written.error().detail);
  }
  if (read_number(**format) != state_format) {
    return failed("the state in " + database_->path() +
                  " was written in another format; `tenantry rebuild` makes it anew from the log");
  }
  if (*next) next_position_ = read_number(**next);
  auto scanned = database_->scan(*family, storage::prefix_range("q"), [&](std::string_view key, std::string_view row) {
    Quarantine quarantine = read_quarantine(key, row);
    quarantined_.emplace(quarantine.tenant, std::move(quarantine));
    return true;
  });
  return scanned ? std::expected<void, StateError>{} : failed(scanned.error().detail);
}

std::shared_ptr<events::engine::StateBatch> PartitionState::begin(std::shared_ptr<events::engine::StateBatch> pending) {
  return std::make_shared<PartitionBatch>(
      *database_, [this](TenantId tenant) { return quarantine_of(tenant); },
      std::static_pointer_cast<PartitionBatch>(std::move(pending)));
}

std::expected<void, StateError> PartitionState::commit(events::engine::StateBatch& batch, Appended appended) {
  const OnReplayed nobody;
  Replay live{.on_replayed = nobody};
  return write(static_cast<PartitionBatch&>(batch), appended.next, live,
               [&](std::size_t record) { return appended.first + record; });
}

std::expected<void, StateError> PartitionState::create_families(PartitionBatch& batch) {
  std::vector<std::string> names;
  std::vector<TenantChanges*> without;
  for (auto& [tenant, changes] : batch.tenants()) {
    if (!changes->changed() || changes->family() != nullptr) continue;
    names.push_back(storage::tenant_family_name(tenant));
    without.push_back(changes.get());
  }
  if (names.empty()) return {};
  auto families = database_->create_families(names);
  if (!families) return failed(families.error().detail);
  for (std::size_t index = 0; index < without.size(); ++index) without[index]->set_family((*families)[index]);
  return {};
}

std::expected<void, StateError> PartitionState::write(PartitionBatch& batch, Position next, const Replay& replay,
                                                      const std::function<Position(std::size_t)>& position_of) {
  if (auto created = create_families(batch); !created) return created;
  storage::Batch rows;
  for (auto& [tenant, changes] : batch.tenants()) {
    if (!changes->changed()) continue;
    const storage::Family& family = *changes->family();
    changes->each_row(position_of, [&](std::string_view key, std::optional<std::string_view> value) {
      if (value) {
        rows.put(family, key, *value);
      } else {
        rows.erase(family, key);
      }
    });
  }
  if (replay.moves_next) rows.put(*database_->default_family(), next_key, number_row(next));
  auto written = database_->write(rows, Durability::buffered);
  if (!written) return failed(written.error().detail);
  if (replay.moves_next) next_position_.store(next, std::memory_order_release);
  return {};
}

std::expected<void, StateError> PartitionState::catch_up(const OnReplayed& on_replayed) {
  auto end = log_.end(partition_);
  if (!end) return failed(end.error().detail);
  if (next_position() > *end) {
    return failed("the state in " + database_->path() + " is at position " + std::to_string(next_position()) +
                  " but the log of " + partition_.name() + " ends at " + std::to_string(*end) +
                  ": the log was cut or replaced; `tenantry rebuild` makes the state anew from this log");
  }
  Replay replay{.from = next_position(), .on_replayed = on_replayed};
  return this->replay(replay);
}

std::expected<void, StateError> PartitionState::rebuild(const OnReplayed& on_replayed) {
  if (next_position() != 0 || !tenants().empty()) return failed("a rebuild starts from an empty folder");
  auto next = replay_in_bulk(Care::quick, on_replayed);
  if (next && !*next) {
    // An event could not be applied, and the changes it left half made are mixed with many others in memory.
    for (TenantId tenant : tenants()) {
      auto dropped = database_->drop_family(storage::tenant_family_name(tenant));
      if (!dropped) return failed(dropped.error().detail);
    }
    next = replay_in_bulk(Care::one_by_one, on_replayed);
  }
  if (!next) return std::unexpected(next.error());
  storage::Batch batch;
  batch.put(*database_->default_family(), next_key, number_row(next->value()));
  auto written = database_->write(batch, Durability::synced);
  if (!written) return failed(written.error().detail);
  next_position_ = next->value();
  return {};
}

// Keeps the changes of many chunks in memory and writes them as sorted files, past write-ahead log and memory tables.
// The position reached; nothing if an event could not be applied and the care taken was not enough to go on.
std::expected<std::optional<Position>, StateError> PartitionState::replay_in_bulk(Care care,
                                                                                  const OnReplayed& on_replayed) {
  Replay replay{.chunk_events = rebuild_chunk_events, .moves_next = false, .on_replayed = on_replayed};
  auto batch = new_batch();
  std::vector<Position> positions;
  for (;;) {
    auto chunk = read_chunk(log_, partition_, replay.from, replay.until, replay.chunk_events);
    if (!chunk) return std::unexpected(chunk.error());
    auto applied = apply_chunk(*batch, replay, *chunk, positions, care);
    if (!applied) return std::unexpected(applied.error());
    if (!*applied) return std::optional<Position>{};
    bool at_end = chunk->records.empty();
    if (!at_end && batch->approximate_rows() < bulk_rows_max) continue;
    if (auto written = write_in_bulk(*batch, positions); !written) return std::unexpected(written.error());
    if (at_end) return replay.from;
    batch = new_batch();
    positions.clear();
  }
}

std::expected<void, StateError> PartitionState::write_in_bulk(PartitionBatch& batch,
                                                              const std::vector<Position>& positions) {
  if (auto created = create_families(batch); !created) return created;
  storage::Batch erased;
  for (auto& [tenant, changes] : batch.tenants()) {
    if (!changes->changed()) continue;
    SortedRows rows;
    changes->each_row([&](std::size_t record) { return positions[record]; },
                      [&](std::string_view key, std::optional<std::string_view> value) {
                        if (value) {
                          rows.add(key, *value);
                        } else {
                          erased.erase(*changes->family(), key);
                        }
                      });
    if (auto loaded = rows.load(*database_, changes->family()); !loaded) return failed(loaded.error().detail);
  }
  auto written = database_->write(erased, Durability::synced);
  return written ? std::expected<void, StateError>{} : failed(written.error().detail);
}

std::expected<void, StateError> PartitionState::rebuild_tenant(TenantId tenant, const OnReplayed& on_replayed) {
  if (auto dropped = database_->drop_family(storage::tenant_family_name(tenant)); !dropped) {
    return failed(dropped.error().detail);
  }
  if (auto released = release(tenant); !released) return released;
  Replay replay{.until = next_position(), .only = tenant, .moves_next = false, .on_replayed = on_replayed};
  return this->replay(replay);
}

std::expected<void, StateError> PartitionState::retry_quarantined() {
  for (const Quarantine& quarantine : quarantined()) {
    if (auto released = release(quarantine.tenant); !released) return released;
    const OnReplayed nobody;
    Replay replay{.from = quarantine.position,
                  .until = next_position(),
                  .only = quarantine.tenant,
                  .moves_next = false,
                  .on_replayed = nobody};
    if (auto replayed = this->replay(replay); !replayed) return replayed;
  }
  return {};
}

std::shared_ptr<PartitionBatch> PartitionState::new_batch() const {
  return std::make_shared<PartitionBatch>(
      *database_, [this](TenantId tenant) { return quarantine_of(tenant); }, nullptr);
}

// Reads chunk by chunk; a chunk with an event that cannot be applied is applied again, one event at a time.
std::expected<void, StateError> PartitionState::replay(Replay& replay) {
  for (;;) {
    auto chunk = read_chunk(log_, partition_, replay.from, replay.until, replay.chunk_events);
    if (!chunk) return std::unexpected(chunk.error());
    if (chunk->records.empty()) return {};
    auto batch = new_batch();
    std::vector<Position> positions;
    auto applied = apply_chunk(*batch, replay, *chunk, positions, Care::quick);
    if (applied && !*applied) {
      batch = new_batch();
      positions.clear();
      applied = apply_chunk(*batch, replay, *chunk, positions, Care::one_by_one);
    }
    if (!applied) return std::unexpected(applied.error());
    auto written = write(*batch, replay.from, replay, [&](std::size_t record) { return positions[record]; });
    if (!written) return written;
  }
}

// `positions` gets the position of each record applied. False if an event could not be applied: the batch is then of no
// use. One by one, such an event is taken back, its tenant goes into quarantine, and the others go on.
std::expected<bool, StateError> PartitionState::apply_chunk(PartitionBatch& batch, Replay& replay, const Chunk& chunk,
                                                            std::vector<Position>& positions, Care care) {
  std::size_t positions_before = positions.size();
  try {
    for (const auto& [position, bytes] : chunk.records) {
      bool applied = care == Care::quick ? replay_record(batch, replay, position, bytes)
                                         : replay_or_quarantine(batch, replay, position, bytes);
      if (applied) positions.push_back(position);
    }
  } catch (const ProjectionFailure&) {
    return false;
  } catch (const StorageFailure& failure) {
    return failed(failure.what());
  }
  replay.from = chunk.next;
  replay.events += positions.size() - positions_before;
  if (replay.on_replayed && !chunk.records.empty()) replay.on_replayed(replay.events, replay.from);
  return true;
}

// Applies one record; false if it does not concern this replay. Throws what apply_event() throws.
bool PartitionState::replay_record(PartitionBatch& batch, const Replay& replay, Position position,
                                   std::string_view bytes) {
  auto record = events::decode_record(bytes);
  if (!record) {
    note_unreadable(position, record.error().field + ' ' + record.error().detail);
    return false;
  }
  TenantId tenant = record->attributes.tenant;
  if ((replay.only && *replay.only != tenant) || quarantine_of(tenant)) return false;
  // A record that was applied before a crash of a rebuild of one tenant, or of a retry, is met again.
  if (record->attributes.sequence <= batch.changes(tenant).head().sequence) return false;
  auto event = events::decode_event(record->attributes.type, record->data);
  if (!event) throw ProjectionFailure(event.error().field + ": " + event.error().detail);
  batch.apply(tenant, {bytes, *record, *event});
  return true;
}

bool PartitionState::replay_or_quarantine(PartitionBatch& batch, const Replay& replay, Position position,
                                          std::string_view bytes) {
  batch.begin_group();
  try {
    bool applied = replay_record(batch, replay, position, bytes);
    batch.keep_group();
    return applied;
  } catch (const ProjectionFailure& failure) {
    batch.undo_group();
    events::RecordView record = events::decode_record(bytes).value();
    auto stored = quarantine({.tenant = record.attributes.tenant,
                              .position = position,
                              .sequence = record.attributes.sequence,
                              .type = std::string{record.attributes.type},
                              .reason = failure.what()});
    if (!stored) throw StorageFailure(stored.error().detail);
    return false;
  }
}

std::expected<void, StateError> PartitionState::quarantine(Quarantine quarantine) {
  storage::Batch batch;
  batch.put(*database_->default_family(), quarantine_row_key(quarantine.tenant), write_quarantine(quarantine));
  auto written = database_->write(batch, Durability::buffered);
  if (!written) return failed(written.error().detail);
  std::lock_guard lock(quarantine_mutex_);
  quarantined_[quarantine.tenant] = std::move(quarantine);
  return {};
}

std::expected<void, StateError> PartitionState::release(TenantId tenant) {
  storage::Batch batch;
  batch.erase(*database_->default_family(), quarantine_row_key(tenant));
  auto written = database_->write(batch, Durability::buffered);
  if (!written) return failed(written.error().detail);
  std::lock_guard lock(quarantine_mutex_);
  quarantined_.erase(tenant);
  return {};
}

void PartitionState::note_unreadable(Position position, std::string reason) {
  std::lock_guard lock(quarantine_mutex_);
  if (unreadable_.size() < unreadable_kept_max) unreadable_.emplace(position, std::move(reason));
}

std::vector<Quarantine> PartitionState::quarantined() const {
  std::lock_guard lock(quarantine_mutex_);
  std::vector<Quarantine> all;
  for (const auto& [tenant, quarantine] : quarantined_) all.push_back(quarantine);
  return all;
}

std::optional<Quarantine> PartitionState::quarantine_of(TenantId tenant) const {
  std::lock_guard lock(quarantine_mutex_);
  auto found = quarantined_.find(tenant);
  return found == quarantined_.end() ? std::nullopt : std::optional{found->second};
}

std::map<Position, std::string> PartitionState::unreadable() const {
  std::lock_guard lock(quarantine_mutex_);
  return unreadable_;
}

std::vector<TenantId> PartitionState::tenants() const {
  std::vector<TenantId> tenants;
  for (const std::string& name : database_->family_names()) {
    if (!name.starts_with("t:")) continue;
    if (auto tenant = TenantId::parse(std::string_view{name}.substr(2))) tenants.push_back(*tenant);
  }
  return tenants;
}

}  // namespace tenantry::projections
