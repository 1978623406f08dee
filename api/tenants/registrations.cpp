#include "api/tenants/registrations.hpp"

#include "api/tenants/tables.hpp"
#include "domain/directory/entities.hpp"

namespace tenantry::api {

using directory::Registration;
using projections::TenantReader;

Checked<std::optional<Registration>> find_registration(const TenantReader& platform, std::string_view slug_or_id) {
  auto id = Uuid::parse(slug_or_id);
  if (!id) {
    auto holder = checked(platform.holder(unique_key<&Registration::slug>, slug_or_id));
    if (!holder) return std::unexpected(std::move(holder.error()));
    id = *holder;
  }
  if (!id) return std::nullopt;
  return checked(platform.read(Id<Registration>{*id}));
}

Checked<Registrations> list_registrations(const TenantReader& platform, const projections::PageOf& page) {
  return checked(platform.entities<Registration>(page));
}

}  // namespace tenantry::api
