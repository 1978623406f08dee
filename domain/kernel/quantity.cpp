#include "domain/kernel/quantity.hpp"

#include "domain/kernel/fixed_point.hpp"

namespace tenantry {
namespace {

constexpr FixedPointFormat format{.whole_digits_max = 12, .decimal_places = 6};

std::optional<Quantity> in_range(std::int64_t millionths) {
  if (millionths < -Quantity::millionths_max || millionths > Quantity::millionths_max) return std::nullopt;
  return Quantity{millionths};
}

}  // namespace

std::string Quantity::text() const {
  return fixed_point_text(millionths, format);
}

std::optional<Quantity> Quantity::parse(std::string_view text) {
  auto value = parse_fixed_point(text, format);
  if (!value) return std::nullopt;
  return Quantity{*value};
}

// Twice the range still fits the integer.
std::optional<Quantity> sum(Quantity one, Quantity other) {
  return in_range(one.millionths + other.millionths);
}

std::optional<Quantity> difference(Quantity one, Quantity other) {
  return in_range(one.millionths - other.millionths);
}

std::optional<Quantity> product(Quantity one, std::int64_t times) {
  std::int64_t millionths = 0;
  if (__builtin_mul_overflow(one.millionths, times, &millionths)) return std::nullopt;
  return in_range(millionths);
}

}  // namespace tenantry
