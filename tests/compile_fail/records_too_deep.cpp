// A record may hold a record, and that one none.
// EXPECT: a record holds no records that hold records
#include "events/catalog/field.hpp"

using namespace tenantry;

struct Price {
  Decimal amount;
  bool operator==(const Price&) const = default;
};
struct Discount {
  Price price;
  bool operator==(const Discount&) const = default;
};
struct Line {
  Discount discount;
  bool operator==(const Line&) const = default;
};
struct Order {
  static constexpr std::string_view collection = "orders";
  std::vector<Discount> discounts;
  std::vector<Line> lines;
};

namespace tenantry::events {

template <>
struct Describe<Price> {
  static constexpr auto fields = std::array{field<&Price::amount>("amount", "how much")};
};
template <>
struct Describe<Discount> {
  static constexpr auto fields = std::array{field<&Discount::price>("price", "what is taken away")};
};
template <>
struct Describe<Line> {
  static constexpr auto fields = std::array{field<&Line::discount>("discount", "what is taken away")};
};

}  // namespace tenantry::events

constexpr auto discounts = events::field<&Order::discounts>("discounts", "all of them").at_most(3);
#ifdef FORBIDDEN
constexpr auto lines = events::field<&Order::lines>("lines", "what is ordered").at_most(3);
#endif
