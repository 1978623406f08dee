#include "domain/access/authorisation.hpp"

#include "domain/access/refusals.hpp"

namespace tenantry::access {
namespace {

template <class Record>
std::optional<Uuid> value_of(const std::optional<Id<Record>>& id) {
  if (!id) return std::nullopt;
  return id->value;
}

Rights rights_of(const User& user) {
  Rights rights;
  for (const HeldRole& held : user.roles) {
    RolePermissions permissions = permissions_of(held.role);
    rights.anywhere = rights.anywhere | permissions.anywhere;
    rights.own = rights.own | permissions.own;
    if (held.teacher) rights.person.teacher = value_of(held.teacher);
    if (held.student) rights.person.student = value_of(held.student);
  }
  return rights;
}

}  // namespace

std::expected<Rights, Refusal> rights_of(Tables& tables, const Principal& principal) {
  Rights rights{.anywhere = PermissionSet::all()};
  if (principal.kind == Principal::Kind::platform_operator) rights.anywhere = of_operators;
  if (principal.kind == Principal::Kind::user) {
    const User* user = Table<User>(tables).find({principal.id});
    if (user == nullptr || user->status != UserStatus::active) return refuse(refused.access_ended, "");
    rights = rights_of(*user);
  }
  rights.anywhere = rights.anywhere & principal.scopes;
  rights.own = rights.own & principal.scopes;
  return rights;
}

std::expected<bool, Refusal> is_allowed_anywhere(const Rights& rights, Permission permission) {
  if (rights.anywhere.contains(permission)) return true;
  if (rights.own.contains(permission)) return false;
  return std::unexpected(permission_missing(permission));
}

Refusal permission_missing(Permission permission) {
  return {&refused.permission_missing, "", "This takes the permission " + std::string{name_of(permission)} + '.'};
}

}  // namespace tenantry::access
