#include "projections/rulebook.hpp"

#include "domain/contexts.hpp"
#include "domain/facilities/commands.hpp"
#include "domain/facilities/events.hpp"
#include "domain/facilities/rules.hpp"

namespace tenantry::facilities {

// Rooms are not counted.
static void count(projections::Counting&, const Room&, std::int64_t) {}

}  // namespace tenantry::facilities

namespace tenantry::projections {

template <>
const Rulebook& rulebook_of<facilities::Context>() {
  static const Rulebook rulebook =
      make_rulebook<facilities::Rows, facilities::Command, facilities::Event, facilities::Entities>(&admit_open_tenant);
  return rulebook;
}

}  // namespace tenantry::projections
