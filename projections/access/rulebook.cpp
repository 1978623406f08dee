#include "projections/rulebook.hpp"

#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/access/rules.hpp"
#include "domain/contexts.hpp"

namespace tenantry::access {

// Users are not counted in statistics; the rules count what they need themselves.
static void count(projections::Counting&, const User&, std::int64_t) {}
static void count(projections::Counting&, const AccessTotals&, std::int64_t) {}

}  // namespace tenantry::access

namespace tenantry::projections {

template <>
const Rulebook& rulebook_of<access::Context>() {
  static const Rulebook rulebook =
      make_rulebook<access::Rows, access::Command, access::Event, access::Entities>(&admit_open_tenant);
  return rulebook;
}

}  // namespace tenantry::projections
