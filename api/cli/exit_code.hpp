// How the program ends, and the one way in which a command tells a person why it failed.
#pragma once

#include <string>
#include <string_view>

namespace tenantry::api::cli {

inline constexpr int exit_ok = 0;
inline constexpr int exit_failure = 1;
inline constexpr int exit_usage = 2;

// Control characters as \x1b, so that what somebody typed or wrote into a file neither ends a sentence nor commands a
// terminal.
std::string printable(std::string_view text);

// "tenantry: ..." on stderr, printable but for its line ends; returns the code.
int fail(std::string_view why, int code = exit_failure);

}  // namespace tenantry::api::cli
