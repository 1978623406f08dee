#include "api/routes/table.hpp"

#include <iterator>
#include <stdexcept>

#include "api/routes/resource.hpp"
#include "domain/contexts.hpp"

namespace tenantry::api {

std::vector<Route> route_table(const ServiceOptions& options, const events::engine::EngineOptions& engine) {
  std::vector<Route> table;
  auto add = [&](std::vector<Route> routes) { std::ranges::move(routes, std::back_inserter(table)); };
  for_each_context([&]<class Context>() { add(routes_of<Context>()); });
  add(tenant_statistics_routes());
  add(event_routes(options, engine));
  add(operation_routes());
  add(oauth_routes());
  for (const Route& each : table) {
    if (each.requirement.kind == Requirement::Kind::unsaid) {
      throw std::logic_error("the route " + each.pattern + " does not say who may ask");
    }
    if (each.command.empty() || each.entity != nullptr) continue;
    throw std::logic_error("the route of " + std::string{each.command} + " does not say what it is about");
  }
  return table;
}

}  // namespace tenantry::api
