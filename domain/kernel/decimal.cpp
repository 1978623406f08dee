#include "domain/kernel/decimal.hpp"

#include "domain/kernel/fixed_point.hpp"

namespace tenantry {
namespace {

constexpr FixedPointFormat format{.whole_digits_max = 9, .decimal_places = 2};

}  // namespace

std::string Decimal::text() const {
  return fixed_point_text(hundredths, format);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  auto value = parse_fixed_point(text, format);
  if (!value) return std::nullopt;
  return Decimal{*value};
}

}  // namespace tenantry
