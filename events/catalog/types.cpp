// The catalog as data, for schemas and documents.
#include "events/catalog/catalog.hpp"
#include "events/json/writer.hpp"

namespace tenantry::events {
namespace {

TypeDescription describe(const Type& type, Limited limited) {
  TypeDescription description{.context = type.context,
                              .name = type.name,
                              .about = type.about,
                              .fields = describe_fields(type.fields, limited),
                              .schema = {}};
  description.schema = schema_text(description.name, description.about, description.fields);
  return description;
}

TypeDescription describe(const CommandType& type) {
  return describe(type, Limited::yes);
}

TypeDescription describe(const EventType& type) {
  TypeDescription description = describe(type, Limited::no);
  description.version = type.version;
  description.newest = type.newest;
  description.upcast = type.upcast_about;
  return description;
}

TypeDescription describe(const EntityType& type) {
  TypeDescription description = describe(type, Limited::no);
  description.collection = type.collection;
  return description;
}

template <class Types>
std::vector<TypeDescription> describe_all(Types Catalog::*types) {
  std::vector<TypeDescription> descriptions;
  for (const Catalog* catalog : catalogs()) {
    for (const auto& type : catalog->*types) descriptions.push_back(describe(type));
  }
  return descriptions;
}

}  // namespace

std::span<const TypeDescription> command_types() {
  static const auto types = describe_all(&Catalog::commands);
  return types;
}

std::span<const TypeDescription> event_types() {
  static const auto types = describe_all(&Catalog::events);
  return types;
}

std::span<const TypeDescription> entity_types() {
  static const auto types = describe_all(&Catalog::entities);
  return types;
}

std::string event_schema(std::string_view type) {
  for (const TypeDescription& each : event_types()) {
    if (each.name != type) continue;
    std::string document = R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:tenantry:event:)";
    document += each.name + "\",";
    return document + each.schema.substr(1);
  }
  return "";
}

}  // namespace tenantry::events
