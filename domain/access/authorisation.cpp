#include "domain/access/authorisation.hpp"

#include <algorithm>
#include <stdexcept>

#include "domain/access/refusals.hpp"
#include "domain/kernel/text.hpp"

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

// Two logins are the same whatever their case in ASCII; other letters have cases that depend on a language.
std::string login_of(std::string_view typed) {
  std::string login = normalised_key(typed);
  for (char& each : login) {
    if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
  }
  return login;
}

std::optional<Id<User>> user_with_login(Tables& tables, std::string_view login) {
  return UniqueIndex<&User::login>(tables).holder(login_of(login));
}

PermissionSet permissions_in(const std::vector<GrantedPermission>& granted) {
  PermissionSet set;
  for (const GrantedPermission& each : granted) set = set | PermissionSet{each.permission};
  return set;
}

const Session* session_of(Tables& tables, const Id<User>& user, const Uuid& session) {
  const Credentials* credentials = Table<Credentials>(tables).find(credentials_of(user));
  if (credentials == nullptr) return nullptr;
  auto found = std::ranges::find(credentials->sessions, session, &Session::id);
  return found == credentials->sessions.end() ? nullptr : &*found;
}

PermissionSet ceiling_of(const Principal& principal) {
  switch (principal.kind) {
    case Principal::Kind::unchecked:
    case Principal::Kind::system:
      return principal.scopes;
    case Principal::Kind::platform_operator:
      return of_operators & principal.scopes;
    case Principal::Kind::user:
    case Principal::Kind::service:
      return of_tenants & principal.scopes;
  }
  throw std::logic_error("a principal of a kind that there is not");
}

std::expected<Rights, Refusal> rights_of(Tables& tables, const Principal& principal) {
  PermissionSet ceiling = ceiling_of(principal);
  if (principal.kind == Principal::Kind::service) {
    const ServiceKey* key = Table<ServiceKey>(tables).find({principal.id});
    if (key == nullptr || key->status != ServiceKeyStatus::issued) return refuse(refused.access_ended, "");
    return Rights{.anywhere = permissions_in(key->permissions) & ceiling};
  }
  if (principal.kind != Principal::Kind::user) return Rights{.anywhere = ceiling};
  const User* user = Table<User>(tables).find({principal.id});
  if (user == nullptr || user->status != UserStatus::active) return refuse(refused.access_ended, "");
  if (principal.session && session_of(tables, user->id, *principal.session) == nullptr) {
    return refuse(refused.access_ended, "", "The session is over.");
  }
  return rights_of(*user).within(ceiling);
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
