// Declaring options. A setting may come from the command line, from TENANTRY_{NAME} or from the configuration file; a
// choice belongs to one run and comes from the command line alone.
//
// No text may be empty: an empty value is mostly a variable that was not set, and a folder, a tenant or a name that is
// not said would be another one. Numbers have a range and are decimal, flags are true or false, wherever the value
// comes from.
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
  static_assert(std::is_same_v<Value, std::string> || std::is_same_v<Value, std::vector<std::string>>,
                "a number needs its range: add_number_setting() or add_number_choice()");
  return command.add_option("--" + name, value, about)->check(check(wrong_in_text));
}

template <class Number>
struct Range {
  Number least;
  Number most;
};

// `value` is a Number or an optional one.
template <class Value, class Number>
CLI::Option* add_number_option(CLI::App& command, const std::string& name, Value& value, Range<Number> range,
                               const std::string& about) {
  return command.add_option("--" + name, value, about)
      ->type_name("NUMBER")
      ->transform(whole_number(range.least, range.most));
}

template <class Value>
CLI::Option* add_setting(CLI::App& command, const std::string& name, Value& value, const std::string& about) {
  return add_checked_option(command, name, value, about)->envname(environment_name(name));
}

template <class Value, class Number>
CLI::Option* add_number_setting(CLI::App& command, const std::string& name, Value& value, Range<Number> range,
                                const std::string& about) {
  return add_number_option(command, name, value, range, about)->envname(environment_name(name));
}

inline CLI::Option* add_setting_flag(CLI::App& command, const std::string& name, bool& value,
                                     const std::string& about) {
  return command.add_flag("--" + name, value, about)->transform(truth())->envname(environment_name(name));
}

template <class Value>
CLI::Option* add_choice(CLI::App& command, const std::string& name, Value& value, const std::string& about) {
  return add_checked_option(command, name, value, about)->configurable(false);
}

template <class Value, class Number>
CLI::Option* add_number_choice(CLI::App& command, const std::string& name, Value& value, Range<Number> range,
                               const std::string& about) {
  return add_number_option(command, name, value, range, about)->configurable(false);
}

inline CLI::Option* add_choice_flag(CLI::App& command, const std::string& name, bool& value, const std::string& about) {
  return command.add_flag("--" + name, value, about)->transform(truth())->configurable(false);
}

inline void add_data_setting(CLI::App& command, std::string& folder) {
  add_setting(command, "data", folder, "the data folder")->capture_default_str()->type_name("FOLDER");
}

}  // namespace tenantry::api::cli
