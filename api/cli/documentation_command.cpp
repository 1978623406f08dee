#include <iostream>
#include <memory>

#include "api/cli/commands.hpp"
#include "api/cli/exit_code.hpp"
#include "events/catalog/documentation.hpp"

namespace tenantry::api::cli {

Command documentation_command() {
  auto name = std::make_shared<std::string>();
  Command command{.name = "documentation", .about = "Write a generated document to stdout", .is_hidden = true};
  command.takes({.name = "name",
                 .value = name.get(),
                 .about = "which",
                 .is_required = true,
                 .is_positional = true,
                 .one_of = {"events"}});
  command.run = [name] {
    std::cout << events::events_markdown();
    return exit_ok;
  };
  return command;
}

}  // namespace tenantry::api::cli
