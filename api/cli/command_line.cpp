#include "api/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <map>

#include "api/cli/commands.hpp"
#include "api/cli/config_file.hpp"
#include "api/cli/environment.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/logging.hpp"
#include "api/cli/setting.hpp"
#include "storage/resources.hpp"

namespace tenantry::api::cli {
namespace {

constexpr const char* about =
    "Tenantry: an event-sourced backend for many tenants.\n"
    "Commands become events, events become tables; the log is the audit trail.";

constexpr const char* footer = R"(Examples:
  tenantry demo                          load a real roster into ./data and check its counts
  tenantry serve                         serve ./data on http://127.0.0.1:8080
  tenantry events --tenant aaa --limit 5 print the first events of a tenant, as CloudEvents
  tenantry rebuild                       make all tables anew from the log
  tenantry serve --help                  the options of a command

Options of a command are also read from TENANTRY_{OPTION} in the environment (TENANTRY_PORT=9090) and from a file
(--config tenantry.toml, or TENANTRY_CONFIG) with lines like `port = 9090`, for one command alone in a [serve] section.
A flag is stronger than the environment, the environment stronger than the file. What no command knows is an error in
any of them; in the environment that goes for every name that begins with TENANTRY_, but for those of the tests and
scripts of the source tree (TENANTRY_TEST_…, TENANTRY_CHAOS_…, TENANTRY_JOBS, TENANTRY_KAFKA_JVM_OPTIONS,
TENANTRY_UPDATE_DOCS).
Exit codes: 0 done, 1 failed, 2 not understood.)";

const std::map<std::string, Level> level_names = {{"debug", Level::debug},
                                                  {"info", Level::info},
                                                  {"warning", Level::warning},
                                                  {"error", Level::error},
                                                  {"off", Level::off}};

std::string text_of_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

void declare_program(CLI::App& program, std::string& level) {
  program.footer(footer);
  program.require_subcommand(1);
  program.set_config("--config", text_of_environment("TENANTRY_CONFIG"), "read options from this TOML or INI file")
      ->type_name("FILE");
  program.config_formatter(std::make_shared<ConfigFile>(program));
  std::vector<std::string> names;
  for (const auto& [name, value] : level_names) names.push_back(name);
  add_setting(program, "log-level", level, "the least level of the server's log")
      ->capture_default_str()
      ->check(CLI::IsMember(names));
}

std::vector<Command> declare_commands(CLI::App& program) {
  std::vector<Command> commands = {add_serve(program),   add_demo(program),         add_rebuild(program),
                                   add_digest(program),  add_events(program),       add_log_copy(program),
                                   add_version(program), add_documentation(program)};
  for (const Command& command : commands) command.app->fallthrough();
  return commands;
}

int explain(const CLI::App& program, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return program.exit(error);  // --help
  auto unknown = program.remaining();
  if (program.get_subcommands().empty() && !unknown.empty()) {
    return fail("there is no command " + unknown.front() + "\nRun with --help for what there is.", exit_usage);
  }
  return fail(std::string{error.what()} + "\nRun with --help for what there is.", exit_usage);
}

}  // namespace

int run(int argument_count, const char* const* arguments) {
  CLI::App program{about, "tenantry"};
  std::string level = "info";
  declare_program(program, level);
  std::vector<Command> commands = declare_commands(program);
  try {
    program.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return explain(program, error);
  }
  if (auto unknown = unknown_in_environment(program)) return fail(*unknown, exit_usage);
  start_logging(level_names.at(level));
  storage::raise_descriptor_limit();
  for (const Command& command : commands) {
    if (!command.app->parsed()) continue;
    int code = command.run();
    // An export that a full disk cut short is no success.
    if (!std::cout.flush() && code == exit_ok) return fail("the output cannot be written");
    return code;
  }
  return fail("no command was given", exit_usage);
}

}  // namespace tenantry::api::cli
