// The versions of the program, the build and the libraries, a line for each.
#pragma once

#include <string>

namespace tenantry::api::cli {

std::string version_text();

}  // namespace tenantry::api::cli
