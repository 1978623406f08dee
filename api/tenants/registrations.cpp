#include "api/tenants/registrations.hpp"

#include "api/tenants/tables.hpp"
#include "domain/directory/entities.hpp"
#include "projections/stored_types.hpp"

namespace tenantry::api {
namespace {

using directory::Registration;

char table() {
  return projections::table_of<Registration>();
}

}  // namespace

Checked<std::optional<Registration>> find_registration(const storage::TenantStore& platform,
                                                       std::string_view slug_or_id) {
  auto id = Uuid::parse(slug_or_id);
  if (!id) {
    auto holder =
        read_row(platform, projections::index_key(projections::letter_of(unique_key<&Registration::slug>), slug_or_id));
    if (!holder) return std::unexpected(std::move(holder.error()));
    if (!*holder) return std::nullopt;
    id = projections::id_at_end(**holder);
  }
  auto row = read_row(platform, projections::entity_key(table(), *id));
  if (!row) return std::unexpected(std::move(row.error()));
  if (!*row) return std::nullopt;
  return projections::read_entity<Registration>(**row);
}

Checked<std::vector<Registration>> list_registrations(const storage::TenantStore& platform, const Uuid& after,
                                                      std::size_t limit) {
  std::vector<Registration> found;
  std::string start_after = after.is_nil() ? "" : projections::entity_key(table(), after);
  auto scanned = scan_rows(platform, projections::entity_prefix(table()), start_after, limit,
                           [&](std::string_view, std::string_view row) {
                             found.push_back(projections::read_entity<Registration>(row));
                             return true;
                           });
  if (!scanned) return std::unexpected(std::move(scanned.error()));
  return found;
}

}  // namespace tenantry::api
