// Decimal: an exact number with two decimal places, for scores and weights, where binary fractions would round.
//
// Text is the shortest JSON number ("78", "78.5", "0.25"). parse() reads a plain JSON number without exponent and
// refuses more than two decimal places or more than nine whole digits. Plain value; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry {

struct Decimal {
  static constexpr std::int64_t whole_max = 999'999'999;

  std::int64_t hundredths = 0;

  auto operator<=>(const Decimal&) const = default;
  std::string text() const;

  static Decimal whole(std::int64_t value) { return {value * 100}; }
  static std::optional<Decimal> parse(std::string_view text);
};

}  // namespace tenantry
