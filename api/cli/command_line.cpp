#include "api/cli/command_line.hpp"

#include <algorithm>
#include <iostream>
#include <map>

#include "api/cli/commands.hpp"
#include "api/cli/config_file.hpp"
#include "api/cli/environment.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/logging.hpp"
#include "api/cli/nearest.hpp"
#include "api/cli/parser.hpp"
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

Command program_with(std::string& level) {
  Command program{.name = "tenantry", .about = about, .footer = footer};
  program.given = {"help", "version", "config"};
  std::vector<std::string> names;
  for (const auto& [name, value] : level_names) names.push_back(name);
  program.takes({.name = "log-level",
                 .value = &level,
                 .about = "the least level of the server's log",
                 .shows_default = true,
                 .one_of = names});
  return program;
}

void add_commands(Command& program) {
  program.commands = {serve_command(),   demo_command(),        rebuild_command(),      digest_command(),
                      events_command(),  log_command(),         token_command(),        operator_key_command(),
                      version_command(), help_command(program), documentation_command()};
}

// The program and the commands that the path names, the innermost last.
std::vector<const Command*> along(const Command& program, const Path& path) {
  std::vector<const Command*> commands{&program};
  for (const std::string& name : path) commands.push_back(command_named(*commands.back(), name));
  return commands;
}

// The first command, or command of a command, that has the option.
const Command* owner_of(const std::string& option, const Command& command) {
  for (const Command& each : command.commands) {
    if (each.is_hidden) continue;
    if (has_option(each, option)) return &each;
    if (const Command* owner = owner_of(option, each)) return owner;
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

int fail_on_option(const std::vector<const Command*>& chosen, const std::string& option) {
  const Command& innermost = *chosen.back();
  std::string name = option.starts_with("--") ? option.substr(2) : std::string{};
  if (has_option(innermost, name)) {
    return fail_understanding(option + " is an option of " + innermost.name + ", and comes after it");
  }
  if (const Command* owner = owner_of(name, innermost)) {
    return fail_understanding("no command was given; " + option + " is an option of " + owner->name);
  }
  std::vector<std::string> names;
  for (const Command* each : chosen) {
    for (const std::string& known : option_names(*each)) names.push_back("--" + known);
  }
  return fail_on_name("option", option, names);
}

int fail_on_unknown(const std::vector<const Command*>& chosen, const std::vector<std::string>& unknown) {
  std::vector<std::string> commands;
  for (const Command& each : chosen.back()->commands) {
    if (!each.is_hidden) commands.push_back(each.name);
  }
  // What follows a mistyped command is unknown only for want of it. Behind an option may stand the option's value.
  auto is_mistyped = [&](const std::string& word) {
    return !is_option(word) && (&word == &unknown.front() || nearest(word, commands));
  };
  auto command = commands.empty() ? unknown.end() : std::ranges::find_if(unknown, is_mistyped);
  if (command != unknown.end()) return fail_on_name("command", *command, commands);
  auto option = std::ranges::find_if(unknown, is_option);
  if (option != unknown.end()) return fail_on_option(chosen, option->substr(0, option->find('=')));
  return fail_understanding("the command takes no argument, and was given " + printable(unknown.front()));
}

// The end of a sentence about an option's value, "--port: ...", that says where the value is from if nobody typed it.
std::string origin(const NotRun& not_run, const std::vector<std::string>& words) {
  std::string option = not_run.told.substr(0, not_run.told.find(':'));
  if (!option.starts_with("--")) return {};
  auto names_it = [&](const std::string& word) { return word == option || word.starts_with(option + '='); };
  if (std::ranges::any_of(words, names_it)) return {};
  std::string variable = environment_name(option.substr(2));
  if (!in_environment(variable.c_str()).empty()) return "; the value is from " + variable;
  if (not_run.config_file.empty()) return {};
  return "; the value is from " + not_run.config_file;
}

int print(const std::string& text) {
  if (std::cout << text << std::flush) return exit_ok;
  return fail("the output cannot be written");
}

int explain(const Command& program, const NotRun& not_run, const std::vector<std::string>& words) {
  using enum NotRun::Why;
  switch (not_run.why) {
    case asked_for_version:
      return print(version_text());
    case asked_for_help:
      return print(not_run.told);
    case unknown_words:
      return fail_on_unknown(along(program, not_run.chosen), not_run.unknown);
    case not_understood:
      break;
  }
  return fail_understanding(not_run.told + origin(not_run, words));
}

}  // namespace

int run(int argument_count, const char* const* arguments) {
  std::string level = "info";
  Command program = program_with(level);
  add_commands(program);
  CommandLine line = with_config_of_environment(argument_count, arguments);
  if (line.wrong_config) return fail(*line.wrong_config, exit_usage);
  auto path = parse(program, line.words);
  if (!path) return explain(program, path.error(), line.words);
  if (auto unknown = unknown_in_environment(program)) return fail(*unknown, exit_usage);
  start_logging(level_names.at(level));
  storage::raise_descriptor_limit();
  int code = along(program, *path).back()->run();
  // An export that a full disk cut short is no success.
  if (!std::cout.flush() && code == exit_ok) return fail("the output cannot be written");
  return code;
}

}  // namespace tenantry::api::cli
