// The catalog as data, for schemas and documents.
#include "events/catalog/alternatives.hpp"
#include "events/catalog/catalog.hpp"
#include "events/catalog/declarations.hpp"
#include "events/catalog/event_versions.hpp"
#include "events/json/writer.hpp"

namespace tenantry::events {
namespace {

template <class Context>
std::string_view context_name() {
  if constexpr (std::is_same_v<Context, directory::Command> || std::is_same_v<Context, directory::Event>) {
    return "directory";
  } else if constexpr (std::is_same_v<Context, tenancy::Command> || std::is_same_v<Context, tenancy::Event>) {
    return "tenancy";
  } else {
    static_assert(std::is_same_v<Context, roster::Command> || std::is_same_v<Context, roster::Event>);
    return "roster";
  }
}

template <class T>
TypeDescription describe(std::string_view context, std::string name) {
  TypeDescription description{.context = context,
                              .name = std::move(name),
                              .about = Describe<T>::about,
                              .fields = describe_fields<T>(),
                              .schema = {}};
  description.schema = schema_text(description.name, description.about, description.fields);
  return description;
}

template <class Version>
TypeDescription describe_event(std::string_view context, bool newest) {
  TypeDescription description = describe<Version>(context, event_type_of<Version>());
  description.version = version_of<Version>();
  description.newest = newest;
  if constexpr (has_former<Version>) description.upcast = Describe<Version>::upcast_about;
  return description;
}

std::vector<TypeDescription> describe_commands() {
  std::vector<TypeDescription> types;
  for_each_alternative<AnyCommand>(
      [&]<class Context, class Command>(std::type_identity<Context>, std::type_identity<Command>) {
        types.push_back(describe<Command>(context_name<Context>(), std::string{Describe<Command>::name}));
      });
  return types;
}

std::vector<TypeDescription> describe_events() {
  std::vector<TypeDescription> types;
  for_each_alternative<AnyEvent>(
      [&]<class Context, class Event>(std::type_identity<Context>, std::type_identity<Event>) {
        for_each_version<Event>([&]<class Version>(std::type_identity<Version>) {
          types.push_back(describe_event<Version>(context_name<Context>(), std::is_same_v<Event, Version>));
        });
      });
  return types;
}

template <class... Entities>
void describe_entities(std::string_view context, std::type_identity<std::tuple<Entities...>>,
                       std::vector<TypeDescription>& types) {
  auto add = [&]<class Entity>(std::type_identity<Entity>) {
    types.push_back(describe<Entity>(context, std::string{Describe<Entity>::name}));
    types.back().collection = Entity::collection;
  };
  (add(std::type_identity<Entities>{}), ...);
}

}  // namespace

std::span<const TypeDescription> command_types() {
  static const auto types = describe_commands();
  return types;
}

std::span<const TypeDescription> event_types() {
  static const auto types = describe_events();
  return types;
}

std::span<const TypeDescription> entity_types() {
  static const auto types = [] {
    std::vector<TypeDescription> types;
    describe_entities("directory", std::type_identity<DirectoryEntities>{}, types);
    describe_entities("tenancy", std::type_identity<TenancyEntities>{}, types);
    describe_entities("roster", std::type_identity<RosterEntities>{}, types);
    return types;
  }();
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
