// How the program ends, and the one way in which a command tells a person why it failed.
#pragma once

#include <string_view>

namespace tenantry::api::cli {

inline constexpr int exit_ok = 0;
inline constexpr int exit_failure = 1;
inline constexpr int exit_usage = 2;

// "tenantry: ..." on stderr; returns the code.
int fail(std::string_view why, int code = exit_failure);

}  // namespace tenantry::api::cli
