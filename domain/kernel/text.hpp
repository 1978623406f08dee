// What rules ask of texts. White space is space, tab, carriage return and line feed; other scripts' spaces are content.
// Pure functions; any thread. trimmed() is a view into its argument.
#pragma once

#include <string_view>

namespace tenantry {

inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white_space = " \t\r\n";
  auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

}  // namespace tenantry
