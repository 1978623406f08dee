#include "api/cli/config_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <sstream>

#include "api/http/text.hpp"

namespace tenantry::api::cli {
namespace {

bool has_option(const CLI::App& command, const std::string& name) {
  return command.get_option_no_throw("--" + name) != nullptr;
}

bool is_set_in_environment(const std::string& option) {
  return std::getenv(environment_name(option).c_str()) != nullptr;
}

bool is_section_mark(const CLI::ConfigItem& item) {
  return item.name == "++" || item.name == "--";
}

}  // namespace

std::string environment_name(const std::string& option) {
  std::string name = "TENANTRY_";
  for (char each : option) {
    bool is_lower = each >= 'a' && each <= 'z';
    name += each == '-' ? '_' : is_lower ? static_cast<char>(each - 'a' + 'A') : each;
  }
  return name;
}

// Throws CLI::ConfigError if no command has the key.
bool ConfigFile::is_for_chosen(const CLI::ConfigItem& item) const {
  auto commands = app_.get_subcommands([](const CLI::App*) { return true; });
  bool in_section = !item.parents.empty();
  bool is_known = false;
  bool is_chosen = false;
  for (const CLI::App* command : commands) {
    if (in_section && command->get_name() != item.parents.front()) continue;
    if (!has_option(*command, item.name) || item.parents.size() > 1) continue;
    is_known = true;
    is_chosen = is_chosen || app_.got_subcommand(command->get_name());
  }
  if (!is_known && !(has_option(app_, item.name) && !in_section)) {
    throw CLI::ConfigError("the configuration file has " + item.fullname() + ", which no command knows");
  }
  return is_chosen;
}

std::string ConfigFile::read(std::istream& input) const {
  std::string text{std::istreambuf_iterator<char>(input), {}};
  auto offset = http::not_utf8_at(text);
  if (!offset) return text;
  throw CLI::ConfigError("the configuration file " + app_.get_config_ptr()->as<std::string>() + " is not UTF-8: byte " +
                         std::to_string(*offset + 1) + " is not part of a character");
}

std::vector<CLI::ConfigItem> ConfigFile::from_config(std::istream& input) const {
  std::vector<CLI::ConfigItem> kept;
  auto chosen = app_.get_subcommands();
  std::istringstream text(read(input));
  for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(text)) {
    if (is_section_mark(item)) continue;
    if (item.inputs.empty() || item.inputs.front().empty()) {
      throw CLI::ConfigError("the configuration file gives " + item.fullname() + " no value");
    }
    bool is_for_this = is_for_chosen(item);
    bool in_section = !item.parents.empty();
    if (is_set_in_environment(item.name)) continue;
    if (is_for_this && !chosen.empty()) {
      item.parents = {chosen.front()->get_name()};
    } else if (!item.parents.empty() || !has_option(app_, item.name)) {
      continue;
    }
    // Sections come last in the file; what one says of its command is stronger than what stands above them all.
    if (in_section) std::erase_if(kept, [&](const CLI::ConfigItem& other) { return other.name == item.name; });
    kept.push_back(std::move(item));
  }
  return kept;
}

}  // namespace tenantry::api::cli
