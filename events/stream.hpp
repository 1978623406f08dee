// The two streams of the log. `platform` holds what belongs to no single tenant and has one partition; `tenants` holds
// the tenants' own events.
#pragma once

namespace tenantry::events {

enum class Stream { platform, tenants };

}  // namespace tenantry::events
