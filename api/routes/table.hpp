// The route table: every route of the API. Pure functions, called once at start; throw std::logic_error, by name, for
// what a route needs and nothing declares.
#pragma once

#include <vector>

#include "api/exchange/route.hpp"

namespace tenantry::api {

std::vector<Route> route_table(const ServiceOptions& options, const events::engine::EngineOptions& engine = {});

// Defined by api/routes/{context}.cpp.
template <class Context>
std::vector<Route> routes_of();

std::vector<Route> event_routes(const ServiceOptions& options, const events::engine::EngineOptions& engine);
std::vector<Route> operation_routes();
std::vector<Route> oauth_routes();

}  // namespace tenantry::api
