// Subject: which entity a command or an event is about, as "enrolments/0190…": the collection's name in the API and
// the entity's id. It is the CloudEvents `subject`, the key of an entity's history and of its version.
// Plain value; collection names are literals with static lifetime. Every entity has `static constexpr collection`.
#pragma once

#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"

namespace tenantry {

struct Subject {
  std::string_view collection;
  Uuid id;

  bool operator==(const Subject&) const = default;
  std::string text() const { return std::string{collection} + '/' + id.text(); }
};

template <class Entity>
Subject subject_of(const Id<Entity>& id) {
  return {Entity::collection, id.value};
}

// An event is about the entity whose `id` it holds; a context says so beside an event that is about another.
template <class E>
requires requires(const E& event) {
  subject_of(event.id);
}
Subject subject(const E& event) {
  return subject_of(event.id);
}

}  // namespace tenantry
