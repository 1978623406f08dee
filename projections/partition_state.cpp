#include "projections/partition_state.hpp"

#include "domain/tenancy/entities.hpp"
#include "projections/log_chunks.hpp"
#include "projections/partition_batch.hpp"
#include "projections/partition_state_rows.hpp"
#include "projections/projector.hpp"
#include "storage/bulk_load.hpp"
#include "storage/sorted_rows.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::projections {

namespace {

using events::engine::TenantPosition;
using namespace partition_rows;
using storage::Durability;

constexpr std::size_t chunk_records_max = 4096;
// Rows that a rebuild keeps in memory before it writes them: about 200 bytes each.
constexpr std::size_t bulk_rows_max = 2'000'000;

std::unexpected<StateError> failed(std::string detail) {
  return std::unexpected(StateError{std::move(detail)});
}

// Of the tenant whose event or note cannot be applied.
Quarantine quarantine_at(const DecodedRecord& decoded, std::string reason) {
  Quarantine quarantine{.tenant = {}, .position = decoded.position, .type = {}, .reason = std::move(reason)};
  if (decoded.note) {
    quarantine.tenant = decoded.note->tenant;
    quarantine.sequence = decoded.note->position;
    quarantine.type = "note of an answer";
  } else {
    const events::AttributesView& attributes = decoded.record->attributes;
    quarantine.tenant = attributes.tenant;
    quarantine.sequence = attributes.sequence;
    quarantine.type = attributes.type;
  }
  return quarantine;
}

// Chunks have whole commands.
std::size_t records_of_command(const DecodedRecord& first) {
  return first.note || !first.record ? 1 : first.record->attributes.command_part.count;
}

}  // namespace

struct PartitionState::Replay {
  LogChunks::Span span;
  bool moves_next = true;
  const OnReplayed& on_replayed;
  std::uint64_t events = 0;
  std::map<TenantId, TenantPosition> moved{};  // where the tenants whose tables changed are now
};

PartitionState::PartitionState(Partition partition, std::unique_ptr<storage::Database> database, events::Log& log)
    : partition_(partition), database_(std::move(database)), log_(log) {
  database_->on_damage([this](const std::string& family, const std::string& detail) {
    if (auto tenant = storage::tenant_of_family(family)) note_damage(*tenant, detail);
  });
}

PartitionState::~PartitionState() = default;

std::shared_ptr<events::engine::StateBatch> PartitionState::begin(std::shared_ptr<events::engine::StateBatch> pending) {
  return std::make_shared<PartitionBatch>(*database_, quarantines(),
                                          std::static_pointer_cast<PartitionBatch>(std::move(pending)));
}

Quarantines PartitionState::quarantines() {
  return {.of = [this](TenantId tenant) { return quarantine_of(tenant); },
          .add = [this](Quarantine quarantine) { add_to_quarantine(std::move(quarantine)); }};
}

std::expected<void, StateError> PartitionState::commit(events::engine::StateBatch& batch, Appended appended) {
  const OnReplayed nobody;
  Replay live{.span = {.records_max = 0}, .on_replayed = nobody};
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
    storage::SortedRows sorted;
    sorted.reserve(changes->approximate_rows());
    changes->each_row(position_of, [&](std::string_view key, std::optional<std::string_view> value) {
      if (value) {
        sorted.add(key, *value);
      } else {
        sorted.erase(key);
      }
    });
    sorted.put_into(rows, *changes->family());
  }
  Applied last = last_applied_;
  if (batch.record_count() > 0) last = {position_of(batch.record_count() - 1), batch.last_record()};
  if (replay.moves_next) rows.put(*database_->default_family(), next_key, next_row(next, last.position, last.record));
  auto written = database_->write(rows, Durability::buffered);
  if (!written) return failed(written.error().detail);
  if (!replay.moves_next) return {};
  last_applied_ = last;
  next_position_.store(next, std::memory_order_release);
  return {};
}

std::expected<std::vector<TenantPosition>, StateError> PartitionState::catch_up(const OnReplayed& on_replayed) {
  auto end = log_.end(partition_);
  if (!end) return failed(end.error().detail);
  if (next_position() > *end) {
    return failed("the state in " + database_->path() + " is at position " + std::to_string(next_position()) +
                  " but the log of " + partition_.name() + " ends at " + std::to_string(*end) +
                  ": the log was cut or replaced; `tenantry rebuild` makes the state anew from this log");
  }
  Replay replay{.span = {.from = next_position(), .records_max = chunk_records_max}, .on_replayed = on_replayed};
  if (auto replayed = this->replay(replay); !replayed) return std::unexpected(replayed.error());
  std::vector<TenantPosition> moved;
  for (const auto& [tenant, position] : replay.moved) moved.push_back(position);
  return moved;
}

std::expected<void, StateError> PartitionState::rebuild(const OnReplayed& on_replayed) {
  if (!is_empty()) return failed("a rebuild starts from an empty folder");
  storage::Batch begun;
  begun.put(*database_->default_family(), rebuilding_key, "");
  if (auto written = database_->write(begun, Durability::synced); !written) return failed(written.error().detail);
  auto next = replay_in_bulk(Care::quick, on_replayed);
  if (next && !*next) {
    // An event could not be applied, and the changes it left half made are mixed with many others in memory.
    for (TenantId tenant : tenants()) {
      auto dropped = database_->drop_family(storage::tenant_family_name(tenant));
      if (!dropped) return failed(dropped.error().detail);
    }
    last_applied_ = {};
    next = replay_in_bulk(Care::one_by_one, on_replayed);
  }
  if (!next) return std::unexpected(next.error());
  storage::Batch batch;
  batch.put(*database_->default_family(), next_key,
            next_row(next->value(), last_applied_.position, last_applied_.record));
  batch.erase(*database_->default_family(), rebuilding_key);
  auto written = database_->write(batch, Durability::synced);
  if (!written) return failed(written.error().detail);
  next_position_ = next->value();
  // Table files that were loaded take numbers of changes that are in no write-ahead log: none may remain to be
  // replayed.
  auto flushed = database_->flush();
  return flushed ? std::expected<void, StateError>{} : failed(flushed.error().detail);
}

// Keeps the changes of many chunks in memory and writes them as sorted files, past write-ahead log and memory tables.
// The position reached; nothing if an event could not be applied and the care taken was not enough to go on.
std::expected<std::optional<Position>, StateError> PartitionState::replay_in_bulk(Care care,
                                                                                  const OnReplayed& on_replayed) {
  Replay replay{.span = {.records_max = chunk_records_max}, .moves_next = false, .on_replayed = on_replayed};
  LogChunks chunks(log_, partition_, replay.span);
  auto batch = new_batch();
  std::vector<Position> positions;
  for (;;) {
    auto chunk = chunks.next();
    if (!chunk) return std::unexpected(chunk.error());
    auto applied = apply_chunk(*batch, replay, *chunk, positions, care);
    if (!applied) return std::unexpected(applied.error());
    if (!*applied) return std::optional<Position>{};
    bool at_end = chunk->records.empty();
    if (!at_end && batch->approximate_rows() < bulk_rows_max) continue;
    if (auto written = write_in_bulk(*batch, positions); !written) return std::unexpected(written.error());
    if (!positions.empty()) last_applied_ = {positions.back(), batch->last_record()};
    if (at_end) return chunk->next;
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
    storage::SortedRows rows;
    rows.reserve(changes->approximate_rows());
    changes->each_row([&](std::size_t record) { return positions[record]; },
                      [&](std::string_view key, std::optional<std::string_view> value) {
                        if (value) {
                          rows.add(key, *value);
                        } else {
                          erased.erase(*changes->family(), key);
                        }
                      });
    storage::BulkLoad load(*database_, changes->family());
    auto loaded = rows.load_into(load);
    if (loaded) loaded = load.finish();
    if (!loaded) return failed(loaded.error().detail);
  }
  auto written = database_->write(erased, Durability::synced);
  return written ? std::expected<void, StateError>{} : failed(written.error().detail);
}

std::expected<void, StateError> PartitionState::rebuild_tenant(TenantId tenant, const OnReplayed& on_replayed) {
  // A start after a crash from here on finds the tenant in quarantine, and begins again.
  Quarantine begun = damage_of(tenant, "their rebuild was cut short");
  if (auto stored = quarantine(begun, Durability::synced); !stored) return stored;
  if (auto dropped = database_->drop_family(storage::tenant_family_name(tenant)); !dropped) {
    return failed(dropped.error().detail);
  }
  return replay_quarantined(begun, on_replayed);
}

std::expected<void, StateError> PartitionState::check_tenants() {
  for (TenantId tenant : tenants()) {
    if (quarantine_of(tenant)) continue;
    auto damage = damage_in(tenant);
    if (!damage) return std::unexpected(damage.error());
    if (*damage) add_to_quarantine(damage_of(tenant, **damage));
  }
  return {};
}

// Whether the head row stands at the last row of events, and the tenant's own row can be read, without which it takes
// no command. Rows in the middle are held by their checksums, and by the write-ahead log's being whole.
std::expected<std::optional<std::string>, StateError> PartitionState::damage_in(TenantId tenant) const {
  auto family = database_->family(storage::tenant_family_name(tenant));
  std::uint64_t last = 0;
  try {
    auto row = database_->get(*family, head_key());
    if (!row) throw_failure(row.error());
    std::uint64_t sequence = *row ? read_head(**row).sequence : 0;
    auto visit = [&](std::string_view key, std::string_view) {
      last = number_at_end(key);
      return false;
    };
    auto scanned = database_->scan(*family, storage::prefix_range(sequence_prefix()), visit, {.reverse = true});
    if (!scanned) throw_failure(scanned.error());
    auto own = database_->get(*family, entity_key(table_of<tenancy::Tenant>(), tenant.value));
    if (!own) throw_failure(own.error());
    if (*own) read_entity_row(**own);
    if (sequence == last) return std::nullopt;
    return "the head row is at event " + std::to_string(sequence) + ", the rows of events at " + std::to_string(last);
  } catch (const DamagedRows& damage) {
    return damage.what();
  } catch (const StorageFailure& failure) {
    return failed(failure.what());
  }
}

std::expected<void, StateError> PartitionState::retry_quarantined() {
  for (const Quarantine& quarantine : quarantined()) {
    if (quarantine.is_of_damage()) continue;
    if (auto replayed = replay_quarantined(quarantine, {}); !replayed) return replayed;
  }
  return {};
}

std::expected<void, StateError> PartitionState::repair_damaged() {
  for (const Quarantine& quarantine : quarantined()) {
    if (!quarantine.is_of_damage()) continue;
    if (auto rebuilt = rebuild_tenant(quarantine.tenant); !rebuilt) return rebuilt;
    notes_.push_back("the tables of tenant " + quarantine.tenant.text() +
                     " were damaged and made anew from the log: " + quarantine.reason);
  }
  return {};
}

// The stored row goes when the tenant's tables are whole, or another takes its place: a crash before leaves the tenant
// in quarantine.
std::expected<void, StateError> PartitionState::replay_quarantined(const Quarantine& quarantine,
                                                                   const OnReplayed& on_replayed) {
  {
    MutexLock lock(quarantine_mutex_);
    quarantined_.erase(quarantine.tenant);
  }
  Replay replay{.span = {.from = quarantine.position,
                         .until = next_position(),
                         .only = quarantine.tenant,
                         .records_max = chunk_records_max},
                .moves_next = false,
                .on_replayed = on_replayed};
  if (auto replayed = this->replay(replay); !replayed || quarantine_of(quarantine.tenant)) return replayed;
  return release(quarantine.tenant);
}

std::shared_ptr<PartitionBatch> PartitionState::new_batch() {
  return std::make_shared<PartitionBatch>(*database_, quarantines(), nullptr);
}

// Reads chunk by chunk; a chunk with an event that cannot be applied is applied again, one event at a time.
std::expected<void, StateError> PartitionState::replay(Replay& replay) {
  LogChunks chunks(log_, partition_, replay.span);
  for (;;) {
    auto chunk = chunks.next();
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
    auto written = write(*batch, chunk->next, replay, [&](std::size_t record) { return positions[record]; });
    if (!written) return written;
    for (const TenantPosition& position : batch->changed()) {
      TenantPosition& moved = replay.moved[position.tenant];
      moved = {position.tenant, position.sequence, events::engine::earlier(position.due, moved.due)};
    }
  }
}

// `positions` gets the position of each record applied. False if an event could not be applied: the batch is then of no
// use. One by one, such an event is taken back, its tenant goes into quarantine, and the others go on.
std::expected<bool, StateError> PartitionState::apply_chunk(PartitionBatch& batch, Replay& replay, const Chunk& chunk,
                                                            std::vector<Position>& positions, Care care) {
  std::uint64_t events_before = replay.events;
  try {
    for (Command rest{chunk.records}; !rest.empty();) {
      Command command = rest.first(records_of_command(rest.front()));
      care == Care::quick ? replay_command(batch, replay, command, positions)
                          : replay_or_quarantine(batch, replay, command, positions);
      rest = rest.subspan(command.size());
    }
  } catch (const ProjectionFailure&) {
    replay.events = events_before;
    return false;
  } catch (const DamagedRows& failure) {
    replay.events = events_before;
    if (care == Care::quick) return false;
    return failed(failure.what());
  } catch (const StorageFailure& failure) {
    return failed(failure.what());
  }
  if (replay.on_replayed && !chunk.records.empty()) replay.on_replayed(replay.events, chunk.next);
  return true;
}

void PartitionState::replay_command(PartitionBatch& batch, Replay& replay, const Command& command,
                                    std::vector<Position>& positions) {
  for (const DecodedRecord& record : command) {
    if (!replay_record(batch, replay, record)) continue;
    positions.push_back(record.position);
    if (!record.note) ++replay.events;
  }
}

// Applies one record; false if it does not concern this replay. Throws what apply_event() throws.
bool PartitionState::replay_record(PartitionBatch& batch, const Replay& replay, const DecodedRecord& decoded) {
  if (decoded.note) return replay_note(batch, replay, *decoded.note);
  const auto& record = decoded.record;
  if (!record) {
    note_unreadable(decoded.position, record.error().field + ' ' + record.error().detail);
    return false;
  }
  TenantId tenant = record->attributes.tenant;
  if ((replay.span.only && *replay.span.only != tenant) || quarantine_of(tenant)) return false;
  // A record that was applied before a crash of a rebuild of one tenant, or of a retry, is met again.
  if (record->attributes.sequence <= batch.changes(tenant).head().sequence) return false;
  const auto& event = *decoded.event;
  if (!event) throw ProjectionFailure(event.error().field + ": " + event.error().detail);
  batch.apply(tenant, {decoded.bytes, *record, *event});
  return true;
}

bool PartitionState::replay_note(PartitionBatch& batch, const Replay& replay, const events::AnswerNote& note) {
  if ((replay.span.only && *replay.span.only != note.tenant) || quarantine_of(note.tenant)) return false;
  return batch.apply_note_once(note);
}

// A command is applied as a whole or not at all, also where only one of its events cannot be.
void PartitionState::replay_or_quarantine(PartitionBatch& batch, Replay& replay, const Command& command,
                                          std::vector<Position>& positions) {
  std::size_t positions_before = positions.size();
  std::uint64_t events_before = replay.events;
  Quarantine stopped;
  auto failing = [&]() -> const DecodedRecord& { return command[positions.size() - positions_before]; };
  batch.begin_group();
  try {
    replay_command(batch, replay, command, positions);
    return batch.keep_group();
  } catch (const ProjectionFailure& failure) {
    stopped = quarantine_at(failing(), failure.what());
  } catch (const DamagedRows& failure) {
    stopped = damage_of(quarantine_at(failing(), {}).tenant, failure.what());
  }
  batch.undo_group();
  if (!stopped.is_of_damage()) stopped.position = command.front().position;
  positions.resize(positions_before);
  replay.events = events_before;
  if (auto stored = quarantine(std::move(stopped)); !stored) throw StorageFailure(stored.error().detail);
}

// What a damaged row makes known: if it cannot be written down, this process knows it, and the next one will find it.
void PartitionState::add_to_quarantine(Quarantine quarantine) {
  if (this->quarantine(quarantine)) return;
  MutexLock lock(quarantine_mutex_);
  quarantined_[quarantine.tenant] = std::move(quarantine);
}

std::expected<void, StateError> PartitionState::quarantine(Quarantine quarantine, Durability durability) {
  storage::Batch batch;
  batch.put(*database_->default_family(), quarantine_row_key(quarantine.tenant), write_quarantine(quarantine));
  auto written = database_->write(batch, durability);
  if (!written) return failed(written.error().detail);
  MutexLock lock(quarantine_mutex_);
  quarantined_[quarantine.tenant] = std::move(quarantine);
  return {};
}

// What cannot be written down will be met again.
void PartitionState::note_damage(TenantId tenant, const std::string& reason) {
  {
    MutexLock lock(quarantine_mutex_);
    if (!damaged_.insert(tenant).second) return;
  }
  storage::Batch batch;
  batch.put(*database_->default_family(), damage_row_key(tenant), reason);
  static_cast<void>(database_->write(batch, Durability::buffered));
}

std::expected<void, StateError> PartitionState::release(TenantId tenant) {
  storage::Batch batch;
  batch.erase(*database_->default_family(), quarantine_row_key(tenant));
  batch.erase(*database_->default_family(), damage_row_key(tenant));
  auto written = database_->write(batch, Durability::buffered);
  if (!written) return failed(written.error().detail);
  MutexLock lock(quarantine_mutex_);
  quarantined_.erase(tenant);
  damaged_.erase(tenant);
  return {};
}

void PartitionState::note_unreadable(Position position, std::string reason) {
  MutexLock lock(quarantine_mutex_);
  if (unreadable_.size() < unreadable_kept_max) unreadable_.emplace(position, std::move(reason));
}

std::vector<Quarantine> PartitionState::quarantined() const {
  MutexLock lock(quarantine_mutex_);
  std::vector<Quarantine> all;
  for (const auto& [tenant, quarantine] : quarantined_) all.push_back(quarantine);
  return all;
}

std::optional<Quarantine> PartitionState::quarantine_of(TenantId tenant) const {
  MutexLock lock(quarantine_mutex_);
  auto found = quarantined_.find(tenant);
  return found == quarantined_.end() ? std::nullopt : std::optional{found->second};
}

std::size_t PartitionState::damaged_tenants() const {
  MutexLock lock(quarantine_mutex_);
  return damaged_.size();
}

std::map<Position, std::string> PartitionState::unreadable() const {
  MutexLock lock(quarantine_mutex_);
  return unreadable_;
}

std::vector<TenantId> PartitionState::tenants() const {
  std::vector<TenantId> tenants;
  for (const std::string& name : database_->family_names()) {
    if (auto tenant = storage::tenant_of_family(name)) tenants.push_back(*tenant);
  }
  return tenants;
}

}  // namespace tenantry::projections
