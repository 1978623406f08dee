#include <iostream>
#include <memory>

#include "api/cli/commands.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/nearest.hpp"
#include "api/cli/parser.hpp"

namespace tenantry::api::cli {
namespace {

// Of the command that the words name, step by step: log, copy.
int run(const Command& program, const Path& words) {
  const Command* command = &program;
  for (const std::string& word : words) {
    const Command* found = command_named(*command, word);
    if (found == nullptr) {
      std::vector<std::string> names;
      for (const Command& each : command->commands) names.push_back(each.name);
      auto meant = nearest(word, names);
      return fail("there is no command " + word + (meant ? "; did you mean " + *meant + '?' : ""), exit_usage);
    }
    command = found;
  }
  std::cout << help_of(program, words);
  return exit_ok;
}

}  // namespace

Command help_command(const Command& program) {
  auto words = std::make_shared<Path>();
  Command command{.name = "help", .about = "Print what there is, or the options of a command"};
  command.takes({.name = "command", .value = words.get(), .about = "which", .is_positional = true});
  command.run = [&program, words] { return run(program, *words); };
  return command;
}

}  // namespace tenantry::api::cli
