#include "projections/rulebook.hpp"

#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/access/roles.hpp"
#include "domain/access/rules.hpp"
#include "domain/contexts.hpp"

namespace tenantry::access {

// Users are not counted in statistics; the rules count what they need themselves.
static void count(projections::Counting&, const User&, std::int64_t) {}
static void count(projections::Counting&, const AccessTotals&, std::int64_t) {}
static void count(projections::Counting&, const Application&, std::int64_t) {}
static void count(projections::Counting&, const ServiceKey&, std::int64_t) {}
static void count(projections::Counting&, const Credentials&, std::int64_t) {}

namespace {

// All of a role, so that what its holder may do with their own alone is not granted by one who may do less.
projections::Granting grants(const Value& command) {
  if (command.kind() == &kind_of<IssueServiceKey>) {
    return {permissions_in(command.get<IssueServiceKey>().permissions), "permissions"};
  }
  if (command.kind() != &kind_of<GrantRole>) return {};
  RolePermissions permissions = permissions_of(command.get<GrantRole>().role);
  return {permissions.anywhere | permissions.own, "role"};
}

projections::Rulebook made() {
  auto rulebook = projections::make_rulebook<Rows, Command, Event, Entities>(&projections::admit_open_tenant);
  rulebook.grants = &grants;
  return rulebook;
}

}  // namespace
}  // namespace tenantry::access

namespace tenantry::projections {

template <>
const Rulebook& rulebook_of<access::Context>() {
  static const Rulebook rulebook = access::made();
  return rulebook;
}

}  // namespace tenantry::projections
