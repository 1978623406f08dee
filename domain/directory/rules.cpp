#include "domain/directory/rules.hpp"

#include <algorithm>
#include <array>

#include "domain/directory/commands.hpp"
#include "domain/directory/events.hpp"
#include "domain/kernel/platform.hpp"
#include "domain/kernel/text.hpp"
#include "domain/tenancy/time_zones.hpp"

namespace tenantry::directory {
namespace {

using Check = std::expected<void, Refusal>;

constexpr std::size_t slug_characters_min = 3;
constexpr std::size_t slug_characters_max = 63;  // of a DNS label, RFC 1035

// Names of hosts that the platform itself may want under its domain.
constexpr std::array<std::string_view, 7> reserved_slugs = {"www",  "api",       "admin", "platform",
                                                            "mail", "localhost", "static"};

// Whoever names a tenant may give either, and what parses as an id is taken for one.
bool looks_like_id(std::string_view slug) {
  return Uuid::parse(slug) || slug == Uuid{}.text();
}

bool is_slug_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character == '-';
}

Check check_slug(std::string_view slug) {
  bool well_formed = slug.size() >= slug_characters_min && slug.size() <= slug_characters_max &&
                     !slug.starts_with('-') && !slug.ends_with('-') && std::ranges::all_of(slug, is_slug_character);
  if (!well_formed) {
    return refuse(refused.slug_malformed, "slug",
                  "A slug has 3 to 63 characters of a-z, 0-9 and '-', and '-' is neither the first nor the last.");
  }
  if (std::ranges::find(reserved_slugs, slug) != reserved_slugs.end()) {
    return refuse(refused.slug_reserved, "slug", "The platform keeps this slug for itself.");
  }
  if (looks_like_id(slug)) {
    return refuse(refused.slug_like_id, "slug", "A slug does not look like an id: tenants are found by either.");
  }
  return {};
}

Check check_values(const TenantRegistered& wanted) {
  if (auto slug = check_slug(wanted.slug); !slug) return slug;
  if (wanted.name.empty()) return refuse(refused.name_blank, "name");
  if (!tenancy::is_time_zone(wanted.timezone)) return refuse(refused.timezone_unknown, "timezone");
  return {};
}

Registration registration(const TenantRegistered& event) {
  return {.id = registration_of(event.tenant),
          .tenant = event.tenant,
          .slug = event.slug,
          .partition = event.partition,
          .name = event.name,
          .timezone = event.timezone,
          .metadata = event.metadata};
}

// The partition is not the command's to say.
bool registered_alike(const Registration& found, const TenantRegistered& wanted) {
  Registration there = found;
  there.name = normalised(there.name);
  there.partition = wanted.partition;
  return there == registration(wanted);
}

std::uint64_t registrations_so_far(Rows& rows) {
  const Totals* totals = rows.totals.find(totals_id);
  return totals ? totals->registrations : 0;
}

}  // namespace

template <>
Decision on(Rows& rows, const RegisterTenant& command) {
  TenantRegistered wanted{.tenant = command.tenant,
                          .slug = command.slug,
                          .name = normalised(command.name),
                          .timezone = command.timezone,
                          .metadata = command.metadata,
                          .partition = 0};
  const Registration* found = rows.registrations.find(registration_of(command.tenant));
  if (found && registered_alike(*found, wanted)) return holds(found->id);
  if (auto values = check_values(wanted); !values) return std::unexpected(values.error());
  if (command.tenant == platform_id) {
    return refuse(refused.tenant_exists, "id", "The platform itself has this id.");
  }
  if (found) return refuse(refused.tenant_exists, "id", "The id is in use for a tenant with other values.");
  if (rows.slugs.holder(wanted.slug)) return refuse(refused.slug_taken, "slug", "Another tenant has this slug.");
  if (command.partitions < 1) {
    return refuse(refused.partitions_malformed, "partitions", "There is no partition to put the tenant in.");
  }
  wanted.partition = static_cast<int>(registrations_so_far(rows) % static_cast<std::uint64_t>(command.partitions));
  return accept_one_of<Event>(std::move(wanted));
}

template <>
void apply(Rows& rows, const TenantRegistered& event) {
  rows.totals.put({.id = totals_id, .registrations = registrations_so_far(rows) + 1});
  rows.registrations.insert(registration(event));
}

}  // namespace tenantry::directory
