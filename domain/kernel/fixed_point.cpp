#include "domain/kernel/fixed_point.hpp"

namespace tenantry {
namespace {

bool all_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string fixed_point_text(std::int64_t value, FixedPointFormat format) {
  auto magnitude = static_cast<std::uint64_t>(value);
  std::string digits = std::to_string(value < 0 ? 0 - magnitude : magnitude);
  std::size_t places = format.decimal_places;
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::size_t whole = digits.size() - places;
  std::size_t last = digits.find_last_not_of('0');
  if (last == std::string::npos || last < whole) {
    digits.resize(whole);
  } else {
    digits.resize(last + 1);
    digits.insert(whole, 1, '.');
  }
  return value < 0 ? '-' + digits : digits;
}

std::optional<std::int64_t> parse_fixed_point(std::string_view text, FixedPointFormat format) {
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto dot = text.find('.');
  std::string_view whole = text.substr(0, dot);
  std::string_view fraction = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  if (whole.empty() || whole.size() > format.whole_digits_max || !all_digits(whole) || !all_digits(fraction)) {
    return std::nullopt;
  }
  if (dot != std::string_view::npos && fraction.empty()) return std::nullopt;
  if (whole.size() > 1 && whole.starts_with('0')) return std::nullopt;
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  if (fraction.size() > format.decimal_places) return std::nullopt;
  std::int64_t value = 0;
  for (char digit : whole) value = value * 10 + (digit - '0');
  for (std::size_t place = 0; place < format.decimal_places; ++place) {
    value = value * 10 + (place < fraction.size() ? fraction[place] - '0' : 0);
  }
  return negative ? -value : value;
}

}  // namespace tenantry
