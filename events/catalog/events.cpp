// Events to and from the log.
#include <algorithm>
#include <stdexcept>

#include "events/catalog/catalog.hpp"
#include "events/catalog/make_catalog.hpp"

namespace tenantry::events {

void find_subject(EventType& type) {
  for (const Field& each : type.fields) {
    bool may_be_subject = each.type->id != nullptr && type.subject == nullptr;
    if (may_be_subject && (each.name == "id" || !each.subject_collection.empty())) {
      type.subject = &each;
      type.subject_collection = each.subject_collection.empty() ? each.type->names : each.subject_collection;
    } else if ((each.type->id != nullptr || each.type->records) && !each.is_unmentioned) {
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

namespace {

void add_mention(const Field& field, const void* owner, std::vector<Subject>& subjects) {
  const Uuid* id = field.type->id(field.in(owner));
  if (id != nullptr) subjects.push_back({field.type->names, *id});
}

// Many records may name the same.
void add_mentions_once(const Field& field, const void* record, std::vector<Subject>& subjects) {
  std::vector<Subject> found;
  add_mention(field, record, found);
  for (const Subject& each : found) {
    if (std::ranges::find(subjects, each) == subjects.end()) subjects.push_back(each);
  }
}

void add_mentions_of_records(Fields fields, const void* record, std::vector<Subject>& subjects) {
  for (const Field& each : fields) {
    if (each.is_unmentioned) continue;
    if (each.type->id != nullptr) add_mentions_once(each, record, subjects);
    if (!each.type->records) continue;
    each.type->records->each(each.in(record), [&](const void* inner) {
      add_mentions_of_records(each.type->records->fields(), inner, subjects);
    });
  }
}

}  // namespace

std::vector<Subject> event_mentions(const Value& event) {
  std::vector<Subject> subjects;
  const EventType& type = event_type_of(event);
  for (const Field* each : type.mentions) {
    if (each->type->id != nullptr) add_mention(*each, event.data(), subjects);
    if (!each->type->records) continue;
    each->type->records->each(each->in(event.data()), [&](const void* record) {
      add_mentions_of_records(each->type->records->fields(), record, subjects);
    });
  }
  std::erase(subjects, type.subject_of(event.data()));
  return subjects;
}

}  // namespace tenantry::events
