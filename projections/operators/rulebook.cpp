#include "projections/rulebook.hpp"

#include "domain/contexts.hpp"
#include "domain/operators/commands.hpp"
#include "domain/operators/events.hpp"
#include "domain/operators/rules.hpp"

namespace tenantry::operators {

static void count(projections::Counting&, const SigningKey&, std::int64_t) {}
static void count(projections::Counting&, const OperatorKey&, std::int64_t) {}

}  // namespace tenantry::operators

namespace tenantry::projections {

template <>
const Rulebook& rulebook_of<operators::Context>() {
  static const Rulebook rulebook =
      make_rulebook<operators::Rows, operators::Command, operators::Event, operators::Entities>(&admit_on_platform);
  return rulebook;
}

}  // namespace tenantry::projections
