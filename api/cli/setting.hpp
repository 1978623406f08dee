// Declaring options. A setting may come from the command line, from TENANTRY_{NAME} or from the configuration file; a
// choice belongs to one run and comes from the command line alone.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "api/cli/config_file.hpp"

namespace tenantry::api::cli {

template <class Value>
CLI::Option* add_setting(CLI::App& command, const std::string& name, Value& value, const std::string& about) {
  return command.add_option("--" + name, value, about)->envname(environment_name(name));
}

inline CLI::Option* add_setting_flag(CLI::App& command, const std::string& name, bool& value,
                                     const std::string& about) {
  return command.add_flag("--" + name, value, about)->envname(environment_name(name));
}

template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& value, const std::string& about) {
  return command.add_option("--" + name, value, about)->configurable(false);
}

inline void add_data_setting(CLI::App& command, std::string& folder) {
  add_setting(command, "data", folder, "the data folder")->capture_default_str()->type_name("FOLDER");
}

}  // namespace tenantry::api::cli
