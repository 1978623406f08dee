#include <CLI/CLI.hpp>
#include <iostream>

#include "api/cli/commands.hpp"
#include "api/cli/exit_code.hpp"
#include "events/catalog/documentation.hpp"

namespace tenantry::api::cli {

Command add_documentation(CLI::App& program) {
  CLI::App* command = program.add_subcommand("documentation", "Write a generated document to stdout");
  command->group("");  // not in --help: for those who work on the product
  auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "which")->required()->check(CLI::IsMember({"events"}));
  return {command, [] {
            std::cout << events::events_markdown();
            return exit_ok;
          }};
}

}  // namespace tenantry::api::cli
