#include "api/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <map>

#include "api/cli/checks.hpp"
#include "api/cli/commands.hpp"
#include "api/cli/config_file.hpp"
#include "api/cli/environment.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/logging.hpp"
#include "api/cli/nearest.hpp"
#include "api/cli/setting.hpp"
#include "api/cli/version_text.hpp"
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
  tenantry help serve                    the options of a command, as tenantry serve --help

Options of a command are also read from TENANTRY_{OPTION} in the environment (TENANTRY_PORT=9090) and from a file
(--config tenantry.toml, or TENANTRY_CONFIG) with lines like `port = 9090`, for one command alone in a [serve] section.
A flag is stronger than the environment, the environment stronger than the file. What no command knows is an error in
any of them, and so is a file that cannot be read; in the environment that goes for every name that begins with
TENANTRY_, but for those of the tests and scripts of the source tree (TENANTRY_TEST_…, TENANTRY_CHAOS_…, TENANTRY_JOBS,
TENANTRY_KAFKA_JVM_OPTIONS, TENANTRY_UPDATE_DOCS). A variable that is empty sets nothing.
Exit codes: 0 done, 1 failed, 2 not understood.)";

const std::map<std::string, Level> level_names = {{"debug", Level::debug},
                                                  {"info", Level::info},
                                                  {"warning", Level::warning},
                                                  {"error", Level::error},
                                                  {"off", Level::off}};

void declare_program(CLI::App& program, std::string& level) {
  program.footer(footer);
  program.require_subcommand(1);
  program.set_version_flag("-v,--version", version_text, "Print the versions of the program and its libraries")
      ->transform(truth());
  program.set_config("--config", "", "read options from this TOML or INI file")->type_name("FILE");
  program.config_formatter(std::make_shared<ConfigFile>(program));
  std::vector<std::string> names;
  for (const auto& [name, value] : level_names) names.push_back(name);
  add_setting(program, "log-level", level, "the least level of the server's log")
      ->capture_default_str()
      ->check(CLI::IsMember(names));
}

std::vector<Command> declare_commands(CLI::App& program) {
  std::vector<Command> commands = {add_serve(program),   add_demo(program),   add_rebuild(program),
                                   add_digest(program),  add_events(program), add_log_copy(program),
                                   add_version(program), add_help(program),   add_documentation(program)};
  for (const Command& command : commands) command.app->fallthrough();
  return commands;
}

// The command that was chosen; the program itself if none was.
const CLI::App& innermost(const CLI::App& app) {
  auto chosen = app.get_subcommands();
  return chosen.empty() ? app : innermost(*chosen.front());
}

std::vector<const CLI::App*> shown_commands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); });
}

// Of the program and the commands that were chosen.
void add_option_names(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const CLI::App* each : app.get_subcommands()) add_option_names(*each, names);
}

// The first command, or command of a command, that has the option.
const CLI::App* owner_of(const std::string& option, const CLI::App& app) {
  for (const CLI::App* each : shown_commands(app)) {
    if (each->get_option_no_throw(option) != nullptr) return each;
    if (const CLI::App* owner = owner_of(option, *each)) return owner;
  }
  return nullptr;
}

bool is_option(const std::string& word) {
  return word.size() > 1 && word.front() == '-';
}

int fail_understanding(const std::string& what) {
  return fail(what + "\nRun with --help for what there is.", exit_usage);
}

int fail_on_name(const std::string& kind, const std::string& word, const std::vector<std::string>& names) {
  std::string what = "there is no " + kind + ' ' + printable(word);
  if (auto meant = nearest(word, names)) what += "; did you mean " + *meant + '?';
  return fail_understanding(what);
}

int fail_on_option(const CLI::App& program, const std::string& option) {
  const CLI::App& chosen = innermost(program);
  if (chosen.get_option_no_throw(option) != nullptr) {
    return fail_understanding(option + " is an option of " + chosen.get_name() + ", and comes after it");
  }
  if (const CLI::App* owner = owner_of(option, chosen)) {
    return fail_understanding("no command was given; " + option + " is an option of " + owner->get_name());
  }
  std::vector<std::string> names;
  add_option_names(program, names);
  return fail_on_name("option", option, names);
}

int fail_on_unknown(const CLI::App& program, const std::vector<std::string>& unknown) {
  std::vector<std::string> commands;
  for (const CLI::App* each : shown_commands(innermost(program))) commands.push_back(each->get_name());
  // What follows a mistyped command is unknown only for want of it. Behind an option may stand the option's value.
  auto is_mistyped = [&](const std::string& word) {
    return !is_option(word) && (&word == &unknown.front() || nearest(word, commands));
  };
  auto command = commands.empty() ? unknown.end() : std::ranges::find_if(unknown, is_mistyped);
  if (command != unknown.end()) return fail_on_name("command", *command, commands);
  auto option = std::ranges::find_if(unknown, is_option);
  if (option != unknown.end()) return fail_on_option(program, option->substr(0, option->find('=')));
  return fail_understanding("the command takes no argument, and was given " + printable(unknown.front()));
}

// The end of a sentence about an option's value, "--port: ...", that says where the value is from if nobody typed it.
std::string origin(const CLI::App& program, const std::string& told, const std::vector<std::string>& words) {
  std::string option = told.substr(0, told.find(':'));
  if (!option.starts_with("--")) return {};
  auto names_it = [&](const std::string& word) { return word == option || word.starts_with(option + '='); };
  if (std::ranges::any_of(words, names_it)) return {};
  std::string variable = environment_name(option.substr(2));
  if (!in_environment(variable.c_str()).empty()) return "; the value is from " + variable;
  if (program.get_config_ptr()->count() == 0) return {};
  return "; the value is from " + program.get_config_ptr()->as<std::string>();
}

int print(const std::string& text) {
  if (std::cout << text << std::flush) return exit_ok;
  return fail("the output cannot be written");
}

int explain(const CLI::App& program, const CLI::ParseError& error, const std::vector<std::string>& words) {
  if (dynamic_cast<const CLI::CallForVersion*>(&error) != nullptr) return print(version_text());
  if (dynamic_cast<const CLI::CallForHelp*>(&error) != nullptr) return print(program.help());
  auto unknown = program.remaining(true);
  bool is_unknown = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr ||
                    dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;  // of a command, say: log cpoy
  if (is_unknown && !unknown.empty()) return fail_on_unknown(program, unknown);
  std::string told = error.what();
  return fail_understanding(told + origin(program, told, words));
}

}  // namespace

int run(int argument_count, const char* const* arguments) {
  CLI::App program{about, "tenantry"};
  std::string level = "info";
  declare_program(program, level);
  std::vector<Command> commands = declare_commands(program);
  CommandLine line = with_config_of_environment(argument_count, arguments);
  if (line.wrong_config) return fail(*line.wrong_config, exit_usage);
  try {
    // CLI11 takes them from the end.
    program.parse(std::vector<std::string>(line.words.rbegin(), line.words.rend()));
  } catch (const CLI::ParseError& error) {
    return explain(program, error, line.words);
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
