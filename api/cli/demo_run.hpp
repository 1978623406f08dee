// The demo as people see it: a load with its progress bar, then the tables' counts beside the published ones.
//
// A load that is under way leaves the file `demo.unfinished` in the data folder until it is complete, so that
// `serve --demo-if-empty` finishes what was interrupted. Results are exit codes. One caller.
#pragma once

#include <expected>
#include <functional>
#include <string>

#include "api/node/node.hpp"

namespace tenantry::api::cli {

using ShouldStop = std::function<bool()>;

int run_demo(Node& node, const ShouldStop& should_stop);
int run_demo_over_http(const std::string& url, const ShouldStop& should_stop);

// Whether a node's folder holds nothing, or a demo whose load was interrupted.
std::expected<bool, std::string> wants_demo(Node& node);

}  // namespace tenantry::api::cli
