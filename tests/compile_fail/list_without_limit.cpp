// How many items a list can have is declared with it.
// EXPECT: a list is declared at_most() so many items
#include "events/catalog/make_catalog.hpp"

using namespace tenantry;

struct Line {
  int count = 0;
  bool operator==(const Line&) const = default;
};
struct Order {
  static constexpr std::string_view collection = "orders";
  Id<Order> id;
  std::vector<Line> lines;
  bool operator==(const Order&) const = default;
};

template <>
struct events::Describe<Line> {
  static constexpr std::string_view name = "Line", about = "A line.";
  static constexpr auto fields = std::array{field<&Line::count>("count", "how many")};
};
template <>
struct events::Describe<Order> {
  static constexpr char table = 'o';
  static constexpr std::string_view name = "Order", about = "An order.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto lines = field<&Order::lines>("lines", "what is ordered");
#ifdef FORBIDDEN
  static constexpr auto fields = std::array{field<&Order::id>("id", "the order"), lines};
#else
  static constexpr auto fields = std::array{field<&Order::id>("id", "the order"), lines.at_most(100)};
#endif
};

auto make() {
  return events::make_entity_type<Order>("sales");
}
