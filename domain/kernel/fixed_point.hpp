// Exact decimal numbers as integers of their last decimal place: what Decimal and Quantity have in common.
//
// fixed_point_text() writes the shortest JSON number without exponent ("78.5" of 7850 hundredths).
// parse_fixed_point() reads a plain JSON number without exponent; nothing if it is none, or has more whole digits or
// decimal places than the format, zeros at the end not counted. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry {

// Whole digits and decimal places are eighteen at most together, so that every number fits its integer.
struct FixedPointFormat {
  std::size_t whole_digits_max;
  std::size_t decimal_places;
};

std::string fixed_point_text(std::int64_t value, FixedPointFormat format);
std::optional<std::int64_t> parse_fixed_point(std::string_view text, FixedPointFormat format);

}  // namespace tenantry
