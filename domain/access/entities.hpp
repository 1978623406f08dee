// Who may do what in a tenant: its users and the roles that they hold. Plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "domain/kernel/id.hpp"
#include "domain/roster/entities.hpp"

namespace tenantry::access {

enum class Role { administrator, registrar, teacher, student, auditor };

// A role that a user holds. A teacher or student holds it as one of the roster, whose own things are then theirs.
struct HeldRole {
  Role role = Role::registrar;
  std::optional<Id<roster::Teacher>> teacher;
  std::optional<Id<roster::Student>> student;

  bool operator==(const HeldRole&) const = default;
};

// Invited: may not do anything yet. Locked: until unlocked. Deactivated: until invited again.
enum class UserStatus { invited, active, locked, deactivated };

struct User {
  static constexpr std::string_view collection = "users";
  static constexpr bool is_person = true;
  Id<User> id;
  std::string login;
  std::string name;
  UserStatus status = UserStatus::invited;
  std::optional<std::string> status_reason;  // why locked or deactivated
  std::vector<HeldRole> roles;               // in the order of Role, each once

  bool operator==(const User&) const = default;
};

// What the rules of a tenant count. There is one, under access_totals_id.
struct AccessTotals {
  static constexpr std::string_view collection = "access-totals";
  Id<AccessTotals> id;
  std::uint64_t administrators = 0;  // that are active

  bool operator==(const AccessTotals&) const = default;
};

// 00000000-0000-7000-8000-000000000003, beside platform_id
inline constexpr Id<AccessTotals> access_totals_id{Uuid{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 3}}};

inline constexpr std::size_t roles_max = 5;

using Entities = std::tuple<User, AccessTotals>;

}  // namespace tenantry::access
