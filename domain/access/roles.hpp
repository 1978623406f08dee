// The table of roles: what who holds one may do anywhere in the tenant, and what with their own alone (a teacher's
// classes, a student's enrolments; which those are, each context says for its own entities). Pure; any thread.
#pragma once

#include "domain/access/entities.hpp"
#include "domain/kernel/permission.hpp"

namespace tenantry::access {

struct RolePermissions {
  PermissionSet anywhere = {};
  PermissionSet own = {};
};

inline constexpr PermissionSet of_tenants{Permission::read_tenant, Permission::read_roster, Permission::manage_roster,
                                          Permission::teach,       Permission::read_access, Permission::manage_access,
                                          Permission::read_events};
// Of what the server has seen to itself.
inline constexpr PermissionSet of_system{Permission::let_in};
inline constexpr PermissionSet of_operators = PermissionSet::all() - of_tenants - of_system;

constexpr RolePermissions permissions_of(Role role) {
  using enum Permission;
  switch (role) {
    case Role::administrator:
      return {.anywhere = of_tenants};
    case Role::registrar:
      return {.anywhere = {read_tenant, read_roster, manage_roster, teach}};
    case Role::teacher:
      return {.anywhere = {read_tenant}, .own = {read_roster, teach}};
    case Role::student:
      return {.anywhere = {read_tenant}, .own = {read_roster}};
    case Role::auditor:
      return {.anywhere = {read_events}};
  }
  throw "a role without permissions";
}

}  // namespace tenantry::access
