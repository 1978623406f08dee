// Each context's commands are for one kind of stream; anything else names a tenant that this stream is not.
#include "domain/kernel/platform.hpp"
#include "domain/tenancy/rules.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::projections {

std::optional<Refusal> admit_on_platform(Tables&, TenantId stream, const Value&) {
  if (stream == platform_id) return std::nullopt;
  return Refusal{&tenancy::refused.tenant_unknown, "id", "a tenant's stream takes no commands of the register"};
}

std::optional<Refusal> admit_open_tenant(Tables& tables, TenantId stream, const Value&) {
  return tenancy::admit(Table<tenancy::Tenant>(tables).find(stream));
}

}  // namespace tenantry::projections
