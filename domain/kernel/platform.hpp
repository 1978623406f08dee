// The platform's own register of tenants keeps its events under a well-known id, as if it were a tenant.
// It is a valid UUIDv7 of the first moment of 1970, so no fresh id can equal it.
#pragma once

#include "domain/kernel/id.hpp"

namespace tenantry {

// 00000000-0000-7000-8000-000000000001
inline constexpr TenantId platform_id{Uuid{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}}};

}  // namespace tenantry
