// The entity that an event changes, for apply(). The rules made the event from a row that was there, so a missing one
// means that the log or the rows are damaged: throws std::runtime_error, which stops the tenant's projection.
// The copy is the caller's: to change and to put back.
#pragma once

#include <stdexcept>

#include "domain/kernel/subject.hpp"
#include "domain/kernel/table.hpp"

namespace tenantry {

template <class Entity>
Entity existing(const Table<Entity>& table, const Id<Entity>& id) {
  if (const Entity* found = table.find(id)) return *found;
  throw std::runtime_error("an event changes " + subject_of(id).text() + ", which does not exist");
}

}  // namespace tenantry
