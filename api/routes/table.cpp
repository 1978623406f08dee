#include "api/routes/table.hpp"

#include <iterator>

namespace tenantry::api {

std::vector<Route> route_table(const ServiceOptions& options, const events::engine::EngineOptions& engine) {
  std::vector<Route> table;
  for (auto routes : {tenant_routes(), roster_routes(), event_routes(options, engine), operation_routes()}) {
    std::ranges::move(routes, std::back_inserter(table));
  }
  return table;
}

}  // namespace tenantry::api
