#include "api/tenants/registrations.hpp"

#include <stdexcept>

#include "api/tenants/tables.hpp"
#include "events/catalog/directory.hpp"

namespace tenantry::api {
namespace {

using directory::Registration;
constexpr char table = projections::table_of<Registration>;

Registration read_registration(std::string_view row) {
  auto registration = events::unpack<Registration>(projections::read_entity_row(row).packed);
  if (!registration) throw std::runtime_error("a registration " + registration.error().detail);
  return std::move(*registration);
}

}  // namespace

Checked<std::optional<Registration>> find_registration(const storage::TenantStore& platform,
                                                       std::string_view slug_or_id) {
  auto id = Uuid::parse(slug_or_id);
  if (!id) {
    auto holder = read_row(platform, projections::index_key(projections::Index::slug, slug_or_id));
    if (!holder) return std::unexpected(std::move(holder.error()));
    if (!*holder) return std::nullopt;
    id = projections::id_at_end(**holder);
  }
  auto row = read_row(platform, projections::entity_key(table, *id));
  if (!row) return std::unexpected(std::move(row.error()));
  if (!*row) return std::nullopt;
  return read_registration(**row);
}

Checked<std::vector<Registration>> list_registrations(const storage::TenantStore& platform, const Uuid& after,
                                                      std::size_t limit) {
  std::vector<Registration> found;
  std::string start_after = after.is_nil() ? "" : projections::entity_key(table, after);
  auto scanned = scan_rows(platform, projections::entity_prefix(table), start_after, limit,
                           [&](std::string_view, std::string_view row) {
                             found.push_back(read_registration(row));
                             return true;
                           });
  if (!scanned) return std::unexpected(std::move(scanned.error()));
  return found;
}

}  // namespace tenantry::api
