// JSON numbers by their value, exactly: no binary fraction comes between.
//
// exact_number() reads a literal of RFC 8259 section 6 ("31.0", "-8.2e1"): its value is digits * 10^exponent, with
// neither zeros at the front nor at the end of `digits`, so that equal values are equal numbers; zero has no digits, no
// sign and exponent 0. An exponent beyond what an int64 holds is taken for its limit: no field comes near it.
// plain_digits() is the same value without an exponent ("31", "-82", "0.05"), nothing if that would take more than
// plain_digits_max digits. Pure functions; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry::events::json {

inline constexpr std::int64_t plain_digits_max = 40;

struct Number {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;

  bool operator==(const Number&) const = default;
};

// Nothing if the text is no such literal.
std::optional<Number> exact_number(std::string_view literal);
std::optional<std::string> plain_digits(const Number& number);

}  // namespace tenantry::events::json
