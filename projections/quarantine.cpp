#include "projections/quarantine.hpp"

#include <stdexcept>
#include <utility>

#include "projections/keys.hpp"

namespace tenantry::projections {

std::string Quarantine::text() const {
  if (is_of_damage()) {
    return "the tables of tenant " + tenant.text() + " are damaged (" + reason +
           "); the next start, or `tenantry rebuild --tenant`, makes them anew from the log";
  }
  return "the tables of tenant " + tenant.text() + " stopped at event " + std::to_string(sequence) + " (" + type +
         ", log position " + std::to_string(position) + "): " + reason;
}

Quarantine damage_of(TenantId tenant, std::string reason) {
  return {.tenant = tenant, .position = 0, .sequence = 0, .type = {}, .reason = std::move(reason)};
}

std::string quarantine_row_key(TenantId tenant) {
  return "q" + std::string{tenant.value.view()};
}

std::string damage_row_key(TenantId tenant) {
  return "d" + std::string{tenant.value.view()};
}

std::string write_quarantine(const Quarantine& quarantine) {
  std::string row;
  append_number(row, quarantine.position);
  append_number(row, quarantine.sequence);
  append_number(row, quarantine.type.size());
  return row.append(quarantine.type).append(quarantine.reason);
}

Quarantine read_quarantine(std::string_view key, std::string_view row) {
  Quarantine quarantine{.tenant = {id_at_end(key)},
                        .position = read_number(row),
                        .sequence = read_number(row.substr(8)),
                        .type = {},
                        .reason = {}};
  std::uint64_t type_bytes = read_number(row.substr(16));
  if (row.size() - 24 < type_bytes) throw std::runtime_error("a quarantine row is cut short");
  quarantine.type = row.substr(24, type_bytes);
  quarantine.reason = row.substr(24 + type_bytes);
  return quarantine;
}

}  // namespace tenantry::projections
