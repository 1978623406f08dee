// What happened to a tenant's access, complete. A published struct never changes; a new version stands beside it.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/access/entities.hpp"
#include "domain/kernel/subject.hpp"

namespace tenantry::access {

struct UserInvited {
  Id<User> id;
  std::string login;
  std::string name;

  bool operator==(const UserInvited&) const = default;
};

struct UserRenamed {
  Id<User> id;
  std::string name;

  bool operator==(const UserRenamed&) const = default;
};

struct UserActivated {
  Id<User> id;

  bool operator==(const UserActivated&) const = default;
};

struct UserLocked {
  Id<User> id;
  std::string reason;

  bool operator==(const UserLocked&) const = default;
};

struct UserUnlocked {
  Id<User> id;

  bool operator==(const UserUnlocked&) const = default;
};

// Takes all roles away, and everything that the user could show to be let in.
struct UserDeactivated {
  Id<User> id;
  std::string reason;

  bool operator==(const UserDeactivated&) const = default;
};

struct UserReinvited {
  Id<User> id;

  bool operator==(const UserReinvited&) const = default;
};

// Replaces the same role held otherwise.
struct RoleGranted {
  Id<User> id;
  Role role = Role::registrar;
  std::optional<Id<roster::Teacher>> teacher;
  std::optional<Id<roster::Student>> student;

  bool operator==(const RoleGranted&) const = default;
};

struct RoleRevoked {
  Id<User> id;
  Role role = Role::registrar;

  bool operator==(const RoleRevoked&) const = default;
};

struct ApplicationRegistered {
  Id<Application> id;
  std::string name;
  std::vector<RedirectUri> redirect_uris;

  bool operator==(const ApplicationRegistered&) const = default;
};

struct ApplicationWithdrawn {
  Id<Application> id;

  bool operator==(const ApplicationWithdrawn&) const = default;
};

struct ServiceKeyIssued {
  Id<ServiceKey> id;
  std::string name;
  std::vector<GrantedPermission> permissions;
  std::optional<Instant> expires_at;

  bool operator==(const ServiceKeyIssued&) const = default;
};

struct ServiceKeyRevoked {
  Id<ServiceKey> id;

  bool operator==(const ServiceKeyRevoked&) const = default;
};

// In place of the one before.
struct InvitationIssued {
  Id<User> id;
  Uuid invitation;
  Instant expires_at;

  bool operator==(const InvitationIssued&) const = default;
};

// Uses up the invitation, and ends all sessions.
struct PasswordSet {
  Id<User> id;
  Uuid password;

  bool operator==(const PasswordSet&) const = default;
};

struct SecondFactorAdded {
  Id<User> id;
  Uuid factor;
  std::uint64_t step = 0;

  bool operator==(const SecondFactorAdded&) const = default;
};

struct SecondFactorRemoved {
  Id<User> id;

  bool operator==(const SecondFactorRemoved&) const = default;
};

struct SessionStarted {
  Id<User> id;
  Uuid session;
  Id<Application> application;
  std::optional<std::uint64_t> step;  // of the second factor
  Instant started_at;
  Instant expires_at;

  bool operator==(const SessionStarted&) const = default;
};

struct SessionRefreshed {
  Id<User> id;
  Uuid session;
  std::uint64_t generation = 0;  // the new one

  bool operator==(const SessionRefreshed&) const = default;
};

struct SessionEnded {
  Id<User> id;
  Uuid session;
  SessionEnd reason = SessionEnd::logged_out;

  bool operator==(const SessionEnded&) const = default;
};

using Event = std::variant<UserInvited, UserRenamed, UserActivated, UserLocked, UserUnlocked, UserDeactivated,
                           UserReinvited, RoleGranted, RoleRevoked, ApplicationRegistered, ApplicationWithdrawn,
                           ServiceKeyIssued, ServiceKeyRevoked, InvitationIssued, PasswordSet, SecondFactorAdded,
                           SecondFactorRemoved, SessionStarted, SessionRefreshed, SessionEnded>;

template <class E>
Subject subject(const E& event) {
  return subject_of(event.id);
}

}  // namespace tenantry::access
