// Reading a command line by what the commands say of themselves: the only place that sees CLI11.
//
// Everything is checked, and put where the options point to, before anything is opened: first what the command line
// says, then the environment, then the configuration file that --config names (config_file.hpp). Called before other
// threads are started.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "api/cli/command.hpp"

namespace tenantry::api::cli {

struct NotRun {
  enum class Why {
    asked_for_help,  // `told` is the help
    asked_for_version,
    unknown_words,   // `unknown` is not empty
    not_understood,  // `told` is a sentence, which begins with the option's name if it is about one: "--port: ..."
  };
  Why why;
  std::string told;
  std::vector<std::string> unknown;
  Path chosen;              // the command, as far as it was named
  std::string config_file;  // empty if there is none
};

// The path of the command that is to run.
std::expected<Path, NotRun> parse(const Command& program, const std::vector<std::string>& words);

// The help of the command at the path; there is one.
std::string help_of(const Command& program, const Path& path);

}  // namespace tenantry::api::cli
