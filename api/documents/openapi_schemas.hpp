// The schemas of the OpenAPI document: commands, entities, problem, event, and the shapes of answers. Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace tenantry::api {

// `"components":{…}` as an object.
std::string openapi_components();
std::string schema_reference(std::string_view name);
// Of a response.
std::string header_reference(std::string_view name);

}  // namespace tenantry::api
