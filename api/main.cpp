#include <exception>

#include "api/cli/command_line.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/standard_streams.hpp"

int main(int argument_count, char** arguments) {
  tenantry::api::cli::provide_standard_streams();
  try {
    return tenantry::api::cli::run(argument_count, arguments);
  } catch (const std::exception& failure) {
    return tenantry::api::cli::fail(failure.what());
  }
}
