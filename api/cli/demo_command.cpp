
#include "api/cli/checks.hpp"
#include "api/cli/commands.hpp"
#include "api/cli/data_folder.hpp"
#include "api/cli/demo_run.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/preflight.hpp"
#include "api/cli/signals.hpp"

namespace tenantry::api::cli {
namespace {

constexpr const char* footer =
    R"(The demo is the Open University Learning Analytics Dataset (Kuzilek, Hlosta, Zdrahal, Sci. Data 4:170171, 2017;
CC BY 4.0): seven modules as seven tenants, 32,593 registrations. It goes in through the product's own commands.
Loading it again adds nothing; an interrupted load is finished by loading again.

Examples:
  tenantry demo --data ./data
  tenantry demo --url http://127.0.0.1:8080     through the REST API of a running server)";

struct Settings {
  DataFolder folder;
  std::string url;
};

int run(const Settings& settings) {
  StopSignals signals;
  auto should_stop = [&signals] { return signals.arrived(); };
  if (!settings.url.empty()) return run_demo_over_http(settings.url, should_stop);
  if (auto who = in_use(settings.folder)) {
    return fail(*who +
                ". If that is a server, load through it: tenantry demo --url http://127.0.0.1:8080 (its address)");
  }
  NodeOptions options = node_options(settings.folder);
  if (auto why = obstacle(Work::writes, settings.folder)) return fail(*why);
  if (auto why = too_few_descriptors(Work::writes, options)) return fail(*why);
  auto node = open_node(std::move(options));
  if (!node) return fail(node.error());
  return run_demo(**node, should_stop);
}

}  // namespace

Command demo_command() {
  auto settings = std::make_shared<Settings>();
  Command command{
      .name = "demo", .about = "Load a real roster and hold its counts against the published ones", .footer = footer};
  add_data_setting(command, settings->folder.path);
  command.takes({.name = "url",
                 .value = &settings->url,
                 .about = "load through the server at this address instead",
                 .from = From::command_line,
                 .kind = "URL",
                 .wrong_in = wrong_in_url});
  command.run = [settings] { return run(*settings); };
  return command;
}

}  // namespace tenantry::api::cli
