// Declaring options. A setting may come from the command line, from TENANTRY_{NAME} or from the configuration file; a
// choice belongs to one run and comes from the command line alone.
//
// No text may be empty: an empty value is mostly a variable that was not set, and a folder, a tenant or a name that is
// not said would be another one. Numbers take whole_number() (checks.hpp) as their check.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "api/cli/checks.hpp"
#include "api/cli/config_file.hpp"

namespace tenantry::api::cli {

template <class Value>
CLI::Option* add_checked_option(CLI::App& command, const std::string& name, Value& value, const std::string& about) {
  CLI::Option* option = command.add_option("--" + name, value, about);
  if constexpr (std::is_same_v<Value, std::string> || std::is_same_v<Value, std::vector<std::string>>) {
    option->check(check(wrong_in_text));
  }
  return option;
}

template <class Value>
CLI::Option* add_setting(CLI::App& command, const std::string& name, Value& value, const std::string& about) {
  return add_checked_option(command, name, value, about)->envname(environment_name(name));
}

inline CLI::Option* add_setting_flag(CLI::App& command, const std::string& name, bool& value,
                                     const std::string& about) {
  return command.add_flag("--" + name, value, about)->envname(environment_name(name));
}

template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& value, const std::string& about) {
  return add_checked_option(command, name, value, about)->configurable(false);
}

inline void add_data_setting(CLI::App& command, std::string& folder) {
  add_setting(command, "data", folder, "the data folder")->capture_default_str()->type_name("FOLDER");
}

}  // namespace tenantry::api::cli
