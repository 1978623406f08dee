// What the tables hold: the entities of all catalogs and the statistics of all rulebooks, each with its letters and
// with what it counts for. Found by kind, by collection or by letter.
//
// Made once, from every context's catalog and rulebook; throws std::logic_error then if two use one letter. Pure
// functions afterwards; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "events/catalog/type.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::projections {

struct StoredType {
  const events::EntityType* type;
  Count count = nullptr;  // null: nothing counts it
};

// Throws std::logic_error for a kind that no catalog declares.
const StoredType& stored_type(const ValueKind& kind);
// Nothing if there is none.
const events::EntityType* stored_type_named(std::string_view collection);
// The letter of the entity's rows.
std::optional<char> table_of_collection(std::string_view collection);
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

// The rule of a command, with the admission before it, and the application of an event; throw std::logic_error for what
// no rulebook has.
struct RuleOf {
  Admit admit;
  Decision (*decide)(Tables& tables, Instant decided_at, const void* command);
};
const RuleOf& rule_of(const Value& command);
void apply_to(Tables& tables, const Value& event);

}  // namespace tenantry::projections
