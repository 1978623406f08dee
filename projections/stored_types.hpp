// What the tables hold: the entities of all catalogs and the statistics of all rulebooks, each with its letters, with
// what it counts for and with its deadlines. Found by kind, by collection or by letter.
//
// Made once, from every context's catalog and rulebook; throws std::logic_error then if two use one letter or two
// process managers one name. Pure functions afterwards; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/catalog/type.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::projections {

struct StoredType {
  const events::EntityType* type;
  Count count = nullptr;  // null: nothing counts it
  IsOwnEntity is_own = nullptr;
  std::vector<const Deadline*> deadlines = {};
};

// Throws std::logic_error for a kind that no catalog declares.
const StoredType& stored_type(const ValueKind& kind);
// Nothing if there is none.
const events::EntityType* stored_type_named(std::string_view collection);
template <class Entity>
char table_of() {
  return stored_type(kind_of<Entity>).type->table;
}

// The entity in a row of its table (keys.hpp). Throws DamagedRows on what cannot be read.
Value read_entity(const events::EntityType& type, std::string_view row);
template <class Entity>
Entity read_entity(std::string_view row) {
  return read_entity(*stored_type(kind_of<Entity>).type, row).template get<Entity>();
}

// The letters of what rules ask for; throw std::logic_error for what no entity declares.
char letter_of(const UniqueKey& key);
char letter_of(const ParentKey& key);
char letter_of(const OrderKey& key);

// The rule of a command, with the admission before it; throws std::logic_error for what no rulebook has.
struct RuleOf {
  Permission permission;
  IsOwn is_own;
  Grants grants;
  Admit admit;
  Decision (*decide)(Tables& tables, Instant decided_at, const void* command);
};
const RuleOf& rule_of(const Value& command);

// What an event of a kind does to the tables; throws std::logic_error for what no rulebook applies.
struct Projection {
  struct History {
    char table;
    const events::Field* id;  // in the event, of an entity of that table; may be empty
  };
  std::vector<History> histories;  // of what it is about, and of what it mentions by fields of its own
  bool has_records = false;        // which may mention more
  void (*apply)(Tables& tables, const void* event);
  std::vector<const Reaction*> reactions;
};
const Projection& projection_of(const ValueKind& event);

// A process manager by its name; both null if there is none.
struct ProcessManager {
  const Reaction* reaction = nullptr;
  const Deadline* deadline = nullptr;
};
ProcessManager process_manager_named(std::string_view name);
// The names of all, in the order of their bytes, one a line: tables that were made for others are made anew.
std::string process_manager_names();

}  // namespace tenantry::projections
