// The environment's settings: TENANTRY_{OPTION} for every option of a command (command.hpp), and TENANTRY_CONFIG.
//
// A variable of that form that no option has is a slip, and is refused with its name and the nearest one that there is.
// Left alone are the variables of this tree's own tests and scripts, which a program started by them may inherit:
// TENANTRY_TEST_…, TENANTRY_CHAOS_…, TENANTRY_JOBS, TENANTRY_KAFKA_JVM_OPTIONS and TENANTRY_UPDATE_DOCS.
// Called before other threads are started.
#pragma once

#include <optional>
#include <string>

#include "api/cli/command.hpp"

namespace tenantry::api::cli {

// What is wrong with the environment, in a sentence; nothing if all is well.
std::optional<std::string> unknown_in_environment(const Command& program);

}  // namespace tenantry::api::cli
