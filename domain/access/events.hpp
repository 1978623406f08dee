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

// Takes all roles away.
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

using Event = std::variant<UserInvited, UserRenamed, UserActivated, UserLocked, UserUnlocked, UserDeactivated,
                           UserReinvited, RoleGranted, RoleRevoked>;

template <class E>
Subject subject(const E& event) {
  return subject_of(event.id);
}

}  // namespace tenantry::access
