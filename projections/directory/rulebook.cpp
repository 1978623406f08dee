#include "projections/rulebook.hpp"

#include "domain/contexts.hpp"
#include "domain/directory/commands.hpp"
#include "domain/directory/events.hpp"
#include "domain/directory/rules.hpp"

namespace tenantry::directory {

// Nothing is counted: the register keeps totals of its own, which its rules read.
static void count(projections::Counting&, const Registration&, std::int64_t) {}
static void count(projections::Counting&, const Totals&, std::int64_t) {}

}  // namespace tenantry::directory

namespace tenantry::projections {

template <>
const Rulebook& rulebook_of<directory::Context>() {
  static const Rulebook rulebook =
      make_rulebook<directory::Rows, directory::Command, directory::Event, directory::Entities>(&admit_on_platform);
  return rulebook;
}

}  // namespace tenantry::projections
