// A tenant's store cannot be opened without a scope: a tenant id is not enough.
// EXPECT: no matching function for call to
#include "storage/tenant_store.hpp"

const tenantry::storage::Database& any_database();
tenantry::TenantId any_tenant();

void open_store() {
  [[maybe_unused]] const auto& database = any_database();
  [[maybe_unused]] tenantry::TenantId tenant = any_tenant();
#ifdef FORBIDDEN
  tenantry::storage::TenantStore store(database, tenant);
#endif
}
