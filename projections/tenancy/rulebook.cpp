#include "projections/rulebook.hpp"

#include "domain/contexts.hpp"
#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/events.hpp"
#include "domain/tenancy/rules.hpp"

namespace tenantry::tenancy {

static void count(projections::Counting&, const Tenant&, std::int64_t) {}

namespace {

template <class... Commands>
TenantId tenant_named_by(const Value& command, const std::variant<Commands...>*) {
  TenantId named;
  ((command.kind() == &kind_of<Commands> && (named = command.get<Commands>().id, true)) || ...);
  return named;
}

// A tenant's own commands say themselves whether its standing allows them.
std::optional<Refusal> admit_of_tenant(Tables&, TenantId stream, const Value& command) {
  if (tenant_named_by(command, static_cast<const Command*>(nullptr)) == stream) return std::nullopt;
  return Refusal{&refused.tenant_unknown, "id", "the command names another tenant"};
}

}  // namespace
}  // namespace tenantry::tenancy

namespace tenantry::projections {

template <>
const Rulebook& rulebook_of<tenancy::Context>() {
  static const Rulebook rulebook =
      make_rulebook<tenancy::Rows, tenancy::Command, tenancy::Event, tenancy::Entities>(&tenancy::admit_of_tenant);
  return rulebook;
}

}  // namespace tenantry::projections
