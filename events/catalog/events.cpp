// Events to and from the log.
#include <stdexcept>

#include "events/catalog/catalog.hpp"
#include "events/catalog/make_catalog.hpp"

namespace tenantry::events {

void find_subject(EventType& type) {
  for (const Field& each : type.fields) {
    if (each.type->id == nullptr) continue;
    bool is_subject = type.subject == nullptr && (each.name == "id" || !each.subject_collection.empty());
    if (is_subject) {
      type.subject = &each;
      type.subject_collection = each.subject_collection.empty() ? each.type->names : each.subject_collection;
    } else if (!each.is_unmentioned) {
      type.mentions.push_back(&each);
    }
  }
  if (type.subject != nullptr) return;
  throw std::logic_error(type.name + " has no field that says what it is about: an \"id\", or one declared subject()");
}

EncodedEvent encode_event(const Value& event) {
  const EventType& type = event_type_of(event);
  EncodedEvent encoded{type.name, {}};
  encode(type.fields, event.data(), encoded.data);
  return encoded;
}

std::expected<Value, DecodeError> decode_event(std::string_view name, std::string_view data) {
  const EventType* type = find_event_type(name);
  if (type == nullptr) return std::unexpected(DecodeError{"type", "is not one that this program reads"});
  Value event = Value::of_kind(*type->kind);
  if (auto problem = decode(type->fields, data, Limited::no, event.data())) return std::unexpected(std::move(*problem));
  while (!type->newest) {
    event = type->upcast(std::move(event));
    type = &event_type_of(event);
  }
  return event;
}

Subject event_subject(const Value& event) {
  return event_type_of(event).subject_of(event.data());
}

std::vector<Subject> event_mentions(const Value& event) {
  std::vector<Subject> subjects;
  for (const Field* each : event_type_of(event).mentions) {
    if (const Uuid* id = each->type->id(each->in(event.data()))) subjects.push_back({each->type->names, *id});
  }
  return subjects;
}

}  // namespace tenantry::events
