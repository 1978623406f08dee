#include "api/cli/environment.hpp"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "api/cli/config_file.hpp"
#include "api/cli/nearest.hpp"

extern "C" char** environ;

namespace tenantry::api::cli {
namespace {

constexpr std::string_view prefix = "TENANTRY_";

bool is_of_the_tree(std::string_view name) {
  return name.starts_with("TENANTRY_TEST_") || name.starts_with("TENANTRY_CHAOS_") || name == "TENANTRY_JOBS" ||
         name == "TENANTRY_KAFKA_JVM_OPTIONS" || name == "TENANTRY_UPDATE_DOCS";
}

void add_known(const Command& command, std::set<std::string>& known) {
  for (const Option& option : command.options) {
    if (is_setting(option)) known.insert(environment_name(option.name));
  }
  for (const Command& each : command.commands) add_known(each, known);
}

}  // namespace

std::optional<std::string> unknown_in_environment(const Command& program) {
  std::set<std::string> known{"TENANTRY_CONFIG"};
  add_known(program, known);
  for (char** variable = environ; *variable != nullptr; ++variable) {
    std::string_view text = *variable;
    std::string name{text.substr(0, text.find('='))};
    if (!name.starts_with(prefix) || is_of_the_tree(name) || known.contains(name)) continue;
    auto nearest = std::ranges::min_element(known, {}, [&](const std::string& each) { return distance(name, each); });
    return "the environment has " + name + ", which no command knows; the nearest is " + *nearest;
  }
  return std::nullopt;
}

}  // namespace tenantry::api::cli
