// What to try next, printed by a server that has started: curl lines that work as they stand, on what is there.
#pragma once

#include <string>

#include "api/node/node.hpp"

namespace tenantry::api::cli {

std::string suggestions(Node& node, const std::string& url);

}  // namespace tenantry::api::cli
