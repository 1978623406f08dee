// The catalog: every command, event and entity of the product, each declared once in events/catalog/{context}/.
//
// From the declarations come decoding and encoding (here), packing and JSON for the tables (codec.hpp), the rows that
// follow from an entity (projections/), docs/EVENTS.md (documentation.hpp) and the schemas of OpenAPI and AsyncAPI (the
// *_types() below).
//
// Free functions without state; any thread. Encoding cannot fail; a Value of a type that no catalog declares throws
// std::logic_error. Decoding answers a DecodeError that names the field. A stored event never changes: decode_event()
// reads every version that was ever written and brings it to the newest shape (version = upcasters + 1); encode_event()
// writes only the newest.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/subject.hpp"
#include "domain/kernel/value.hpp"
#include "events/catalog/type.hpp"
#include "events/catalog/type_description.hpp"
#include "events/decode_error.hpp"

namespace tenantry::events {

// Defined by events/catalog/{context}/catalog.cpp.
template <class Context>
const Catalog& catalog_of();

// In the order of domain/contexts.hpp.
std::span<const Catalog* const> catalogs();

// Nothing if there is none of the name.
const CommandType* find_command_type(std::string_view name);
const EventType* find_event_type(std::string_view name);
const EntityType* find_entity_type(std::string_view collection);
const CommandType& command_type_of(const Value& command);
const EventType& event_type_of(const Value& event);
// Throw std::logic_error for a type that no catalog declares.
const CommandType& command_type(const ValueKind& kind);
const EntityType& entity_type(const ValueKind& kind);
template <class Command>
const CommandType& command_type() {
  return command_type(kind_of<Command>);
}
template <class Entity>
const EntityType& entity_type() {
  return entity_type(kind_of<Entity>);
}

struct EncodedEvent {
  std::string type;  // "tenantry.roster.student-enrolled.v1"
  std::string data;  // JSON
};

EncodedEvent encode_event(const Value& event);
// An unknown type is an error whose field is "type".
std::expected<Value, DecodeError> decode_event(std::string_view type, std::string_view data);

Subject event_subject(const Value& event);
// Other entities whose history shows this event: whatever its ids name, those in records too, but for fields that are
// `unmentioned`.
std::vector<Subject> event_mentions(const Value& event);

// A command's field that the URL's path gives: {"classId", "0190…"}.
struct PathField {
  std::string_view name;
  std::string_view value;
};

// Decodes a command from a request. `name` is the command's name ("EnrolStudent"); an unknown one is an error whose
// field is "command". An empty body counts as {}. A field given by both body and path must agree. `fresh_id` becomes
// the id of what the command makes, if neither gives one. A path field that the command does not have throws
// std::logic_error.
std::expected<Value, DecodeError> decode_command(std::string_view name, std::string_view json,
                                                 std::span<const PathField> path, const Uuid& fresh_id);
std::string_view command_name(const Value& command);

// In the order of declaration; built once, alive until the process ends.
std::span<const TypeDescription> command_types();
// One entry for each version of each event, the newest first.
std::span<const TypeDescription> event_types();
std::span<const TypeDescription> entity_types();

// The JSON Schema (draft 2020-12) document of an event type's data; empty if there is no such type.
std::string event_schema(std::string_view type);

}  // namespace tenantry::events
