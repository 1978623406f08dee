// The commands of the program. Each add_…() declares one on the command line, with its help, and gives what runs it
// once the command line, the environment and the configuration file have been read; its result is the exit code.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace tenantry::api::cli {

struct Command {
  CLI::App* app = nullptr;
  std::function<int()> run;
};

Command add_serve(CLI::App& program);
Command add_demo(CLI::App& program);
Command add_rebuild(CLI::App& program);
Command add_digest(CLI::App& program);
Command add_events(CLI::App& program);
Command add_log_copy(CLI::App& program);
Command add_version(CLI::App& program);
Command add_help(CLI::App& program);
// Hidden: writes the generated documentation.
Command add_documentation(CLI::App& program);

}  // namespace tenantry::api::cli
