// The configuration file: the long options of the commands as keys, `port = 8080`, in TOML or INI.
//
// A key outside a section goes for every command that has such an option; one in [serve], or in [log.copy], for that
// command alone. A key that no command has or that a file cannot set (--config itself, and what belongs to one run), or
// a section of no command, is an error that names it, so that a slip does not pass unseen; so is a byte that is not
// UTF-8, or a control character, by its position. What the command line or the environment says is stronger: flags,
// then TENANTRY_… variables, then the file, then the defaults. The environment's precedence is made here, by leaving
// out of the file what a variable sets, since CLI11 would let the file win. A variable that is empty sets nothing.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/cli/command.hpp"

namespace tenantry::api::cli {

// "log-level" -> "TENANTRY_LOG_LEVEL"
std::string environment_name(const std::string& option);

// A setting's value in the environment; empty if it has none.
std::string in_environment(const char* name);

// The words of the command line, with TENANTRY_CONFIG as the flag that it stands for, so that both are read in the same
// way; the flag itself is stronger.
struct CommandLine {
  std::vector<std::string> words;           // without the program's name
  std::optional<std::string> wrong_config;  // a sentence, if no file is named where one should be, or an unreadable one
};
CommandLine with_config_of_environment(int argument_count, const char* const* arguments);

// A line of the file: a value's, or the beginning or end of a section.
struct ConfigEntry {
  bool is_section = false;
  Path section;  // empty outside one
  std::string name;
  std::vector<std::string> values;
};

// What is wrong with the bytes of the file at the path; nothing if all is well.
std::optional<std::string> wrong_in_config_text(std::string_view text, const std::string& path);

// Of the file's entries those that say something to the chosen command, in its section, or to the program, outside any;
// or a sentence that names an entry that is wrong.
std::expected<std::vector<ConfigEntry>, std::string> settings_for(const Command& program, const Path& chosen,
                                                                  std::vector<ConfigEntry> entries);

}  // namespace tenantry::api::cli
