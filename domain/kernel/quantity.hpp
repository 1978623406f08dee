// Quantity: an exact number with six decimal places, for amounts of things in any unit (0.000250 kg of a grease,
// 1200 litres of coolant), where binary fractions would round.
//
// From -999999999999.999999 to 999999999999.999999: twelve whole digits. Text is the shortest JSON number ("2.5",
// "0.000001"). parse() reads a plain JSON number without exponent and refuses what lies outside or has more than six
// decimal places. What would come out of range is nothing: it neither wraps nor is cut. Plain value; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry {

struct Quantity {
  static constexpr std::int64_t whole_max = 999'999'999'999;
  static constexpr std::int64_t millionths_max = whole_max * 1'000'000 + 999'999;

  std::int64_t millionths = 0;

  auto operator<=>(const Quantity&) const = default;
  std::string text() const;

  // Of a whole number from -whole_max to whole_max.
  static constexpr Quantity whole(std::int64_t value) { return {value * 1'000'000}; }
  static std::optional<Quantity> parse(std::string_view text);
};

// Of quantities in their range; nothing if the outcome is not.
std::optional<Quantity> sum(Quantity one, Quantity other);
std::optional<Quantity> difference(Quantity one, Quantity other);
std::optional<Quantity> product(Quantity one, std::int64_t times);

}  // namespace tenantry
