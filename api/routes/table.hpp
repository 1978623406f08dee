// The route table: every route of the API, by subject. Pure functions, called once at start.
#pragma once

#include <vector>

#include "api/exchange/route.hpp"

namespace tenantry::api {

std::vector<Route> route_table(const ServiceOptions& options, const events::engine::EngineOptions& engine = {});

std::vector<Route> tenant_routes();
std::vector<Route> roster_routes();
std::vector<Route> event_routes(const ServiceOptions& options, const events::engine::EngineOptions& engine);
std::vector<Route> operation_routes();

}  // namespace tenantry::api
