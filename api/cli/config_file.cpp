#include "api/cli/config_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <set>
#include <sstream>

#include "api/cli/exit_code.hpp"
#include "api/cli/nearest.hpp"
#include "api/http/text.hpp"

namespace tenantry::api::cli {
namespace {

bool has_option(const CLI::App& command, const std::string& name) {
  const CLI::Option* option = command.get_option_no_throw("--" + name);
  return option != nullptr && option->get_configurable();
}

void add_settings(const CLI::App& command, std::vector<std::string>& names) {
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_configurable()) continue;
    for (const std::string& name : option->get_lnames()) names.push_back(name);
  }
}

std::string meant_by(const std::string& mistyped, const std::vector<std::string>& names) {
  auto meant = nearest(mistyped, names);
  return meant ? "; did you mean " + *meant + '?' : std::string{};
}

bool is_set_in_environment(const std::string& option) {
  return !in_environment(environment_name(option).c_str()).empty();
}

bool is_section_mark(const CLI::ConfigItem& item) {
  return item.name == "++" || item.name == "--";
}

// Those that TOML does not have in a file either.
bool is_control(char each) {
  auto byte = static_cast<unsigned char>(each);
  return (byte < 0x20 && each != '\t' && each != '\n' && each != '\r') || byte == 0x7f;
}

using Path = std::vector<std::string>;

// Of every command: serve, and copy in log.
void add_commands(const CLI::App& app, const Path& path, std::vector<std::pair<Path, const CLI::App*>>& commands) {
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    Path longer = path;
    longer.push_back(each->get_name());
    commands.emplace_back(longer, each);
    add_commands(*each, longer, commands);
  }
}

// CLI11 ends a value at a #, although it is quoted.
bool is_cut_short(const std::string& value) {
  bool opens = !value.empty() && (value.front() == '"' || value.front() == '\'');
  return opens && (value.size() == 1 || value.back() != value.front());
}

std::optional<std::string> why_unreadable(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return std::strerror(errno);
  char byte = 0;
  bool is_readable = ::read(descriptor, &byte, 1) >= 0 || errno == EAGAIN;
  int error = errno;
  ::close(descriptor);
  if (is_readable) return std::nullopt;
  return std::strerror(error);
}

// The last that the flag names; nothing if it is not given, or nothing follows it, which CLI11 refuses.
std::optional<std::string> config_flag(const std::vector<std::string>& words) {
  constexpr std::string_view flag = "--config", with_value = "--config=";
  std::optional<std::string> file;
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (words[index] == flag && index + 1 < words.size()) file = words[index + 1];
    if (words[index].starts_with(with_value)) file = words[index].substr(with_value.size());
  }
  return file;
}

}  // namespace

std::string in_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string{} : value;
}

CommandLine with_config_of_environment(int argument_count, const char* const* arguments) {
  CommandLine line{{arguments + std::min(argument_count, 1), arguments + argument_count}, {}};
  std::string origin = "--config";
  auto file = config_flag(line.words);
  if (std::string named = in_environment("TENANTRY_CONFIG"); !file && !named.empty()) {
    origin = "TENANTRY_CONFIG";
    file = named;
    line.words.insert(line.words.begin(), "--config=" + named);
  }
  if (!file) return line;
  if (file->empty()) {
    line.wrong_config = "--config: the value is empty";  // CLI11 would pass over it
  } else if (auto why = why_unreadable(*file)) {
    line.wrong_config = "the configuration file " + *file + ", which " + origin + " names, cannot be read: " + *why;
  }
  return line;
}

std::string environment_name(const std::string& option) {
  std::string name = "TENANTRY_";
  for (char each : option) {
    bool is_lower = each >= 'a' && each <= 'z';
    name += each == '-' ? '_' : is_lower ? static_cast<char>(each - 'a' + 'A') : each;
  }
  return name;
}

// The path of the chosen command if the item is for it. Throws CLI::ConfigError if no command has the key.
std::optional<std::vector<std::string>> ConfigFile::chosen_path(const CLI::ConfigItem& item) const {
  std::vector<std::pair<Path, const CLI::App*>> commands;
  add_commands(app_, {}, commands);
  bool in_section = !item.parents.empty();
  bool is_known = has_option(app_, item.name) && !in_section;
  std::optional<Path> chosen;
  for (const auto& [path, command] : commands) {
    if ((in_section && path != item.parents) || !has_option(*command, item.name)) continue;
    is_known = true;
    if (command->parsed()) chosen = path;
  }
  if (is_known) return chosen;
  refuse(item);
}

void ConfigFile::refuse(const CLI::ConfigItem& item) const {
  std::vector<std::pair<Path, const CLI::App*>> commands;
  if (item.parents.empty()) commands.emplace_back(Path{}, &app_);
  add_commands(app_, {}, commands);
  std::vector<std::string> names;
  std::string told = "the configuration file has " + item.fullname();
  for (const auto& [path, command] : commands) {
    if (!item.parents.empty() && path != item.parents) continue;
    if (command->get_option_no_throw("--" + item.name) != nullptr) {
      throw CLI::ConfigError(told + ", which cannot be set in a file");
    }
    add_settings(*command, names);
  }
  throw CLI::ConfigError(told + ", which no command knows" + meant_by(item.name, names));
}

void ConfigFile::check_section(const CLI::ConfigItem& mark) const {
  std::vector<std::pair<Path, const CLI::App*>> commands;
  add_commands(app_, {}, commands);
  auto is_of = [&](const auto& command) { return command.first == mark.parents; };
  if (mark.parents.empty() || std::ranges::any_of(commands, is_of)) return;
  std::vector<std::string> sections;
  for (const auto& [path, command] : commands) {
    if (!command->get_group().empty()) sections.push_back(CLI::detail::join(path, "."));
  }
  std::string section = CLI::detail::join(mark.parents, ".");
  throw CLI::ConfigError("the configuration file has a section [" + section + "], and there is no such command" +
                         meant_by(section, sections));
}

std::string ConfigFile::read(std::istream& input) const {
  std::string text{std::istreambuf_iterator<char>(input), {}};
  if (auto offset = http::not_utf8_at(text)) {
    throw CLI::ConfigError("the configuration file " + path() + " is not UTF-8: byte " + std::to_string(*offset + 1) +
                           " is not part of a character");
  }
  if (auto found = std::ranges::find_if(text, is_control); found != text.end()) {
    throw CLI::ConfigError("the configuration file " + path() + " holds a control character, " +
                           printable({&*found, 1}) + ", in byte " + std::to_string(found - text.begin() + 1));
  }
  return text;
}

std::vector<CLI::ConfigItem> ConfigFile::from_config(std::istream& input) const {
  std::vector<CLI::ConfigItem> kept;
  std::set<std::pair<Path, std::string>> seen;
  std::istringstream text(read(input));
  for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(text)) {
    if (is_section_mark(item)) {
      check_section(item);
      continue;
    }
    if (!seen.emplace(item.parents, item.name).second) {
      throw CLI::ConfigError("the configuration file gives " + item.fullname() + " in two places");
    }
    if (std::ranges::any_of(item.inputs, is_cut_short)) {
      throw CLI::ConfigError("the configuration file gives " + item.fullname() +
                             " a value whose quotation mark is not closed, or which holds a #");
    }
    if (item.inputs.empty() || item.inputs.front().empty()) {
      throw CLI::ConfigError("the configuration file gives " + item.fullname() + " no value");
    }
    auto chosen = chosen_path(item);
    bool in_section = !item.parents.empty();
    if (is_set_in_environment(item.name)) continue;
    if (chosen) {
      item.parents = *chosen;
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
