#include "domain/roster/rules.hpp"

namespace tenantry::roster {

Decision decide(Rows& rows, const Command& command) {
  return std::visit([&](const auto& each) { return on(rows, each); }, command);
}

void apply(Rows& rows, const Event& event) {
  std::visit([&](const auto& each) { apply(rows, each); }, event);
}

}  // namespace tenantry::roster
