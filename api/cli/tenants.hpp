// The tenants of a node by their slugs, for commands that name them. Errors are sentences for a person. Any thread.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "api/node/node.hpp"
#include "domain/directory/entities.hpp"

namespace tenantry::api::cli {

// In order of slug.
std::expected<std::vector<directory::Registration>, std::string> all_tenants(Node& node);
// The same from the log alone, for a node without tables.
std::expected<std::vector<directory::Registration>, std::string> all_tenants_in_log(events::Log& log);

// The one with this slug or id.
std::expected<directory::Registration, std::string> tenant_named(const std::vector<directory::Registration>& tenants,
                                                                 const std::string& slug_or_id);

}  // namespace tenantry::api::cli
