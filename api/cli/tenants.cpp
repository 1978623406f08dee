#include "api/cli/tenants.hpp"

#include <algorithm>

#include "api/tenants/gate.hpp"
#include "api/tenants/registrations.hpp"
#include "domain/directory/events.hpp"
#include "events/answer_note.hpp"
#include "events/catalog/catalog.hpp"
#include "events/record.hpp"

namespace tenantry::api::cli {
namespace {

using directory::Registration;

constexpr std::size_t registrations_at_once = 500;
constexpr events::Partition platform_partition{events::Stream::platform, 0};

void sort_by_slug(std::vector<Registration>& tenants) {
  std::ranges::sort(tenants, {}, &Registration::slug);
}

std::expected<void, std::string> add_registration(std::string_view bytes, std::vector<Registration>& tenants) {
  if (events::is_answer_note(bytes)) return {};
  auto record = events::decode_record(bytes);
  if (!record) return std::unexpected(record.error().field + ' ' + record.error().detail);
  auto event = events::decode_event(record->attributes.type, record->data);
  if (!event) return std::unexpected(event.error().field + ' ' + event.error().detail);
  const auto* registered = event->get_if<directory::TenantRegistered>();
  if (registered == nullptr) return {};
  const auto& each = *registered;
  tenants.push_back({.id = directory::registration_of(each.tenant),
                     .tenant = each.tenant,
                     .slug = each.slug,
                     .partition = each.partition,
                     .name = each.name,
                     .timezone = each.timezone,
                     .metadata = each.metadata});
  return {};
}

}  // namespace

std::expected<std::vector<Registration>, std::string> all_tenants(Node& node) {
  projections::TenantReader platform = node.state().reader(Gate::platform());
  std::vector<Registration> tenants;
  for (std::string after;;) {
    auto page = list_registrations(platform, {registrations_at_once, after});
    if (!page) return std::unexpected(page.error().detail);
    std::ranges::move(page->items, std::back_inserter(tenants));
    if (page->next.empty()) break;
    after = std::move(page->next);
  }
  sort_by_slug(tenants);
  return tenants;
}

std::expected<std::vector<Registration>, std::string> all_tenants_in_log(events::Log& log) {
  std::vector<Registration> tenants;
  std::expected<void, std::string> added;
  auto read = log.read(platform_partition, 0, [&](events::Position position, std::string_view bytes) {
    added = add_registration(bytes, tenants);
    if (!added) added = std::unexpected("platform-0, position " + std::to_string(position) + ": " + added.error());
    return added.has_value();
  });
  if (!read) return std::unexpected(read.error().detail);
  if (!added) return std::unexpected(added.error());
  sort_by_slug(tenants);
  return tenants;
}

std::expected<Registration, std::string> tenant_named(const std::vector<Registration>& tenants,
                                                      const std::string& slug_or_id) {
  for (const Registration& each : tenants) {
    if (each.slug == slug_or_id || each.tenant.text() == slug_or_id) return each;
  }
  return std::unexpected("there is no tenant " + slug_or_id);
}

}  // namespace tenantry::api::cli
