// Scopes for tests: a stand-in for the gate, the only class that may make them.
// For test programs that do not link api/, whose gate has the same name.
#pragma once

#include "domain/kernel/tenant_scope.hpp"

namespace tenantry::api {
class Gate {
 public:
  static TenantScope scope(TenantId tenant, int partition = 0) { return {tenant, partition}; }
};
}  // namespace tenantry::api
