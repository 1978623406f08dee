// The words in which the route table is written: each makes one Route. Pure functions.
#pragma once

#include <algorithm>
#include "api/exchange/route.hpp"

#include "api/handlers/handlers.hpp"
#include "projections/stored_types.hpp"

namespace tenantry::api {

inline constexpr std::size_t command_body_bytes_max = 1u << 20;

inline const QueryParameter limit_parameter{"limit", "items in a page at most",
                                            R"({"type":"integer","minimum":1,"maximum":200,"default":50})"};
inline const QueryParameter cursor_parameter{"cursor", "where the page starts: from the page before"};

// A command of the tenant that the request names. `success` is 201 for what creates, else 200.
inline Route command(http::Method method, std::string_view pattern, std::string_view name, int success,
                     std::string_view summary) {
  return {.method = method,
          .pattern = pattern,
          .summary = summary,
          .reach = Reach::command,
          .answer = {AnswerShape::Kind::command},
          .success = success,
          .command = name,
          .body_bytes_max = command_body_bytes_max,
          .serve = serve_command};
}

// A command about a tenant, for the platform's operators; the path names the tenant by id or slug.
inline Route tenant_command(http::Method method, std::string_view pattern, std::string_view name,
                            std::string_view summary) {
  Route route = command(method, pattern, name, 200, summary);
  route.role = Role::platform_operator;
  route.tenant = NamedBy::path;
  return route;
}

template <class Entity>
const events::EntityType& type_of() {
  return *projections::stored_type(kind_of<Entity>).type;
}

template <class Entity>
Route one(std::string_view pattern, std::string_view summary) {
  return {.pattern = pattern,
          .summary = summary,
          .answer = {AnswerShape::Kind::entity, type_of<Entity>().name},
          .check = check_id,
          .serve = serve_entity(type_of<Entity>().table)};
}

template <class Entity>
Route all(std::string_view pattern, std::string_view summary, std::vector<IndexFilter> filters = {}) {
  Route route{.pattern = pattern,
              .summary = summary,
              .answer = {AnswerShape::Kind::list, type_of<Entity>().name},
              .query = {limit_parameter, cursor_parameter},
              .serve = {}};
  for (IndexFilter& filter : filters) {
    route.query.push_back({filter.parameter, filter.about});
    filter.index = std::ranges::find(type_of<Entity>().keys, filter.parameter, &events::EntityType::Key::field)->letter;
  }
  route.check = check_collection(type_of<Entity>().table, filters);
  route.serve = serve_collection(type_of<Entity>().table, std::move(filters));
  return route;
}

// The entities in a list of another: the enrolments of a class.
template <class Parent, class Entity>
Route members(std::string_view pattern, std::string_view summary) {
  const auto& lists = type_of<Entity>().lists;
  char list = std::ranges::find(lists, Parent::collection, &events::EntityType::List::parent)->letter;
  return {.pattern = pattern,
          .summary = summary,
          .answer = {AnswerShape::Kind::list, type_of<Entity>().name},
          .query = {limit_parameter, cursor_parameter},
          .check = check_list(list),
          .serve = serve_list(list, type_of<Parent>().table, type_of<Entity>().table)};
}

template <class Entity>
Route history(std::string_view pattern, std::string_view summary) {
  return {.pattern = pattern,
          .summary = summary,
          .answer = {AnswerShape::Kind::events},
          .query = {limit_parameter, cursor_parameter},
          .check = check_history(type_of<Entity>().table),
          .serve = serve_history(type_of<Entity>().table)};
}

}  // namespace tenantry::api
