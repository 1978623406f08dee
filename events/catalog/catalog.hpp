// The catalog: every command, event and entity of the product, declared once in events/catalog/{context}.hpp.
//
// From the declarations come decoding and encoding (here), packing and JSON for the tables (describe.hpp),
// docs/EVENTS.md (documentation.hpp) and the schemas of OpenAPI and AsyncAPI (the *_types() below).
//
// Free functions without state; any thread. Encoding cannot fail. Decoding answers a DecodeError that names the field.
// A stored event never changes: decode_event() reads every version that was ever written and brings it to the newest
// shape (version = upcasters + 1); encode_event() writes only the newest.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/directory/commands.hpp"
#include "domain/directory/events.hpp"
#include "domain/directory/rules.hpp"
#include "domain/kernel/decision.hpp"
#include "domain/kernel/subject.hpp"
#include "domain/roster/commands.hpp"
#include "domain/roster/events.hpp"
#include "domain/roster/rules.hpp"
#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/events.hpp"
#include "domain/tenancy/rules.hpp"
#include "events/catalog/type_description.hpp"
#include "events/decode_error.hpp"

namespace tenantry::events {

using AnyCommand = std::variant<directory::Command, tenancy::Command, roster::Command>;
using AnyEvent = std::variant<directory::Event, tenancy::Event, roster::Event>;
using AnyRefusal = std::variant<Refusal<directory::Refused>, Refusal<tenancy::Refused>, Refusal<roster::Refused>>;

struct EncodedEvent {
  std::string type;  // "tenantry.roster.student-enrolled.v1"
  std::string data;  // JSON
};

EncodedEvent encode_event(const AnyEvent& event);
// An unknown type is an error whose field is "type".
std::expected<AnyEvent, DecodeError> decode_event(std::string_view type, std::string_view data);

Subject event_subject(const AnyEvent& event);
// Other entities whose history shows this event.
std::vector<Subject> event_mentions(const AnyEvent& event);

// A command's field that the URL's path gives: {"classId", "0190…"}.
struct PathField {
  std::string_view name;
  std::string_view value;
};

// Decodes a command from a request. `name` is the command's name ("EnrolStudent"); an unknown one is an error whose
// field is "command". An empty body counts as {}. A field given by both body and path must agree. `fresh_id` becomes
// the id of what the command makes, if neither gives one. A path field that the command does not have throws
// std::logic_error.
std::expected<AnyCommand, DecodeError> decode_command(std::string_view name, std::string_view json,
                                                      std::span<const PathField> path, const Uuid& fresh_id);
std::string_view command_name(const AnyCommand& command);

// In the order of declaration; built once, alive until the process ends.
std::span<const TypeDescription> command_types();
// One entry for each version of each event, the newest first.
std::span<const TypeDescription> event_types();
std::span<const TypeDescription> entity_types();

// The JSON Schema (draft 2020-12) document of an event type's data; empty if there is no such type.
std::string event_schema(std::string_view type);

}  // namespace tenantry::events
