#include "api/cli/config_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <set>

#include "api/cli/exit_code.hpp"
#include "api/cli/nearest.hpp"
#include "api/http/text.hpp"

namespace tenantry::api::cli {
namespace {

std::string meant_by(const std::string& mistyped, const std::vector<std::string>& names) {
  auto meant = nearest(mistyped, names);
  return meant ? "; did you mean " + *meant + '?' : std::string{};
}

bool is_set_in_environment(const std::string& option) {
  return !in_environment(environment_name(option).c_str()).empty();
}

// Those that TOML does not have in a file either.
bool is_control(char each) {
  auto byte = static_cast<unsigned char>(each);
  return (byte < 0x20 && each != '\t' && each != '\n' && each != '\r') || byte == 0x7f;
}

struct Placed {
  Path path;
  const Command* command;
};

// Every command below: serve, and copy in log.
void add_commands(const Command& command, const Path& path, std::vector<Placed>& commands) {
  for (const Command& each : command.commands) {
    Path longer = path;
    longer.push_back(each.name);
    commands.push_back({longer, &each});
    add_commands(each, longer, commands);
  }
}

std::vector<Placed> commands_of(const Command& program) {
  std::vector<Placed> commands;
  add_commands(program, {}, commands);
  return commands;
}

std::string dotted(const Path& path) {
  std::string text;
  for (const std::string& each : path) text += (text.empty() ? "" : ".") + each;
  return text;
}

std::string full_name(const ConfigEntry& entry) {
  return entry.section.empty() ? entry.name : dotted(entry.section) + '.' + entry.name;
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

std::optional<std::string> wrong_in_config_text(std::string_view text, const std::string& path) {
  if (auto offset = http::not_utf8_at(text)) {
    return "the configuration file " + path + " is not UTF-8: byte " + std::to_string(*offset + 1) +
           " is not part of a character";
  }
  if (auto found = std::ranges::find_if(text, is_control); found != text.end()) {
    return "the configuration file " + path + " holds a control character, " + printable({&*found, 1}) + ", in byte " +
           std::to_string(found - text.begin() + 1);
  }
  return std::nullopt;
}

namespace {

std::string why_no_command_has(const Command& program, const ConfigEntry& entry) {
  std::vector<Placed> commands = commands_of(program);
  if (entry.section.empty()) commands.insert(commands.begin(), Placed{{}, &program});
  std::vector<std::string> names;
  std::string told = "the configuration file has " + full_name(entry);
  for (const auto& [path, command] : commands) {
    if (!entry.section.empty() && path != entry.section) continue;
    if (has_option(*command, entry.name)) return told + ", which cannot be set in a file";
    for (const Option& option : command->options) {
      if (is_setting(option)) names.push_back(option.name);
    }
  }
  return told + ", which no command knows" + meant_by(entry.name, names);
}

std::optional<std::string> wrong_in_section(const Command& program, const Path& section) {
  std::vector<Placed> commands = commands_of(program);
  if (section.empty() || std::ranges::count(commands, section, &Placed::path) > 0) return std::nullopt;
  std::vector<std::string> sections;
  for (const auto& [path, command] : commands) {
    if (!command->is_hidden) sections.push_back(dotted(path));
  }
  return "the configuration file has a section [" + dotted(section) + "], and there is no such command" +
         meant_by(dotted(section), sections);
}

std::optional<std::string> wrong_in_values(const ConfigEntry& entry) {
  if (std::ranges::any_of(entry.values, is_cut_short)) {
    return "the configuration file gives " + full_name(entry) +
           " a value whose quotation mark is not closed, or which holds a #";
  }
  if (entry.values.empty() || entry.values.front().empty()) {
    return "the configuration file gives " + full_name(entry) + " no value";
  }
  return std::nullopt;
}

// The path of the command that runs, or of the one that holds it, if the entry is for it. An error if none has the key.
std::expected<std::optional<Path>, std::string> addressee(const Command& program, const Path& chosen,
                                                          const ConfigEntry& entry) {
  bool in_section = !entry.section.empty();
  bool is_known = !in_section && setting_named(program, entry.name) != nullptr;
  std::optional<Path> found;
  for (const auto& [path, command] : commands_of(program)) {
    if ((in_section && path != entry.section) || setting_named(*command, entry.name) == nullptr) continue;
    is_known = true;
    bool runs = path.size() <= chosen.size() && std::equal(path.begin(), path.end(), chosen.begin());
    if (runs) found = path;
  }
  if (!is_known) return std::unexpected(why_no_command_has(program, entry));
  return found;
}

}  // namespace

std::expected<std::vector<ConfigEntry>, std::string> settings_for(const Command& program, const Path& chosen,
                                                                  std::vector<ConfigEntry> entries) {
  std::vector<ConfigEntry> kept;
  std::set<std::pair<Path, std::string>> seen;
  for (ConfigEntry& entry : entries) {
    if (entry.is_section) {
      if (auto wrong = wrong_in_section(program, entry.section)) return std::unexpected(*wrong);
      continue;
    }
    if (!seen.emplace(entry.section, entry.name).second) {
      return std::unexpected("the configuration file gives " + full_name(entry) + " in two places");
    }
    if (auto wrong = wrong_in_values(entry)) return std::unexpected(*wrong);
    auto command = addressee(program, chosen, entry);
    if (!command) return std::unexpected(command.error());
    if (is_set_in_environment(entry.name)) continue;
    bool in_section = !entry.section.empty();
    if (*command) {
      entry.section = **command;
    } else if (in_section || setting_named(program, entry.name) == nullptr) {
      continue;
    }
    // Sections come last in the file; what one says of its command is stronger than what stands above them all.
    if (in_section) std::erase_if(kept, [&](const ConfigEntry& other) { return other.name == entry.name; });
    kept.push_back(std::move(entry));
  }
  return kept;
}

}  // namespace tenantry::api::cli
