// What can be asked of a tenant's access. Plain values; texts have been checked for length, not for meaning.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/access/entities.hpp"

namespace tenantry::access {

struct InviteUser {
  Id<User> id;
  std::string login;
  std::string name;
};

// The first administrator of a tenant, or a new one where none is left: by an operator, who may do no more than that.
struct AppointAdministrator {
  Id<User> id;
  std::string login;
  std::string name;
};

struct RenameUser {
  Id<User> id;
  std::string name;
};

struct ActivateUser {
  Id<User> id;
};

struct LockUser {
  Id<User> id;
  std::string reason;
};

struct UnlockUser {
  Id<User> id;
};

struct DeactivateUser {
  Id<User> id;
  std::string reason;
};

// A deactivated user is invited again, without the roles of before.
struct ReinviteUser {
  Id<User> id;
};

struct GrantRole {
  Id<User> id;
  Role role = Role::registrar;
  std::optional<Id<roster::Teacher>> teacher;  // of the role teacher
  std::optional<Id<roster::Student>> student;  // of the role student
};

struct RevokeRole {
  Id<User> id;
  Role role = Role::registrar;
};

using Command = std::variant<InviteUser, AppointAdministrator, RenameUser, ActivateUser, LockUser, UnlockUser,
                             DeactivateUser, ReinviteUser, GrantRole, RevokeRole>;

}  // namespace tenantry::access
