// What the program's commands are and what each takes, as data: the parser (parser.hpp) reads a command line by it, the
// configuration file, the environment and the suggestions for what was mistyped look names up in it.
//
// A setting may come from the command line, from TENANTRY_{NAME} or from the configuration file; a choice belongs to
// one run and comes from the command line alone. No text may be empty: an empty value is mostly a variable that was not
// set, and a folder, a tenant or a name that is not said would be another one. Numbers have a range and are decimal,
// flags are true or false, wherever the value comes from. Values are written where the options point to; whoever
// declares a command keeps them alive, mostly in what runs it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tenantry::api::cli {

struct Number {
  std::uint64_t least;
  std::uint64_t most;
  std::optional<std::uint64_t> present;    // what the value is if nothing is said
  std::function<void(std::uint64_t)> put;  // with a number of the range
};

// Of an integer or an optional one.
template <class Value>
Number number(Value& value, std::uint64_t least, std::uint64_t most) {
  Number made{least, most, {}, [&value](std::uint64_t given) { value = static_cast<Value>(given); }};
  if constexpr (requires { value.has_value(); }) {
    if (value) made.present = static_cast<std::uint64_t>(*value);
  } else {
    made.present = static_cast<std::uint64_t>(value);
  }
  return made;
}

enum class From { anywhere, command_line };

struct Option {
  std::string name;                                                            // "port" of --port
  std::variant<std::string*, std::vector<std::string>*, bool*, Number> value;  // several: may be given more than once
  std::string about{};
  From from = From::anywhere;
  std::string kind{};  // what help calls a value: "FOLDER"
  bool shows_default = false;
  bool is_required = false;
  bool is_positional = false;                             // a word without a name, of the command line alone
  std::string (*wrong_in)(const std::string&) = nullptr;  // the end of a sentence about the value, or nothing
  std::vector<std::string> one_of{};
  char delimiter = '\0';   // between several values in one word
  std::string excludes{};  // the option that cannot be given beside this one
};

struct Command {
  std::string name;
  std::string about{};
  std::string footer{};
  bool is_hidden = false;                  // not in help: for those who work on the product
  std::vector<Option> options{};           // in the order of the help
  std::vector<std::string> given{"help"};  // names of options that the parser adds of itself: help, version, config
  std::vector<Command> commands{};         // of which one must be named
  std::function<int()> run{};  // gives the exit code, once all values are in place; of a command without commands

  void takes(Option option) { options.push_back(std::move(option)); }
};

using Path = std::vector<std::string>;  // the names of commands: log, copy

inline bool is_setting(const Option& option) {
  return option.from == From::anywhere && !option.is_positional;
}

inline const Option* setting_named(const Command& command, const std::string& name) {
  auto found = std::ranges::find_if(command.options, [&](const Option& each) { return each.name == name; });
  return found != command.options.end() && is_setting(*found) ? &*found : nullptr;
}

// The names that follow two hyphens.
inline std::vector<std::string> option_names(const Command& command) {
  std::vector<std::string> names = command.given;
  for (const Option& option : command.options) {
    if (!option.is_positional) names.push_back(option.name);
  }
  return names;
}

inline bool has_option(const Command& command, const std::string& name) {
  return std::ranges::count(option_names(command), name) > 0;
}

inline const Command* command_named(const Command& command, const std::string& name) {
  auto found = std::ranges::find(command.commands, name, &Command::name);
  return found == command.commands.end() ? nullptr : &*found;
}

}  // namespace tenantry::api::cli
