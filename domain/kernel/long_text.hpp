// LongText: a text of several lines, such as a description or a lesson, in UTF-8 with tabs and line ends; at most
// 256 KiB, or less where its field is declared so. It has no other control characters. normalised_long() (text.hpp) is
// how it is kept. Plain value; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace tenantry {

struct LongText {
  static constexpr std::uint32_t bytes_max = 256u << 10;

  std::string text;

  bool operator==(const LongText&) const = default;
};

}  // namespace tenantry
