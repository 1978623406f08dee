#include "events/json/number.hpp"

#include <charconv>
#include <limits>

namespace tenantry::events::json {
namespace {

// Far from overflow when the number of digits is added; a text has at most a million.
constexpr std::int64_t exponent_limit = std::numeric_limits<std::int64_t>::max() / 4;

std::string_view take_digits(std::string_view& text) {
  std::size_t end = text.find_first_not_of("0123456789");
  std::string_view digits = text.substr(0, end);
  text.remove_prefix(digits.size());
  return digits;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// What follows the "e".
std::optional<std::int64_t> take_exponent(std::string_view& text) {
  bool negative = text.starts_with('-');
  take(text, "+-");
  std::string_view digits = take_digits(text);
  if (digits.empty()) return std::nullopt;
  std::int64_t value = 0;
  auto error = std::from_chars(digits.data(), digits.data() + digits.size(), value).ec;
  if (error != std::errc{} || value > exponent_limit) value = exponent_limit;
  return negative ? -value : value;
}

Number normalised(bool negative, std::string digits, std::int64_t exponent) {
  std::size_t last = digits.find_last_not_of('0');
  if (last == std::string::npos) return {};
  exponent += static_cast<std::int64_t>(digits.size() - last - 1);
  digits.resize(last + 1);
  digits.erase(0, digits.find_first_not_of('0'));
  return {negative, std::move(digits), exponent};
}

}  // namespace

std::optional<Number> exact_number(std::string_view literal) {
  bool negative = take(literal, "-");
  std::string_view whole = take_digits(literal);
  if (whole.empty() || (whole.size() > 1 && whole.starts_with('0'))) return std::nullopt;
  std::string digits{whole};
  std::int64_t exponent = 0;
  if (take(literal, ".")) {
    std::string_view fraction = take_digits(literal);
    if (fraction.empty()) return std::nullopt;
    digits += fraction;
    exponent = -static_cast<std::int64_t>(fraction.size());
  }
  if (take(literal, "eE")) {
    auto power = take_exponent(literal);
    if (!power) return std::nullopt;
    exponent += *power;
  }
  if (!literal.empty()) return std::nullopt;
  return normalised(negative, std::move(digits), exponent);
}

std::optional<std::string> plain_digits(const Number& number) {
  auto count = static_cast<std::int64_t>(number.digits.size());
  if (count == 0) return "0";
  if (count > plain_digits_max || number.exponent > plain_digits_max - count || number.exponent < -plain_digits_max) {
    return std::nullopt;
  }
  std::string text = number.digits;
  if (number.exponent >= 0) {
    text.append(static_cast<std::size_t>(number.exponent), '0');
  } else {
    auto places = static_cast<std::size_t>(-number.exponent);
    if (text.size() <= places) text.insert(0, places + 1 - text.size(), '0');
    text.insert(text.size() - places, 1, '.');
  }
  return number.negative ? '-' + text : text;
}

}  // namespace tenantry::events::json
