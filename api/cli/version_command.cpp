#include <iostream>

#include "api/cli/commands.hpp"
#include "api/cli/exit_code.hpp"
#include "api/cli/version_text.hpp"

namespace tenantry::api::cli {

// The versions are those that the build was configured with (CMakeLists.txt).
std::string version_text() {
  return "tenantry " TENANTRY_VERSION
         "\n"
         "build     " TENANTRY_BUILD_TYPE ", g++ " __VERSION__
         "\n"
         "rocksdb   " TENANTRY_ROCKSDB_VERSION
         "\n"
         "pistache  " TENANTRY_PISTACHE_VERSION
         "\n"
         "openssl   " TENANTRY_OPENSSL_VERSION
         "\n"
         "zstd      " TENANTRY_ZSTD_VERSION
         "\n"
         "json      " TENANTRY_JSON_VERSION
         "\n"
         "spdlog    " TENANTRY_SPDLOG_VERSION
         "\n"
         "CLI11     " TENANTRY_CLI11_VERSION "\n";
}

Command version_command() {
  Command command{.name = "version", .about = "Print the versions of the program and its libraries"};
  command.run = [] {
    std::cout << version_text();
    return exit_ok;
  };
  return command;
}

}  // namespace tenantry::api::cli
