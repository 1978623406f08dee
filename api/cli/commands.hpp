// The commands of the program, each with its options, its help and what runs it.
#pragma once

#include "api/cli/command.hpp"

namespace tenantry::api::cli {

Command serve_command();
Command demo_command();
Command rebuild_command();
Command digest_command();
Command events_command();
Command log_command();
Command token_command();
Command operator_key_command();
Command version_command();
Command help_command(const Command& program);  // which outlives it
Command documentation_command();

}  // namespace tenantry::api::cli
