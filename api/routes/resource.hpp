// A context's routes, written as what can be done to each of its entities:
//
//   resource<Term>({creates<AddTerm>("Add a term"), corrects<CorrectTerm>("Correct a term")})
//   resource<Class>({creates<OpenClass>("Open a class"), does<CloseClass>("close", "Close a class")})
//
// From the entity's declaration follow, under its collection's name:
//
//   POST  /v1/terms                 what creates          GET /v1/terms                 with a parameter for each field
//   PATCH /v1/terms/{id}            what corrects                                       that is unique or filtered
//   POST  /v1/classes/{id}/close    what does another     GET /v1/terms/{id}
//                                   thing                 GET /v1/terms/{id}/history
//   GET   /v1/terms/{id}/classes    for each entity of another collection that it names and is listed with
//   GET   /v1/classes/{id}/statistics  if a rulebook has statistics of the collection
//
// Commands without such a place, and entities that are served otherwise, have routes made by hand (builders.hpp).
// Called once at start; throws std::logic_error, by name, for what is not declared. Pure functions.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "api/exchange/route.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::api {

// A command of a resource.
struct Deed {
  enum class Kind { creates, corrects, does } kind;
  const events::CommandType* command;
  std::string_view verb;  // the last segment of the path, of what `does`
  std::string_view summary;
};

template <class Command>
Deed creates(std::string_view summary) {
  return {Deed::Kind::creates, &events::command_type<Command>(), {}, summary};
}
template <class Command>
Deed corrects(std::string_view summary) {
  return {Deed::Kind::corrects, &events::command_type<Command>(), {}, summary};
}
template <class Command>
Deed does(std::string_view verb, std::string_view summary) {
  return {Deed::Kind::does, &events::command_type<Command>(), verb, summary};
}

std::vector<Route> resource(const events::EntityType& type, const std::vector<Deed>& deeds);
template <class Entity>
std::vector<Route> resource(const std::vector<Deed>& deeds) {
  return resource(events::entity_type<Entity>(), deeds);
}

// What the contexts' rulebooks count of the tenant: GET /v1/statistics. Throws for statistics of what is no collection.
std::vector<Route> tenant_statistics_routes();

std::vector<Route> joined(std::initializer_list<std::vector<Route>> parts);

}  // namespace tenantry::api
