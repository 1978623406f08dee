// TenantScope: the right to touch one tenant's data.
//
// A scope is made by the gate alone, after it authenticated the caller and resolved the tenant; everything that
// reaches tenant data takes a scope, never a bare id. A scope is a plain value: copy it, pass it to any thread.
// It grants nothing by itself that the gate did not check when it made it, and it names exactly one tenant.
#pragma once

#include "domain/kernel/id.hpp"

namespace tenantry {

namespace api {
class Gate;
}

class TenantScope {
 public:
  TenantId tenant() const { return tenant_; }
  // The partition that holds the tenant, as recorded when it was created.
  int partition() const { return partition_; }

  bool operator==(const TenantScope&) const = default;

 private:
  friend class api::Gate;
  TenantScope(TenantId tenant, int partition) : tenant_(tenant), partition_(partition) {}

  TenantId tenant_;
  int partition_;
};

}  // namespace tenantry
