// Permissions: what may be done in a tenant, or on the platform, in words that never change: tokens and keys have them
// as scopes.
//
// Every command and every route says which one it takes. Which roles have which: domain/access/roles.hpp. Plain values;
// any thread.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace tenantry {

enum class Permission : std::uint8_t {
  read_tenant,      // the tenant's own document and statistics
  read_roster,      // people, classes, enrolments and results
  manage_roster,    // the same, changed
  teach,            // assessments and results
  read_access,      // users and their roles
  manage_access,    // the same, changed
  read_events,      // the tenant's stream of events
  manage_tenants,   // creating, renaming, suspending and archiving tenants
  operate_service,  // the service itself: quarantine, cluster, metrics
  let_in,           // sessions and what is shown for them: the server itself alone, which has seen it
};

struct PermissionName {
  Permission permission;
  std::string_view name;
};

inline constexpr std::array permission_names{PermissionName{Permission::read_tenant, "tenant:read"},
                                             PermissionName{Permission::read_roster, "roster:read"},
                                             PermissionName{Permission::manage_roster, "roster:manage"},
                                             PermissionName{Permission::teach, "roster:teach"},
                                             PermissionName{Permission::read_access, "access:read"},
                                             PermissionName{Permission::manage_access, "access:manage"},
                                             PermissionName{Permission::read_events, "events:read"},
                                             PermissionName{Permission::manage_tenants, "tenants:manage"},
                                             PermissionName{Permission::operate_service, "service:operate"},
                                             PermissionName{Permission::let_in, "access:let-in"}};

constexpr std::string_view name_of(Permission permission) {
  for (const PermissionName& each : permission_names) {
    if (each.permission == permission) return each.name;
  }
  throw "a permission without a name";
}
constexpr std::optional<Permission> permission_named(std::string_view name) {
  for (const PermissionName& each : permission_names) {
    if (each.name == name) return each.permission;
  }
  return std::nullopt;
}

class PermissionSet {
 public:
  constexpr PermissionSet() = default;
  constexpr PermissionSet(std::initializer_list<Permission> permissions) {
    for (Permission each : permissions) bits_ |= bit(each);
  }
  static constexpr PermissionSet all() {
    PermissionSet set;
    for (const PermissionName& each : permission_names) set.bits_ |= bit(each.permission);
    return set;
  }

  constexpr bool contains(Permission permission) const { return (bits_ & bit(permission)) != 0; }
  constexpr bool includes(PermissionSet other) const { return (other.bits_ & ~bits_) == 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr int size() const { return std::popcount(bits_); }

  constexpr PermissionSet operator|(PermissionSet other) const { return PermissionSet(bits_ | other.bits_); }
  constexpr PermissionSet operator&(PermissionSet other) const { return PermissionSet(bits_ & other.bits_); }
  constexpr PermissionSet operator-(PermissionSet other) const { return PermissionSet(bits_ & ~other.bits_); }
  constexpr bool operator==(const PermissionSet&) const = default;

 private:
  constexpr explicit PermissionSet(std::uint64_t bits) : bits_(bits) {}
  static constexpr std::uint64_t bit(Permission permission) { return std::uint64_t{1} << static_cast<int>(permission); }

  std::uint64_t bits_ = 0;
};

}  // namespace tenantry
