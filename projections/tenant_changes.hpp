// TenantChanges: what one batch changes of one tenant, over what was there before.
//
// Reads see the batch's own changes, then those of the batch before it (which may still be on its way to the disk),
// then the stored rows. Entities are kept typed and are encoded once, when the batch is written, however often they
// changed. Used by one thread at a time; a later batch may read it meanwhile only after decisions on it have ended.
// Throws StorageFailure, or DamagedRows, when stored rows cannot be read: an unreadable row must never pass for an
// absent one. A pointer from find() lives until the entity is put again in this batch.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/catalog/describe.hpp"
#include "events/engine/state.hpp"
#include "projections/head.hpp"
#include "projections/keys.hpp"
#include "storage/database.hpp"

namespace tenantry::projections {

struct EntityKey {
  char table;
  Uuid id;

  bool operator==(const EntityKey&) const = default;
};

struct EntityKeyHash {
  std::size_t operator()(const EntityKey& key) const noexcept {
    return std::hash<Uuid>{}(key.id) ^ static_cast<std::size_t>(key.table) * 0x9e3779b97f4a7c15u;
  }
};

class TenantChanges {
 public:
  // `family` is null for a tenant that has none yet; `pending` (may be null) outlives this object.
  TenantChanges(TenantId tenant, const storage::Database& database, storage::FamilyPointer family,
                const TenantChanges* pending);

  TenantId tenant() const { return tenant_; }

  // The event that puts are made for: it becomes the version and the time of the entities it changes.
  void set_event(std::uint64_t sequence, Instant time) { sequence_ = sequence, time_ = time; }
  std::uint64_t event_sequence() const { return sequence_; }
  Instant event_time() const { return time_; }

  template <class Entity>
  const Entity* find(const Id<Entity>& id);
  template <class Entity>
  void put(const Entity& entity);
  // Nothing if there is no such entity.
  std::optional<events::engine::EntityVersion> version(const EntityKey& key);

  std::optional<std::string> row(const std::string& key);
  void put_row(const std::string& key, std::optional<std::string> value);
  // A row without a value, found by each_appended() alone. Its key has at most 255 bytes.
  void append_row(std::string_view key);
  // Visits the keys of such rows that begin with the prefix, in no order, some perhaps twice, until `visit` answers
  // false. Looks at every row that this batch and the pending one append, and at the stored ones of the prefix.
  void each_appended(std::string_view prefix, const std::function<bool(std::string_view key)>& visit) const;
  // The row that says where an event is; its log position is known only when the batch is appended.
  void append_event(std::uint64_t sequence, const Sha256& leaf, std::size_t record);

  const Head& head();
  void set_head(Head head);
  bool changed() const { return head_changed_; }

  void begin_group();
  void undo_group();
  void keep_group() { undo_.is_active = false; }

  // Visits every changed row, in no order, some perhaps twice with the same value; position_of(record) is where the
  // batch's n-th record went in the log. No value: the row is erased. The bytes live until the visitor returns.
  using PositionOf = std::function<std::uint64_t(std::size_t)>;
  using ChangeVisitor = std::function<void(std::string_view key, std::optional<std::string_view> value)>;
  void each_row(const PositionOf& position_of, const ChangeVisitor& visit) const;
  void set_family(storage::FamilyPointer family) { family_ = std::move(family); }
  const storage::FamilyPointer& family() const { return family_; }
  void forget_pending() { pending_ = nullptr; }
  std::size_t approximate_rows() const { return cells_.size() + rows_.size() + appended_.count + events_.size() + 1; }

 private:
  struct Cell {
    std::shared_ptr<const void> entity;  // null: there is none
    std::uint64_t version = 0;
    Instant modified;
    bool dirty = false;
    void (*encode)(const void* entity, std::string& packed, std::string& document) = nullptr;
  };
  struct PlacedEvent {
    std::uint64_t sequence;
    Sha256 leaf;
    std::size_t record;
  };
  // Keys one behind the other, each after a byte with its length: a batch has many, and each is short.
  struct AppendedRows {
    std::string keys;
    std::size_t count = 0;
  };
  using ChangedRows = std::unordered_map<std::string, std::optional<std::string>>;
  // What was there before a group changed it. Each command is a group: its room is kept from one to the next.
  struct Undo {
    bool is_active = false;
    std::vector<std::pair<EntityKey, Cell>> cells;
    std::vector<std::pair<ChangedRows::value_type*, std::optional<std::optional<std::string>>>> rows;
    std::size_t appended_bytes = 0;
    std::size_t appended_count = 0;
    std::size_t events = 0;
    bool has_head = false;  // it was changed, and this is the one before
    std::optional<Head> head;
    bool head_changed = false;
  };

  using KeyVisitor = std::function<bool(std::string_view key)>;
  static bool each_key(const AppendedRows& rows, const KeyVisitor& visit);
  const Cell* known_cell(const EntityKey& key) const;
  std::optional<std::string> stored(const std::string& key) const;
  void replace_cell(const EntityKey& key, Cell cell);
  template <class Entity>
  static void encode_entity(const void* entity, std::string& packed, std::string& document);

  TenantId tenant_;
  const storage::Database* database_;
  storage::FamilyPointer family_;
  const TenantChanges* pending_;
  std::uint64_t sequence_ = 0;
  Instant time_;
  std::unordered_map<EntityKey, Cell, EntityKeyHash> cells_;
  ChangedRows rows_;
  AppendedRows appended_;
  std::vector<PlacedEvent> events_;
  std::optional<Head> head_;
  bool head_changed_ = false;
  Undo undo_;
};

template <class Entity>
void TenantChanges::encode_entity(const void* entity, std::string& packed, std::string& document) {
  const Entity& typed = *static_cast<const Entity*>(entity);
  events::pack(typed, packed);
  events::encode(typed, document);
}

template <class Entity>
const Entity* TenantChanges::find(const Id<Entity>& id) {
  static_assert(table_of<Entity> != '\0', "give the entity a table in projections/keys.hpp");
  EntityKey key{table_of<Entity>, id.value};
  if (const Cell* cell = known_cell(key)) return static_cast<const Entity*>(cell->entity.get());
  Cell cell{.entity = nullptr, .version = 0, .modified = {}, .dirty = false, .encode = &encode_entity<Entity>};
  if (auto row = stored(entity_key(key.table, key.id))) {
    EntityRow parts = read_entity_row(*row);
    auto unpacked = events::unpack<Entity>(parts.packed);
    if (!unpacked) throw DamagedRows("a stored entity cannot be read: " + unpacked.error().detail);
    cell.entity = std::make_shared<Entity>(std::move(*unpacked));
    cell.version = parts.version;
    cell.modified = parts.modified;
  }
  return static_cast<const Entity*>(cells_.emplace(key, std::move(cell)).first->second.entity.get());
}

template <class Entity>
void TenantChanges::put(const Entity& entity) {
  replace_cell({table_of<Entity>, entity.id.value}, Cell{.entity = std::make_shared<Entity>(entity),
                                                         .version = sequence_,
                                                         .modified = time_,
                                                         .dirty = true,
                                                         .encode = &encode_entity<Entity>});
}

}  // namespace tenantry::projections
