// TenantChanges: what one batch changes of one tenant, over what was there before.
//
// Implements the rules' Tables (domain/kernel/table.hpp). What is put brings its rows with it, as it is declared
// (events/catalog/{context}/): the holders of its unique values, its places in its parents' lists, in the orders of its
// values and among those that have them, what it adds to statistics (counting.hpp), and its deadlines
// (pending_rows.hpp). Reads see the batch's own changes, then those of the batch before it (which may still be on its
// way to the disk), then the stored rows. Entities are kept as they are and are encoded once, when the batch is
// written, however often they changed. Used by one thread at a time; a later batch may read it meanwhile only after
// decisions on it have ended. Throws StorageFailure, or DamagedRows, when stored rows cannot be read: an unreadable row
// must never pass for an absent one. A pointer from find() lives until the entity is put again in this batch.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/kernel/table.hpp"
#include "events/catalog/type.hpp"
#include "events/engine/state.hpp"
#include "projections/head.hpp"
#include "projections/keys.hpp"
#include "projections/stored_types.hpp"
#include "storage/database.hpp"

namespace tenantry::projections {

struct EntityKey {
  const ValueKind* kind;
  Uuid id;

  bool operator==(const EntityKey&) const = default;
};

struct EntityKeyHash {
  std::size_t operator()(const EntityKey& key) const noexcept {
    return std::hash<Uuid>{}(key.id) ^ std::hash<const ValueKind*>{}(key.kind) * 0x9e3779b97f4a7c15u;
  }
};

class TenantChanges : public Tables {
 public:
  // `family` is null for a tenant that has none yet; `pending` (may be null) outlives this object.
  TenantChanges(TenantId tenant, const storage::Database& database, storage::FamilyPointer family,
                const TenantChanges* pending);

  TenantId tenant() const { return tenant_; }

  // The event that puts are made for: it becomes the version and the time of the entities it changes.
  void set_event(std::uint64_t sequence, Instant time) { sequence_ = sequence, time_ = time; }
  std::uint64_t event_sequence() const { return sequence_; }
  Instant event_time() const { return time_; }

  const void* find(const ValueKind& kind, const Uuid& id) override;
  void insert(const Uuid& id, Value entity) override;
  void put(const Uuid& id, Value entity) override;
  std::optional<Uuid> holder(const UniqueKey& key, std::string_view value) override;
  void each_member(const ParentKey& key, const Uuid& parent, const MemberVisitor& visit) override;
  std::vector<OrderedRow> in_order(const OrderKey& key, const OrderRange& range, std::size_t limit) override;

  // Nothing if there is no such entity.
  std::optional<events::engine::EntityVersion> version(const events::EntityType& type, const Uuid& id);

  std::optional<std::string> row(const std::string& key);
  void put_row(const std::string& key, std::optional<std::string> value);
  // Something that a process manager has to do, or no longer has.
  void put_pending(const events::engine::PendingWork& work);
  void erase_pending(const events::engine::PendingWork& work);
  bool is_pending(const events::engine::PendingWork& work);
  // When the first of what became pending in these changes is due; nothing if nothing did.
  std::optional<Instant> first_due() const { return first_due_; }
  // A row without a value, found by each_appended() alone. Its key has at most 255 bytes.
  void append_row(std::string_view key);
  // Takes such a row away, or brings it back, or makes one that in_order() finds. Dearer than append_row().
  void move_row(const std::string& key, bool is_there);
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

  // Visits every changed row, in no order, some perhaps twice, of which the last visit holds; position_of(record) is
  // where the batch's n-th record went in the log. No value: the row is erased. The bytes live until the visitor
  // returns.
  using PositionOf = std::function<std::uint64_t(std::size_t)>;
  using ChangeVisitor = std::function<void(std::string_view key, std::optional<std::string_view> value)>;
  void each_row(const PositionOf& position_of, const ChangeVisitor& visit) const;
  void set_family(storage::FamilyPointer family) { family_ = std::move(family); }
  const storage::FamilyPointer& family() const { return family_; }
  void forget_pending() { pending_ = nullptr; }
  std::size_t approximate_rows() const { return cells_.size() + rows_.size() + appended_.count + events_.size() + 1; }

 private:
  struct Cell {
    Value entity;  // empty: there is none
    std::uint64_t version = 0;
    Instant modified;
    bool dirty = false;
    const events::EntityType* type = nullptr;
    std::string former_choices = {};  // of what is dirty: the values that it had before, if it is filtered by any
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
  static void visit_choices(const Uuid& id, const Cell& cell, const ChangeVisitor& visit);
  const Cell* known_cell(const EntityKey& key) const;
  std::optional<std::string> stored(const std::string& key) const;
  bool is_moved_away(std::string_view key) const;
  std::string former_choices(const events::EntityType& type, const EntityKey& key, const void* former) const;
  void move_in_order(const events::EntityType& type, const Uuid& id, const void* former, const void* now);
  using SortedKeys = std::set<std::string, std::less<>>;
  void add_moved_in(const storage::KeyRange& range, std::size_t limit, SortedKeys& found) const;
  void add_stored_in(const storage::KeyRange& range, std::size_t limit, SortedKeys& found) const;
  void replace(const StoredType& type, const void* former, const Uuid& id, Value entity);
  void put_rows_of(const events::EntityType& type, const Uuid& id, const void* former, const void* now);
  void put_deadlines_of(const StoredType& type, const Uuid& id, const void* former, const void* now);
  void replace_cell(const EntityKey& key, Cell cell);

  TenantId tenant_;
  const storage::Database* database_;
  storage::FamilyPointer family_;
  const TenantChanges* pending_;
  std::uint64_t sequence_ = 0;
  Instant time_;
  std::unordered_map<EntityKey, Cell, EntityKeyHash> cells_;
  ChangedRows rows_;
  AppendedRows appended_;
  SortedKeys moved_;  // keys of rows_ that move_row() made
  std::vector<PlacedEvent> events_;
  std::optional<Head> head_;
  bool head_changed_ = false;
  std::optional<Instant> first_due_;
  Undo undo_;
};

}  // namespace tenantry::projections
