// A scope cannot be made from a bare tenant id: only the gate makes scopes.
// EXPECT: is private within this context
#include "domain/kernel/tenant_scope.hpp"

tenantry::TenantId any_tenant();

void make_scope() {
  [[maybe_unused]] tenantry::TenantId tenant = any_tenant();
#ifdef FORBIDDEN
  tenantry::TenantScope scope(tenant, 0);
#endif
}
