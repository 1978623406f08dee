// What rules see of a tenant's state: tables of entities by id, the holders of unique values, the members of a parent,
// entities in the order of one of their values.
//
// Tables is the port: projections/ implements it once over storage, tests once in memory, for all contexts. It shows
// the state after every earlier event of the tenant, those of the same batch included. Rules hold the handles below,
// each one line in a context's Rows, which say by the entity's own members what is unique and what belongs to whom:
//
//   Table<Term> terms{tables};
//   UniqueIndex<&Term::name> term_names{tables};                                    // a text
//   UniqueIndex<&Enrolment::class_id, &Enrolment::student> enrolment_pairs{tables};  // a pair of ids
//   Members<&Class::term> classes_of_term{tables};
//   OrderedIndex<&Task::due_at> tasks_by_due{tables};  // a value that has an order (order_key.hpp), perhaps optional
//
// Unique values, members and orders follow from what is put: nobody writes them. Each that rules ask for must be
// declared with the entity's fields (events/catalog/), or the tables throw std::logic_error. Values compare by their
// bytes. `on` only reads; `apply` reads and writes. A pointer from find() lives until the entity is put again. One
// thread at a time: the writer of the tenant's partition.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "domain/kernel/id.hpp"
#include "domain/kernel/order_key.hpp"
#include "domain/kernel/value.hpp"

namespace tenantry {

template <class Member>
struct MemberPointer;
template <class Owner_, class Value_>
struct MemberPointer<Value_ Owner_::*> {
  using Owner = Owner_;
  using Value = Value_;
};
template <auto First, auto... Others>
struct CommonOwner {
  using Owner = typename MemberPointer<decltype(First)>::Owner;
  static_assert((std::is_same_v<Owner, typename MemberPointer<decltype(Others)>::Owner> && ...));
};
template <auto... Members>
using OwnerOf = typename CommonOwner<Members...>::Owner;
template <auto Member>
using ValueOf = typename MemberPointer<decltype(Member)>::Value;

// What a unique value is asked for by: a text as a view, an id as it is.
template <class Value>
using KeyPart = std::conditional_t<std::is_same_v<Value, std::string>, std::string_view, Value>;

inline void append_key_part(std::string& key, std::string_view text) {
  key += text;
}
template <class Entity>
void append_key_part(std::string& key, const Id<Entity>& id) {
  key += id.value.view();
}

// What at most one entity of a kind holds: a text's bytes, or those of ids one after the other. Told from others by its
// address.
struct UniqueKey {
  const ValueKind* entity;
  void (*append)(const void* entity, std::string& key);
};
template <auto... Fields>
inline constexpr UniqueKey unique_key{.entity = &kind_of<OwnerOf<Fields...>>,
                                      .append = [](const void* entity, std::string& key) {
                                        const auto& typed = *static_cast<const OwnerOf<Fields...>*>(entity);
                                        (append_key_part(key, typed.*Fields), ...);
                                      }};

// To whom entities of a kind belong, by the id that they hold. Told from others by its address.
struct ParentKey {
  const ValueKind* entity;
  Uuid (*parent)(const void* entity);
};
template <auto Field>
inline constexpr ParentKey parent_key{.entity = &kind_of<OwnerOf<Field>>, .parent = [](const void* entity) {
                                        return (static_cast<const OwnerOf<Field>*>(entity)->*Field).value;
                                      }};

template <class Value>
struct WithoutOptional {
  using Type = Value;
};
template <class Value>
struct WithoutOptional<std::optional<Value>> {
  using Type = Value;
};

// In which order entities of a kind can be visited: that of a value's order key (order_key.hpp). Told from others by
// its address.
struct OrderKey {
  const ValueKind* entity;
  // Appends the key; false if the entity has no such value, and is not in the order.
  bool (*append)(const void* entity, std::string& key);
};
template <auto Field>
inline constexpr OrderKey order_key{.entity = &kind_of<OwnerOf<Field>>,
                                    .append = [](const void* entity, std::string& key) {
                                      const auto& value = static_cast<const OwnerOf<Field>*>(entity)->*Field;
                                      if constexpr (HasOrder<ValueOf<Field>>) {
                                        append_order_key(key, value);
                                      } else if (value) {
                                        append_order_key(key, *value);
                                      } else {
                                        return false;
                                      }
                                      return true;
                                    }};

// Order keys from one to another, both included; without an end, all that follow.
struct OrderRange {
  std::string from = {};
  std::optional<std::string> up_to = {};
};
struct OrderedRow {
  std::string key;
  Uuid id;

  auto operator<=>(const OrderedRow&) const = default;
};

class Tables {
 public:
  // Answers false to stop.
  using MemberVisitor = std::function<bool(const Uuid& member)>;

  virtual ~Tables() = default;
  // The entity, or nullptr.
  virtual const void* find(const ValueKind& kind, const Uuid& id) = 0;
  // Inserts an entity with an id that none had before; replaces the one with its id, if there is one.
  virtual void insert(const Uuid& id, Value entity) = 0;
  virtual void put(const Uuid& id, Value entity) = 0;
  virtual std::optional<Uuid> holder(const UniqueKey& key, std::string_view value) = 0;
  // In no order, some perhaps twice. Costs as much as there are members, so rules ask only when a correction makes it
  // necessary.
  virtual void each_member(const ParentKey& key, const Uuid& parent, const MemberVisitor& visit) = 0;
  // The first of the range, at most `limit`, in the order of their keys, those of one key in that of their ids. Costs
  // as much as there are in the answer, and as this batch and the one before it moved.
  virtual std::vector<OrderedRow> in_order(const OrderKey& key, const OrderRange& range, std::size_t limit) = 0;
};

template <class Entity>
class Table {
 public:
  explicit Table(Tables& tables) : tables_(&tables) {}

  const Entity* find(const Id<Entity>& id) const {
    return static_cast<const Entity*>(tables_->find(kind_of<Entity>, id.value));
  }
  // `insert` is cheaper, for what an event brings into being.
  void insert(Entity entity) {
    Uuid id = entity.id.value;
    tables_->insert(id, Value{std::move(entity)});
  }
  void put(Entity entity) {
    Uuid id = entity.id.value;
    tables_->put(id, Value{std::move(entity)});
  }

 private:
  Tables* tables_;
};

template <auto... Fields>
class UniqueIndex {
  static_assert(sizeof...(Fields) == 1 || (!std::is_same_v<ValueOf<Fields>, std::string> && ...),
                "texts one after the other do not tell where one ends");

 public:
  using Entity = OwnerOf<Fields...>;
  explicit UniqueIndex(Tables& tables) : tables_(&tables) {}

  // Of the values of the fields, in their order.
  std::optional<Id<Entity>> holder(const KeyPart<ValueOf<Fields>>&... values) const {
    std::string key;
    (append_key_part(key, values), ...);
    auto id = tables_->holder(unique_key<Fields...>, key);
    if (!id) return std::nullopt;
    return Id<Entity>{*id};
  }

 private:
  Tables* tables_;
};

template <auto Field>
class Members {
 public:
  using Member = OwnerOf<Field>;
  explicit Members(Tables& tables) : tables_(&tables) {}

  // Answers false to stop.
  template <class Visit>
  void each(const ValueOf<Field>& parent, const Visit& visit) const {
    tables_->each_member(parent_key<Field>, parent.value, [&](const Uuid& id) { return visit(Id<Member>{id}); });
  }

 private:
  Tables* tables_;
};

// Entities with the value are in the index, in its order and, where it is the same, in that of their ids. At most
// `limit` come, the first of those asked for.
template <auto Field>
class OrderedIndex {
 public:
  using Entity = OwnerOf<Field>;
  using Key = typename WithoutOptional<ValueOf<Field>>::Type;
  static_assert(HasOrder<Key>, "values of this type have no order");
  struct Entry {
    Key key;  // of a text, what its order key holds of it
    Id<Entity> id;

    bool operator==(const Entry&) const = default;
  };
  explicit OrderedIndex(Tables& tables) : tables_(&tables) {}

  std::vector<Entry> first(std::size_t limit) const { return in({}, limit); }
  // With this value or a later one.
  std::vector<Entry> from(const KeyPart<Key>& key, std::size_t limit) const { return in({.from = bytes(key)}, limit); }
  // With this value or an earlier one.
  std::vector<Entry> up_to(const KeyPart<Key>& key, std::size_t limit) const {
    return in({.up_to = bytes(key)}, limit);
  }

 private:
  static std::string bytes(const KeyPart<Key>& key) {
    std::string bytes;
    append_order_key(bytes, key);
    return bytes;
  }
  std::vector<Entry> in(const OrderRange& range, std::size_t limit) const {
    std::vector<Entry> entries;
    for (const OrderedRow& row : tables_->in_order(order_key<Field>, range, limit)) {
      read_order_key(row.key, entries.emplace_back(Entry{{}, {row.id}}).key);
    }
    return entries;
  }

  Tables* tables_;
};

}  // namespace tenantry
