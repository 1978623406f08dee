// Every context is complete: what one layer declares, each other layer has. What the compiler and the linker cannot
// see.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <string>

#include "api/request/problem.hpp"
#include "api/routes/table.hpp"
#include "domain/contexts.hpp"
#include "events/catalog/catalog.hpp"
#include "projections/rulebook.hpp"

using namespace tenantry;
using api::AnswerShape;
using api::Route;

namespace {

// What the platform asks of itself, and keeps for itself.
const std::set<std::string_view> without_route{"CreateTenant"};
const std::set<std::string_view> served_otherwise{"registrations", "totals",       "access-totals",
                                                  "credentials",   "signing-keys", "operator-keys"};

const std::vector<Route>& routes() {
  static const auto table = api::route_table({});
  return table;
}

std::size_t routes_that_answer(AnswerShape::Kind kind, const events::EntityType& entity) {
  return static_cast<std::size_t>(std::ranges::count_if(
      routes(), [&](const Route& each) { return each.answer.kind == kind && each.entity == &entity; }));
}

}  // namespace

TEST_CASE("every context's folder is in the list of contexts") {
  std::set<std::string> listed{"kernel"};
  for (const events::Catalog* catalog : events::catalogs()) listed.emplace(catalog->context);
  for (const auto& entry : std::filesystem::directory_iterator(TENANTRY_SOURCE_DIR "/domain")) {
    if (!entry.is_directory()) continue;
    CAPTURE(entry.path().filename());
    CHECK(listed.contains(entry.path().filename().string()));
  }
}

TEST_CASE("every command has one route, and no route a command that there is not") {
  std::set<std::string_view> asked;
  for (const Route& route : routes()) {
    if (route.command.empty()) continue;
    CAPTURE(route.pattern);
    CHECK(events::find_command_type(route.command) != nullptr);
    CHECK(asked.insert(route.command).second);
  }
  for (const events::Catalog* catalog : events::catalogs()) {
    for (const events::CommandType& command : catalog->commands) {
      CAPTURE(command.name);
      bool is_of_server = without_route.contains(command.name) || command.permission == Permission::let_in;
      CHECK(asked.contains(command.name) != is_of_server);
    }
  }
}

TEST_CASE("every entity is served by its id, in a list, and with its history") {
  for (const events::Catalog* catalog : events::catalogs()) {
    for (const events::EntityType& entity : catalog->entities) {
      if (served_otherwise.contains(entity.collection)) continue;
      CAPTURE(entity.name);
      CHECK(routes_that_answer(AnswerShape::Kind::entity, entity) >= 1);
      CHECK(routes_that_answer(AnswerShape::Kind::list, entity) >= 1);
      CHECK(routes_that_answer(AnswerShape::Kind::events, entity) >= 1);
    }
  }
}

TEST_CASE("an entity can be listed with each that it belongs to") {
  for (const events::Catalog* catalog : events::catalogs()) {
    for (const events::EntityType& entity : catalog->entities) {
      for (const auto& list : entity.lists) {
        std::string pattern = "/v1/" + std::string{list.parent} + "/{id}/" + std::string{entity.collection};
        CAPTURE(pattern);
        CHECK(std::ranges::count(routes(), pattern, &Route::pattern) == 1);
      }
    }
  }
}

TEST_CASE("every statistic has a route") {
  for (const auto* statistics : projections::statistics_types()) {
    CAPTURE(statistics->name);
    CHECK(std::ranges::count_if(routes(), [&](const Route& each) {
            return each.answer.kind == AnswerShape::Kind::document && each.answer.entity == statistics->name;
          }) == 1);
  }
}

TEST_CASE("every event is about something that is served, and every version has a golden file") {
  for (const events::Catalog* catalog : events::catalogs()) {
    for (const events::EventType& event : catalog->events) {
      CAPTURE(event.name);
      CHECK(events::find_entity_type(event.subject_collection) != nullptr);
      CHECK(std::filesystem::exists(TENANTRY_SOURCE_DIR "/tests/golden/" + event.name + ".json"));
    }
  }
}

TEST_CASE("every refusal is a problem that is documented") {
  for_each_context([]<class Context>() {
    for (const RefusalType& refusal : refusals_of<Context>()) {
      CAPTURE(refusal.word);
      CHECK(std::ranges::count(api::problem_types(), refusal.word, &api::ProblemType::slug) == 1);
    }
  });
}
