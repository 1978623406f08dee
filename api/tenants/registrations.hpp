// Reading the platform's register of tenants, through the platform's own store. Any thread; errors are problems.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "api/request/headers.hpp"
#include "domain/directory/entities.hpp"
#include "storage/tenant_store.hpp"

namespace tenantry::api {

// By slug, or by id in its text form.
Checked<std::optional<directory::Registration>> find_registration(const storage::TenantStore& platform,
                                                                  std::string_view slug_or_id);
// In order of their ids, at most `limit` after the one given (the start if nil).
Checked<std::vector<directory::Registration>> list_registrations(const storage::TenantStore& platform,
                                                                 const Uuid& after, std::size_t limit);

}  // namespace tenantry::api
