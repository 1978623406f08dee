// Reading the platform's register of tenants, through the platform's own reader. Any thread; errors are problems.
#pragma once

#include <optional>
#include <string_view>

#include "api/request/headers.hpp"
#include "domain/directory/entities.hpp"
#include "projections/tenant_reader.hpp"

namespace tenantry::api {

// By slug, or by id in its text form.
Checked<std::optional<directory::Registration>> find_registration(const projections::TenantReader& platform,
                                                                  std::string_view slug_or_id);
// A page of them, in order of their ids. A place among them is also one among the tenants themselves.
using Registrations = projections::TenantReader::Entities<directory::Registration>;
Checked<Registrations> list_registrations(const projections::TenantReader& platform, const projections::PageOf& page);

}  // namespace tenantry::api
