// TenantReader: what a query can ask of one tenant's tables, in the catalog's terms. Nobody above sees a key of a row.
//
// Stands on a TenantStore (storage/tenant_store.hpp) and promises what that does: one tenant's rows, no other's; a
// tenant without rows reads as empty; at_one_moment() gives a reader whose every read sees the same state. Cheap to
// make and to copy; several threads may read through one. The state outlives it. Errors are values, rows that only
// damage can make among them (`corrupt`). A type, a key or a list that no catalog and no rulebook declares throws
// std::logic_error.
//
// Lists are read in pages: at most `limit` items, after a place that the page before has given. A place is opaque
// bytes, as many for each place of a list.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/date.hpp"
#include "domain/kernel/table.hpp"
#include "events/catalog/type.hpp"
#include "events/engine/command.hpp"
#include "projections/rulebook.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::projections {

template <class T>
using Read = storage::Result<T>;

// One of a tenant's lists. The name is opaque, and no other list of the tenant has it.
struct ListOf {
  std::string name;
  std::size_t place_bytes = 0;
};
// Of all entities of the type, in order of their ids; of those that belong to `parent`; of the events about an entity.
ListOf list_of_all(const events::EntityType& type);
ListOf list_of_members(const events::EntityType::List& list, const Uuid& parent);
// Of all that have the value.
ListOf list_of_filtered(const events::EntityType::Filter& filter, std::string_view packed);
ListOf list_of_events(const events::EntityType& type, const Uuid& id);

inline constexpr std::size_t narrowed_rows_max = 2'000;

struct PageOf {
  std::size_t limit = 0;
  std::string_view after = {};  // empty: from the start
};

// An entity as it is served.
struct Document {
  std::uint64_t version = 0;  // sequence of its last event
  Instant modified;
  std::string json;
};

class TenantReader {
 public:
  explicit TenantReader(storage::TenantStore store) : store_(std::move(store)) {}

  TenantScope scope() const { return store_.scope(); }
  TenantReader at_one_moment() const {
    TenantReader reader{store_.at_one_moment()};
    reader.own_of_ = own_of_;
    return reader;
  }
  // A reader to which only those entities exist that are the person's own, as their context says. Statistics, events
  // and who holds a unique value are not narrowed: ask whether the entity exists.
  TenantReader narrowed_to(const Person& person) const {
    TenantReader reader{*this};
    reader.own_of_ = person;
    return reader;
  }

  // The tenant's sequence up to which its tables have come; 0 if it has none.
  Read<std::uint64_t> sequence() const;

  Read<bool> exists(const events::EntityType& type, const Uuid& id) const;
  Read<std::optional<Document>> document(const events::EntityType& type, const Uuid& id) const;
  // What was never counted is zero.
  Read<std::string> statistics(const StatisticsType& type, const Uuid& id) const;
  template <class Entity>
  Read<std::optional<Entity>> read(const Id<Entity>& id) const {
    auto entity = read(kind_of<Entity>, id.value);
    if (!entity) return std::unexpected(std::move(entity.error()));
    if (entity->empty()) return std::nullopt;
    return entity->template get<Entity>();
  }
  // Both at one moment, by one read.
  template <class Entity>
  struct AtSequence {
    std::uint64_t sequence = 0;
    std::optional<Entity> entity = {};
  };
  template <class Entity>
  Read<AtSequence<Entity>> read_at_sequence(const Id<Entity>& id) const {
    auto found = read_at_sequence(kind_of<Entity>, id.value);
    if (!found) return std::unexpected(std::move(found.error()));
    AtSequence<Entity> typed{.sequence = found->sequence};
    if (!found->entity.empty()) typed.entity = found->entity.template get<Entity>();
    return typed;
  }

  // Of a kind that is told only now; empty if there is none.
  Read<Value> read(const ValueKind& kind, const Uuid& id) const;

  // Who holds the unique value: its bytes, as append_key_part() makes them (domain/kernel/table.hpp).
  Read<std::optional<Uuid>> holder(const UniqueKey& key, std::string_view value) const;
  // Of a text as somebody asks for it: as it stands, which finds what events from before texts were normalised hold,
  // and then in the form in which a command would have kept it.
  Read<std::optional<Uuid>> holder_as_asked(const UniqueKey& key, std::string_view text) const;

  // The visitor gets the documents of a page in order. Answers where the next page starts; "" if this is the last.
  using DocumentVisitor = std::function<void(std::string_view json)>;
  // A narrowed reader looks at narrowed_rows_max rows for a page at most, which may then have fewer than its limit.
  Read<std::string> collection(const ListOf& list, const events::EntityType& type, const PageOf& page,
                               const DocumentVisitor& visit) const;
  // Of members, or of those that have a value; `type` is theirs. To be asked at one moment with whatever else is said
  // of the parent.
  Read<std::string> members(const ListOf& list, const events::EntityType& type, const PageOf& page,
                            const DocumentVisitor& visit) const;
  template <class Entity>
  struct Entities {
    std::vector<Entity> items = {};
    std::string next = {};  // as above
  };
  template <class Entity>
  Read<Entities<Entity>> entities(const PageOf& page) const {
    Entities<Entity> read;
    auto next = entities(kind_of<Entity>, page,
                         [&](const Value& entity) { read.items.push_back(entity.template get<Entity>()); });
    if (!next) return std::unexpected(std::move(next.error()));
    read.next = std::move(*next);
    return read;
  }

  // Sequences of the events about an entity, oldest first.
  struct Sequences {
    std::vector<std::uint64_t> numbers = {};
    std::string next = {};  // as above
  };
  Read<Sequences> sequences(const ListOf& list, const PageOf& page) const;
  // Of the first of them; 0 if there is none.
  Read<std::uint64_t> first_sequence(const events::EntityType& type, const Uuid& id) const;

  // What rules read through, of what is committed: `ask` may only read (reader_tables.hpp).
  Read<void> ask_tables(const std::function<void(Tables& tables)>& ask) const;

  // The first of what process managers have to do, in the order in which it falls due.
  Read<std::vector<events::engine::PendingWork>> pending(std::size_t limit) const;

  // Where the tenant's events are in the log: at most `limit` from the one after `sequence` on, with the last one's
  // sequence; or of exactly these sequences, each of which must be there.
  struct Positions {
    std::vector<std::uint64_t> positions = {};
    std::uint64_t last = 0;
  };
  Read<Positions> positions_after(std::uint64_t sequence, std::size_t limit) const;
  Read<std::vector<std::uint64_t>> positions_of(const std::vector<std::uint64_t>& sequences) const;

 private:
  struct ValueAtSequence {
    std::uint64_t sequence = 0;
    Value entity = {};
  };
  using EntityVisitor = std::function<void(const Value& entity)>;

  Read<ValueAtSequence> read_at_sequence(const ValueKind& kind, const Uuid& id) const;
  Read<std::string> entities(const ValueKind& kind, const PageOf& page, const EntityVisitor& visit) const;

  Read<bool> shows(const events::EntityType& type, std::string_view row) const;
  Read<std::optional<std::string>> entity_row(const events::EntityType& type, const Uuid& id) const;
  Read<std::string> narrowed_page(const ListOf& list, const events::EntityType& type, const PageOf& page,
                                  const DocumentVisitor& visit) const;

  storage::TenantStore store_;
  std::optional<Person> own_of_ = {};  // narrowed to
};

}  // namespace tenantry::projections
