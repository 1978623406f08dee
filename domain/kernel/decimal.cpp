#include "domain/kernel/decimal.hpp"

namespace tenantry {
namespace {

constexpr std::size_t whole_digits_max = 9;

bool all_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string Decimal::text() const {
  std::int64_t magnitude = hundredths < 0 ? -hundredths : hundredths;
  std::string text = hundredths < 0 ? "-" : "";
  text += std::to_string(magnitude / 100);
  std::int64_t fraction = magnitude % 100;
  if (fraction == 0) return text;
  text += '.';
  text += static_cast<char>('0' + fraction / 10);
  if (fraction % 10 != 0) text += static_cast<char>('0' + fraction % 10);
  return text;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  auto dot = text.find('.');
  std::string_view whole = text.substr(0, dot);
  std::string_view fraction = dot == std::string_view::npos ? "" : text.substr(dot + 1);
  if (whole.empty() || whole.size() > whole_digits_max || !all_digits(whole) || !all_digits(fraction)) {
    return std::nullopt;
  }
  if (dot != std::string_view::npos && fraction.empty()) return std::nullopt;
  if (whole.size() > 1 && whole.starts_with('0')) return std::nullopt;
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  if (fraction.size() > 2) return std::nullopt;
  std::int64_t value = 0;
  for (char digit : whole) value = value * 10 + (digit - '0');
  value *= 100;
  if (!fraction.empty()) value += (fraction[0] - '0') * 10;
  if (fraction.size() == 2) value += fraction[1] - '0';
  return Decimal{negative ? -value : value};
}

}  // namespace tenantry
