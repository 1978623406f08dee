#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "api/cli/commands.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/nearest.hpp"

namespace tenantry::api::cli {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// Of the command that the words name, step by step: log, copy.
int run(const CLI::App& program, const std::vector<std::string>& words) {
  const CLI::App* app = &program;
  std::string name = "tenantry";
  for (const std::string& word : words) {
    auto commands = commands_of(*app);
    auto found = std::ranges::find(commands, word, [](const CLI::App* each) { return each->get_name(); });
    if (found == commands.end()) {
      std::vector<std::string> names;
      for (const CLI::App* each : commands) names.push_back(each->get_name());
      auto meant = nearest(word, names);
      return fail("there is no command " + word + (meant ? "; did you mean " + *meant + '?' : ""), exit_usage);
    }
    app = *found;
    name += ' ' + word;
  }
  std::cout << app->get_formatter()->make_help(app, name, CLI::AppFormatMode::Normal);
  return exit_ok;
}

}  // namespace

Command add_help(CLI::App& program) {
  auto words = std::make_shared<std::vector<std::string>>();
  CLI::App* command = program.add_subcommand("help", "Print what there is, or the options of a command");
  command->add_option("command", *words, "which")->configurable(false);
  return {command, [&program, words] { return run(program, *words); }};
}

}  // namespace tenantry::api::cli
