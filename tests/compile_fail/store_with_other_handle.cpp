// One tenant's store cannot be asked for another's rows: its methods take no tenant, scope or other store.
// EXPECT: no matching function for call to
#include "storage/tenant_store.hpp"

const tenantry::storage::TenantStore& store_of_one();
tenantry::TenantScope scope_of_another();

void read_other() {
  const auto& store = store_of_one();
  [[maybe_unused]] auto own = store.get("key");
  [[maybe_unused]] auto other = scope_of_another();
#ifdef FORBIDDEN
  auto stolen = store.get(other, "key");
#endif
}
