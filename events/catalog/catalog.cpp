// All contexts' catalogs together, and finding a type in them.
#include "events/catalog/catalog.hpp"
#include "events/catalog/make_catalog.hpp"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

namespace tenantry::events {
namespace {

template <class Declared>
struct Index {
  std::unordered_map<std::string_view, const Declared*> by_name;
  std::unordered_map<const ValueKind*, const Declared*> by_kind;

  void add(std::string_view name, const Declared& type) {
    bool is_new = by_name.emplace(name, &type).second && by_kind.emplace(type.kind, &type).second;
    if (!is_new) throw std::logic_error(type.name + " is declared twice");
  }
  const Declared* find(std::string_view name) const {
    auto found = by_name.find(name);
    return found == by_name.end() ? nullptr : found->second;
  }
  const Declared& of(const ValueKind* kind) const {
    auto found = by_kind.find(kind);
    if (found != by_kind.end()) return *found->second;
    throw std::logic_error("no catalog declares " + std::string{kind == nullptr ? "a value of no kind" : kind->name});
  }
};

struct Indexes {
  Index<CommandType> commands;
  Index<EventType> events;
  Index<EntityType> entities;
};

const Indexes& indexes() {
  static const auto indexes = [] {
    Indexes made;
    for (const Catalog* catalog : catalogs()) {
      for (const auto& type : catalog->commands) made.commands.add(type.name, type);
      for (const auto& type : catalog->events) made.events.add(type.name, type);
      for (const auto& type : catalog->entities) made.entities.add(type.collection, type);
    }
    return made;
  }();
  return indexes;
}

}  // namespace

std::string singular_of(std::string_view collection) {
  if (!collection.ends_with('s')) {
    throw std::logic_error(std::string{collection} + " has no noun: nothing says what one of them is called");
  }
  std::string noun{collection.substr(0, collection.size() - 1)};
  std::ranges::replace(noun, '-', ' ');
  return noun;
}

const CommandType* find_command_type(std::string_view name) {
  return indexes().commands.find(name);
}

const EventType* find_event_type(std::string_view name) {
  return indexes().events.find(name);
}

const EntityType* find_entity_type(std::string_view collection) {
  return indexes().entities.find(collection);
}

const CommandType& command_type_of(const Value& command) {
  return indexes().commands.of(command.kind());
}

const EventType& event_type_of(const Value& event) {
  return indexes().events.of(event.kind());
}

const CommandType& command_type(const ValueKind& kind) {
  return indexes().commands.of(&kind);
}

const EntityType& entity_type(const ValueKind& kind) {
  return indexes().entities.of(&kind);
}

}  // namespace tenantry::events
