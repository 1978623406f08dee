#include "projections/stored_types.hpp"

#include <map>
#include <stdexcept>
#include <unordered_map>

#include "events/catalog/catalog.hpp"
#include "events/engine/command_id.hpp"
#include "projections/keys.hpp"

namespace tenantry::projections {
namespace {

using events::EntityType;

// Each letter once; the letters are part of the rows' format (keys.hpp).
class Letters {
 public:
  void take(char letter, std::string_view use) {
    if (!taken_.emplace(letter, use).second) {
      throw std::logic_error(std::string{use} + " and " + std::string{taken_[letter]} + " share the letter " + letter);
    }
  }

 private:
  std::unordered_map<char, std::string_view> taken_;
};

struct Index {
  std::unordered_map<const ValueKind*, StoredType> by_kind;
  std::unordered_map<std::string_view, const EntityType*> by_collection;
  std::unordered_map<const UniqueKey*, char> keys;
  std::unordered_map<const ParentKey*, char> lists;
  std::unordered_map<const OrderKey*, char> orders;
  std::unordered_map<const ValueKind*, RuleOf> rules;
  std::unordered_map<const ValueKind*, Projection> projections;
  std::map<std::string_view, ProcessManager> process_managers;
  Letters table_letters, key_letters, list_letters, order_letters, filter_letters;

  void add(const EntityType& type) {
    table_letters.take(type.table, type.collection);
    by_kind.emplace(type.kind, StoredType{&type});
    by_collection.emplace(type.collection, &type);
    for (const auto& each : type.keys) {
      key_letters.take(each.letter, type.collection);
      keys.emplace(each.key, each.letter);
    }
    for (const auto& each : type.lists) {
      list_letters.take(each.letter, type.collection);
      lists.emplace(each.key, each.letter);
    }
    for (const auto& each : type.filters) {
      filter_letters.take(each.letter, type.collection);
      if (each.field->type->shape({}).choices.size() > 0x7f) throw std::logic_error("too many choices to filter by");
    }
    for (const auto& each : type.orders) {
      order_letters.take(each.letter, type.collection);
      orders.emplace(each.key, each.letter);
    }
  }
  void add_histories(const events::EventType& event) {
    auto found = projections.find(event.kind);
    if (found == projections.end()) return;
    auto add = [&](std::string_view collection, const events::Field* id) {
      auto type = by_collection.find(collection);
      if (type == by_collection.end()) throw std::logic_error("no table holds " + std::string{collection});
      found->second.histories.push_back({type->second->table, id});
    };
    add(event.subject_collection, event.subject);
    for (const events::Field* each : event.mentions) {
      if (each->type->id != nullptr) add(each->type->names, each);
      if (each->type->records) found->second.has_records = true;
    }
  }
  void add(std::string_view name, ProcessManager process_manager) {
    if (!events::engine::is_process_name(name)) throw std::logic_error(std::string{name} + " names no process manager");
    if (!process_managers.emplace(name, process_manager).second) {
      throw std::logic_error("two process managers have the name " + std::string{name});
    }
  }
  void add(const Rulebook& rulebook) {
    for (const EntityType& type : rulebook.statistics) add(type);
    for (const auto& each : rulebook.contributions) {
      by_kind.at(each.entity).count = each.count;
      by_kind.at(each.entity).is_own = rulebook.is_own_entity;
    }
    for (const auto& each : rulebook.rules) {
      rules.emplace(each.command, RuleOf{events::command_type(*each.command).permission, rulebook.is_own,
                                         rulebook.grants, rulebook.admit, each.decide});
    }
    for (const auto& each : rulebook.applications) projections[each.event].apply = each.apply;
    for (const Reaction& each : rulebook.reactions) {
      add(each.name, {.reaction = &each});
      projections.at(each.event).reactions.push_back(&each);
    }
    for (const Deadline& each : rulebook.deadlines) {
      add(each.name, {.deadline = &each});
      by_kind.at(each.entity).deadlines.push_back(&each);
    }
  }
};

const Index& index() {
  static const auto index = [] {
    Index made;
    for (const events::Catalog* catalog : events::catalogs()) {
      for (const EntityType& type : catalog->entities) made.add(type);
    }
    for (const Rulebook* rulebook : rulebooks()) made.add(*rulebook);
    for (const events::Catalog* catalog : events::catalogs()) {
      for (const events::EventType& event : catalog->events) made.add_histories(event);
    }
    return made;
  }();
  return index;
}

template <class Map>
const typename Map::mapped_type& found_in(const Map& map, const typename Map::key_type& key, const char* missing) {
  auto found = map.find(key);
  if (found == map.end()) throw std::logic_error(missing);
  return found->second;
}

}  // namespace

const StoredType& stored_type(const ValueKind& kind) {
  auto found = index().by_kind.find(&kind);
  if (found == index().by_kind.end()) throw std::logic_error("no catalog declares " + std::string{kind.name});
  return found->second;
}

const EntityType* stored_type_named(std::string_view collection) {
  auto found = index().by_collection.find(collection);
  return found == index().by_collection.end() ? nullptr : found->second;
}

std::vector<const StatisticsType*> statistics_types() {
  std::vector<const StatisticsType*> types;
  for (const Rulebook* rulebook : rulebooks()) {
    for (const StatisticsType& type : rulebook->statistics) types.push_back(&type);
  }
  return types;
}

Value read_entity(const EntityType& type, std::string_view row) {
  Value entity = Value::of_kind(*type.kind);
  auto problem = events::unpack(type.fields, read_entity_row(row).packed, entity.data());
  if (problem) throw DamagedRows("a stored entity cannot be read: " + problem->field + ' ' + problem->detail);
  return entity;
}

char letter_of(const UniqueKey& key) {
  return found_in(index().keys, &key, "a rule asks for the holder of what no entity declares to be unique");
}

char letter_of(const ParentKey& key) {
  return found_in(index().lists, &key, "a rule asks for the members of what no entity declares to be listed");
}

char letter_of(const OrderKey& key) {
  return found_in(index().orders, &key, "a rule asks for the order of what no entity declares to be ordered");
}

const RuleOf& rule_of(const Value& command) {
  return found_in(index().rules, command.kind(), "no rulebook has a rule for a command");
}

const Projection& projection_of(const ValueKind& event) {
  return found_in(index().projections, &event, "no rulebook says what an event does");
}

ProcessManager process_manager_named(std::string_view name) {
  auto found = index().process_managers.find(name);
  return found == index().process_managers.end() ? ProcessManager{} : found->second;
}

std::string process_manager_names() {
  std::string names;
  for (const auto& [name, process_manager] : index().process_managers) names.append(name).append("\n");
  return names;
}

}  // namespace tenantry::projections
