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

struct RegisterApplication {
  Id<Application> id;
  std::string name;
  std::vector<RedirectUri> redirect_uris;
};

// Nobody logs in there any more, and who is logged in there is not any more when the session would be refreshed.
struct WithdrawApplication {
  Id<Application> id;
};

struct IssueServiceKey {
  Id<ServiceKey> id;
  std::string name;
  std::vector<GrantedPermission> permissions;
  std::optional<Instant> expires_at;
};

struct RevokeServiceKey {
  Id<ServiceKey> id;
};

// To choose a password, for the first time or in place of one that was forgotten.
struct IssueInvitation {
  Id<User> id;
  Uuid invitation;
  Instant expires_at;
};

// The same, by an operator, for an administrator who has never chosen one.
struct IssueFirstInvitation {
  Id<User> id;
  Uuid invitation;
  Instant expires_at;
};

// The server has seen the secret of the invitation; the password is in the vault.
struct AcceptInvitation {
  Id<User> id;
  Uuid invitation;
  Uuid password;
};

// The server has seen the former one.
struct ChangePassword {
  Id<User> id;
  Uuid former;
  Uuid password;
};

// The server has seen a code of the step, made with the seed that is in the vault.
struct AddSecondFactor {
  Id<User> id;
  Uuid factor;
  std::uint64_t step = 0;
};

struct RemoveSecondFactor {
  Id<User> id;
};

// The server has seen the password, and a code of the step if one was shown.
struct StartSession {
  Id<User> id;
  Uuid session;
  Id<Application> application;
  Uuid password;
  std::optional<std::uint64_t> step;
  Instant expires_at;
};

// The server has seen a token of the generation.
struct RefreshSession {
  Id<User> id;
  Uuid session;
  std::uint64_t generation = 0;
};

struct EndSession {
  Id<User> id;
  Uuid session;
  SessionEnd reason = SessionEnd::logged_out;
};

struct EndSessions {
  Id<User> id;
};

using Command =
    std::variant<InviteUser, AppointAdministrator, RenameUser, ActivateUser, LockUser, UnlockUser, DeactivateUser,
                 ReinviteUser, GrantRole, RevokeRole, RegisterApplication, WithdrawApplication, IssueServiceKey,
                 RevokeServiceKey, IssueInvitation, IssueFirstInvitation, AcceptInvitation, ChangePassword,
                 AddSecondFactor, RemoveSecondFactor, StartSession, RefreshSession, EndSession, EndSessions>;

}  // namespace tenantry::access
