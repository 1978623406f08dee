// The OpenAPI 3.1 document, made from the route table and the catalog's schemas, so that it cannot differ from what is
// served. Pure function; made once at start.
#pragma once

#include <string>
#include <vector>

#include "api/exchange/route.hpp"

namespace tenantry::api {

std::string openapi_document(const std::vector<Route>& routes);

}  // namespace tenantry::api
