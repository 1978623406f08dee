// The port of domain/kernel/table.hpp over maps, for the rules of any context, for tests.
//
// Unique values, members and orders are found by looking at every entity of the key's kind with the key's own function.
// Writes are counted, so that a test can hold a rule to reading. A pointer from find() dies with the next put of that
// entity, as the port says, so that a sanitizer sees a rule that keeps one too long. Throws std::logic_error on what no
// rule may do: inserting an entity that is there, and making two entities hold one value of a key that any rule has
// asked for. Two are equal if they hold the same entities. One thread at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "domain/kernel/table.hpp"

namespace tenantry::test {

class MemoryTables : public Tables {
 public:
  const void* find(const ValueKind& kind, const Uuid& id) override {
    auto found = entities(kind).find(id);
    return found == entities(kind).end() ? nullptr : found->second.data();
  }
  void insert(const Uuid& id, Value entity) override {
    if (entities(*entity.kind()).contains(id)) throw std::logic_error("an entity is inserted that is there");
    put(id, std::move(entity));
  }
  void put(const Uuid& id, Value entity) override {
    ++writes_;
    const ValueKind& kind = *entity.kind();
    entities_[&kind].insert_or_assign(id, std::move(entity));
    for (const UniqueKey* key : asked_) {
      if (key->entity == &kind) require_unique(*key);
    }
  }
  std::optional<Uuid> holder(const UniqueKey& key, std::string_view value) override {
    if (asked_.insert(&key).second) require_unique(key);
    for (const auto& [id, entity] : entities(*key.entity)) {
      if (value_of(key, entity) == value) return id;
    }
    return std::nullopt;
  }
  void each_member(const ParentKey& key, const Uuid& parent, const MemberVisitor& visit) override {
    for (const auto& [id, entity] : entities(*key.entity)) {
      if (key.parent(entity.data()) == parent && !visit(id)) return;
    }
  }
  std::vector<OrderedRow> in_order(const OrderKey& key, const OrderRange& range, std::size_t limit) override {
    std::set<OrderedRow> rows;
    for (const auto& [id, entity] : entities(*key.entity)) {
      std::string value;
      if (!key.append(entity.data(), value)) continue;
      if (value >= range.from && (!range.up_to || value <= *range.up_to)) rows.insert({value, id});
    }
    auto end = rows.begin();
    std::advance(end, std::min(limit, rows.size()));
    return {rows.begin(), end};
  }

  // Throws std::out_of_range if there is none.
  template <class Entity>
  const Entity& at(const Id<Entity>& id) const {
    return entities(kind_of<Entity>).at(id.value).template get<Entity>();
  }
  // Copies, in the order of their ids.
  template <class Entity>
  std::vector<Entity> all() const {
    std::vector<Entity> all;
    for (const auto& [id, entity] : entities(kind_of<Entity>)) all.push_back(entity.template get<Entity>());
    return all;
  }
  std::size_t writes() const { return writes_; }
  bool operator==(const MemoryTables& other) const { return entities_ == other.entities_; }

 private:
  using Entities = std::map<Uuid, Value>;

  const Entities& entities(const ValueKind& kind) const {
    static const Entities none;
    auto found = entities_.find(&kind);
    return found == entities_.end() ? none : found->second;
  }
  static std::string value_of(const UniqueKey& key, const Value& entity) {
    std::string value;
    key.append(entity.data(), value);
    return value;
  }
  void require_unique(const UniqueKey& key) const {
    std::set<std::string> values;
    for (const auto& [id, entity] : entities(*key.entity)) {
      if (!values.insert(value_of(key, entity)).second) throw std::logic_error("two entities hold one unique value");
    }
  }

  std::map<const ValueKind*, Entities> entities_;
  std::set<const UniqueKey*> asked_;
  std::size_t writes_ = 0;
};

}  // namespace tenantry::test
