// The second step of creating a tenant (tenants/tenant_creation.hpp) on the node that serves the tenant's partition:
// PUT /v1/tenants/{id}/creation there, in the name of who asked for the tenant. Does not block; `reply` is called once,
// from any thread.
#pragma once

#include "api/exchange/context.hpp"

namespace tenantry::api {

void create_at_owner(Context& context, const directory::Registration& registration, events::engine::Origin origin,
                     TenantCreation::Reply reply);

}  // namespace tenantry::api
