#include "api/routes/resource.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "api/routes/builders.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::api {
namespace {

using events::EntityType;

std::string path_of(const EntityType& type) {
  return "/v1/" + std::string{type.collection};
}

std::string item_path_of(const EntityType& type) {
  return path_of(type) + "/{id}";
}

std::string plural_of(std::string_view collection) {
  std::string words{collection};
  std::ranges::replace(words, '-', ' ');
  return words;
}

// "an enrolment", "a term"; a u mostly sounds as in "user".
std::string one_of(const EntityType& type) {
  bool is_vowel = std::string_view{"aeio"}.find(type.noun.front()) != std::string_view::npos;
  return (is_vowel ? "an " : "a ") + type.noun;
}

void check_takes_id(const events::CommandType& command) {
  auto id = std::ranges::find(command.fields, "id", &events::Field::name);
  if (id != command.fields.end() && id->is_from_path) return;
  throw std::logic_error(command.name + " has no field \"id\" that the path gives");
}

Route route_of(const EntityType& type, const Deed& deed) {
  using enum http::Method;
  const std::string& name = deed.command->name;
  std::string summary{deed.summary};
  if (deed.kind == Deed::Kind::creates) return command(post, path_of(type), type, name, 201, summary);
  check_takes_id(*deed.command);
  if (deed.kind == Deed::Kind::corrects) return command(patch, item_path_of(type), type, name, 200, summary);
  return command(post, item_path_of(type) + '/' + std::string{deed.verb}, type, name, 200, summary);
}

Route item(const EntityType& type) {
  return {.pattern = item_path_of(type),
          .summary = "Get " + one_of(type),
          .requirement = required(type.permission),
          .answer = {AnswerShape::Kind::entity, type.name},
          .entity = &type,
          .check = check_id,
          .serve = serve_entity(type)};
}

Route collection(const EntityType& type) {
  Route route{.pattern = path_of(type),
              .summary = "List the " + plural_of(type.collection),
              .requirement = required(type.permission),
              .answer = {AnswerShape::Kind::list, type.name},
              .entity = &type,
              .query = {limit_parameter, cursor_parameter},
              .check = check_collection(type),
              .serve = serve_collection(type)};
  for (const UniqueFilter& filter : unique_filters(type)) {
    std::string about = "only the " + type.noun + " with this " + std::string{filter.parameter};
    if (!filter.is_id) about += "; white space around it does not count, case does";
    route.query.push_back({filter.parameter, std::move(about)});
  }
  for (const ChoiceFilter& filter : choice_filters(type)) {
    std::string about = "only the " + plural_of(type.collection) + " with this " + std::string{filter.parameter};
    std::string choices;
    for (const std::string& each : filter.choices) choices += (choices.empty() ? "\"" : ",\"") + each + '"';
    route.query.push_back({filter.parameter, std::move(about), R"({"type":"string","enum":[)" + choices + "]}"});
  }
  return route;
}

Route history(const EntityType& type) {
  return {.pattern = item_path_of(type) + "/history",
          .summary = "The events about " + one_of(type),
          .requirement = required(type.permission),
          .answer = {AnswerShape::Kind::events},
          .entity = &type,
          .query = {limit_parameter, cursor_parameter},
          .check = check_history(type),
          .serve = serve_history(type)};
}

// The entities in a list of another: the enrolments of a class.
Route members(const EntityType& type, const EntityType::List& list) {
  const EntityType* parent = events::find_entity_type(list.parent);
  if (parent == nullptr) {
    throw std::logic_error(type.name + " is listed with one of " + std::string{list.parent} +
                           ", which no catalog declares");
  }
  return {.pattern = item_path_of(*parent) + '/' + std::string{type.collection},
          .summary = "List the " + plural_of(type.collection) + " of " + one_of(*parent),
          .requirement = required(type.permission),
          .answer = {AnswerShape::Kind::list, type.name},
          .entity = &type,
          .query = {limit_parameter, cursor_parameter},
          .check = check_members(list),
          .serve = serve_members(*parent, list, type)};
}

Route statistics_of(const EntityType& type, const projections::StatisticsType& statistics) {
  return {.pattern = item_path_of(type) + "/statistics",
          .summary = "Get the statistics of " + one_of(type),
          .description = std::string{statistics.about},
          .requirement = required(type.permission),
          .answer = {AnswerShape::Kind::document, statistics.name},
          .entity = &type,
          .check = check_id,
          .serve = serve_statistics(type, statistics)};
}

}  // namespace

std::vector<Route> resource(const EntityType& type, const std::vector<Deed>& deeds) {
  std::vector<Route> routes;
  auto add_deeds = [&](Deed::Kind kind) {
    for (const Deed& deed : deeds) {
      if (deed.kind == kind) routes.push_back(route_of(type, deed));
    }
  };
  add_deeds(Deed::Kind::creates);
  routes.push_back(collection(type));
  routes.push_back(item(type));
  add_deeds(Deed::Kind::corrects);
  add_deeds(Deed::Kind::does);
  routes.push_back(history(type));
  for (const EntityType::List& list : type.lists) routes.push_back(members(type, list));
  for (const auto* statistics : projections::statistics_types()) {
    if (statistics->of == type.collection) routes.push_back(statistics_of(type, *statistics));
  }
  for (Route& route : routes) route.can_be_narrowed = route.command.empty();
  return routes;
}

std::vector<Route> tenant_statistics_routes() {
  std::vector<Route> routes;
  for (const auto* statistics : projections::statistics_types()) {
    if (!statistics->of.empty()) {
      if (events::find_entity_type(statistics->of) != nullptr) continue;
      throw std::logic_error(statistics->name + " is of " + std::string{statistics->of} +
                             ", which no catalog declares");
    }
    routes.push_back({.pattern = path_of(*statistics),
                      .summary = "Get the tenant's " + plural_of(statistics->collection),
                      .description = std::string{statistics->about},
                      .requirement = required(Permission::read_tenant),
                      .answer = {AnswerShape::Kind::document, statistics->name},
                      .serve = serve_tenant_statistics(*statistics)});
  }
  return routes;
}

std::vector<Route> joined(std::initializer_list<std::vector<Route>> parts) {
  std::vector<Route> all;
  for (const auto& routes : parts) all.insert(all.end(), routes.begin(), routes.end());
  return all;
}

}  // namespace tenantry::api
