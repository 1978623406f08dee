// The configuration file: the long options of the commands as keys, `port = 8080`, in TOML or INI.
//
// A key outside a section goes for every command that has such an option; one in [serve] for that command alone. A key
// that no command has is an error that names it, so that a slip does not pass unseen; so is a byte that is not UTF-8,
// by its position. What the command line or the environment says is stronger: flags, then TENANTRY_… variables, then
// the file, then the defaults. The environment's precedence is made here, by leaving out of the file what a variable
// sets, since CLI11 would let the file win.
#pragma once

#include <CLI/CLI.hpp>

namespace tenantry::api::cli {

// "log-level" -> "TENANTRY_LOG_LEVEL"
std::string environment_name(const std::string& option);

// Reads for the command that was chosen on the command line. The app outlives it.
class ConfigFile : public CLI::ConfigTOML {
 public:
  explicit ConfigFile(const CLI::App& app) : app_(app) {}
  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

 private:
  std::string read(std::istream& input) const;
  bool is_for_chosen(const CLI::ConfigItem& item) const;

  const CLI::App& app_;
};

}  // namespace tenantry::api::cli
