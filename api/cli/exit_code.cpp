#include "api/cli/exit_code.hpp"

#include <iostream>

namespace tenantry::api::cli {

int fail(std::string_view why, int code) {
  std::cout.flush();
  std::cerr << "tenantry: " << why << '\n';
  return code;
}

}  // namespace tenantry::api::cli
