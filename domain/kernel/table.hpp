// What rules see of a tenant's state: tables of entities by id, and indexes that hold a value for one entity.
//
// These are ports: projections/ implements them over storage, tests over a map. Both show the state after every
// earlier event of the tenant, those of the same batch included. One thread at a time (the partition's writer).
// `decide` only reads; `apply` reads and writes. A pointer from find() lives until the next put() or erase() on
// the same table.
#pragma once

#include <optional>
#include <string_view>

#include "domain/kernel/id.hpp"

namespace tenantry {

template <class Entity>
class Table {
 public:
  virtual ~Table() = default;
  // The entity, or nullptr.
  virtual const Entity* find(const Id<Entity>& id) = 0;
  // Inserts or replaces the entity with its own id.
  virtual void put(const Entity& entity) = 0;
};

// At most one entity holds a value (a slug, a student number, a pair of ids). Values compare by their bytes.
template <class Entity>
class UniqueIndex {
 public:
  virtual ~UniqueIndex() = default;
  virtual std::optional<Id<Entity>> holder(std::string_view value) = 0;
  virtual void assign(std::string_view value, const Id<Entity>& holder) = 0;
  virtual void release(std::string_view value) = 0;
};

}  // namespace tenantry
