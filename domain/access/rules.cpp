#include "domain/access/rules.hpp"

#include <algorithm>
#include <stdexcept>

#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/contexts.hpp"
#include "domain/kernel/existing.hpp"
#include "domain/kernel/text.hpp"

namespace tenantry::access {
namespace {

template <class E>
Decision accept(E event) {
  return accept_one_of<Event>(std::move(event));
}

bool is_login(std::string_view login) {
  return !login.empty() && login.find(' ') == std::string_view::npos;
}

const HeldRole* held_role(const User& user, Role role) {
  auto found = std::ranges::find(user.roles, role, &HeldRole::role);
  return found == user.roles.end() ? nullptr : &*found;
}

bool is_active_administrator(const User& user) {
  return user.status == UserStatus::active && held_role(user, Role::administrator) != nullptr;
}

std::uint64_t active_administrators(Rows& rows) {
  const AccessTotals* totals = rows.totals.find(access_totals_id);
  return totals == nullptr ? 0 : totals->administrators;
}

// Nothing, if the user may stop being an active administrator, or is none.
std::optional<Refusal> check_not_last(Rows& rows, const User& user, std::string field) {
  if (!is_active_administrator(user) || active_administrators(rows) > 1) return std::nullopt;
  return refusal(refused.last_administrator, std::move(field));
}

// The user with its changes, and the totals that follow.
void put(Rows& rows, User changed) {
  const User* former = rows.users.find(changed.id);
  bool was = former != nullptr && is_active_administrator(*former);
  bool is = is_active_administrator(changed);
  if (is != was) {
    std::uint64_t before = active_administrators(rows);
    if (was && before == 0) throw std::runtime_error("an administrator goes who was not counted");
    rows.totals.put({.id = access_totals_id, .administrators = is ? before + 1 : before - 1});
  }
  rows.users.put(std::move(changed));
}

// `reason`: why locked or deactivated; no other status has one.
void put_status(Rows& rows, const Id<User>& id, UserStatus status, std::optional<std::string> reason = {}) {
  User changed = existing(rows.users, id);
  changed.status = status;
  changed.status_reason = std::move(reason);
  put(rows, std::move(changed));
}

// Of a role that is granted: it names whom its kind wants, and who exists.
std::optional<Refusal> check_person(Rows& rows, const GrantRole& command) {
  if (command.teacher.has_value() != (command.role == Role::teacher)) {
    return Refusal{&refused.role_person_unfit, "teacherId",
                   "The role teacher names a teacher, and no other role does."};
  }
  if (command.student.has_value() != (command.role == Role::student)) {
    return Refusal{&refused.role_person_unfit, "studentId",
                   "The role student names a student, and no other role does."};
  }
  if (command.teacher && rows.teachers.find(*command.teacher) == nullptr) {
    return refusal(refused.teacher_unknown, "teacherId");
  }
  if (command.student && rows.students.find(*command.student) == nullptr) {
    return refusal(refused.student_unknown, "studentId");
  }
  return std::nullopt;
}

Decision refuse_unknown() {
  return refuse(refused.user_unknown, "id");
}

// What holds already, for this reason or another one.
Decision on_stopped(const User& found, const std::string& reason) {
  if (found.status_reason != reason) return refuse(refused.reason_differs, "reason");
  return holds(found.id);
}

}  // namespace

template <>
Decision on(Rows& rows, const InviteUser& command) {
  std::string login = login_of(command.login);
  std::string name = normalised(command.name);
  if (!is_login(login)) return refuse(refused.login_malformed, "login");
  if (name.empty()) return refuse(refused.name_blank, "name");
  const User* found = rows.users.find(command.id);
  if (found != nullptr && found->login == login && found->name == name) return holds(found->id);
  if (found != nullptr) return refuse(refused.user_exists, "id");
  if (rows.logins.holder(login)) return refuse(refused.login_taken, "login");
  return accept(UserInvited{.id = command.id, .login = std::move(login), .name = std::move(name)});
}

// Who has the login already is appointed as who they are.
template <>
Decision on(Rows& rows, const AppointAdministrator& command) {
  std::string login = login_of(command.login);
  std::string name = normalised(command.name);
  if (!is_login(login)) return refuse(refused.login_malformed, "login");
  if (name.empty()) return refuse(refused.name_blank, "name");
  auto holder = rows.logins.holder(login);
  const User* found = rows.users.find(holder ? *holder : command.id);
  if (holder && is_active_administrator(*found)) return holds(*holder);
  if (active_administrators(rows) > 0) return refuse(refused.administrator_exists, "");
  if (!holder && found != nullptr) return refuse(refused.user_exists, "id");
  if (holder && found->status == UserStatus::locked) return refuse(refused.user_locked, "login");
  if (holder && found->status == UserStatus::deactivated) return refuse(refused.user_deactivated, "login");
  Id<User> id = holder ? *holder : command.id;
  std::vector<Event> events;
  if (!holder) events.push_back(UserInvited{.id = id, .login = std::move(login), .name = std::move(name)});
  if (!holder || found->status == UserStatus::invited) events.push_back(UserActivated{id});
  if (!holder || held_role(*found, Role::administrator) == nullptr) {
    events.push_back(RoleGranted{.id = id, .role = Role::administrator, .teacher = {}, .student = {}});
  }
  return accept_in_order(std::move(events));
}

template <>
Decision on(Rows& rows, const RenameUser& command) {
  const User* found = rows.users.find(command.id);
  if (found == nullptr) return refuse_unknown();
  std::string name = normalised(command.name);
  if (name.empty()) return refuse(refused.name_blank, "name");
  if (found->name == name) return holds(found->id);
  return accept(UserRenamed{.id = command.id, .name = std::move(name)});
}

template <>
Decision on(Rows& rows, const ActivateUser& command) {
  const User* found = rows.users.find(command.id);
  if (found == nullptr) return refuse_unknown();
  switch (found->status) {
    case UserStatus::invited:
      return accept(UserActivated{command.id});
    case UserStatus::active:
      return holds(found->id);
    case UserStatus::locked:
      return refuse(refused.user_locked, "");
    case UserStatus::deactivated:
      return refuse(refused.user_deactivated, "");
  }
  throw std::logic_error("a user has a status that there is not");
}

template <>
Decision on(Rows& rows, const LockUser& command) {
  const User* found = rows.users.find(command.id);
  if (found == nullptr) return refuse_unknown();
  std::string reason = normalised(command.reason);
  if (reason.empty()) return refuse(refused.reason_blank, "reason");
  if (found->status == UserStatus::locked) return on_stopped(*found, reason);
  if (found->status == UserStatus::invited) return refuse(refused.user_not_activated, "");
  if (found->status == UserStatus::deactivated) return refuse(refused.user_deactivated, "");
  if (auto problem = check_not_last(rows, *found, "id")) return std::unexpected(std::move(*problem));
  return accept(UserLocked{.id = command.id, .reason = std::move(reason)});
}

template <>
Decision on(Rows& rows, const UnlockUser& command) {
  const User* found = rows.users.find(command.id);
  if (found == nullptr) return refuse_unknown();
  if (found->status == UserStatus::active) return holds(found->id);
  if (found->status == UserStatus::invited) return refuse(refused.user_not_activated, "");
  if (found->status == UserStatus::deactivated) return refuse(refused.user_deactivated, "");
  return accept(UserUnlocked{command.id});
}

template <>
Decision on(Rows& rows, const DeactivateUser& command) {
  const User* found = rows.users.find(command.id);
  if (found == nullptr) return refuse_unknown();
  std::string reason = normalised(command.reason);
  if (reason.empty()) return refuse(refused.reason_blank, "reason");
  if (found->status == UserStatus::deactivated) return on_stopped(*found, reason);
  if (auto problem = check_not_last(rows, *found, "id")) return std::unexpected(std::move(*problem));
  return accept(UserDeactivated{.id = command.id, .reason = std::move(reason)});
}

template <>
Decision on(Rows& rows, const ReinviteUser& command) {
  const User* found = rows.users.find(command.id);
  if (found == nullptr) return refuse_unknown();
  if (found->status == UserStatus::invited) return holds(found->id);
  if (found->status == UserStatus::active) return refuse(refused.user_exists, "id", "The user is active.");
  if (found->status == UserStatus::locked) return refuse(refused.user_locked, "");
  return accept(UserReinvited{command.id});
}

template <>
Decision on(Rows& rows, const GrantRole& command) {
  const User* found = rows.users.find(command.id);
  if (found == nullptr) return refuse_unknown();
  if (found->status == UserStatus::deactivated) return refuse(refused.user_deactivated, "");
  if (auto problem = check_person(rows, command)) return std::unexpected(std::move(*problem));
  HeldRole wanted{.role = command.role, .teacher = command.teacher, .student = command.student};
  const HeldRole* held = held_role(*found, command.role);
  if (held != nullptr && *held == wanted) return holds(found->id);
  return accept(
      RoleGranted{.id = command.id, .role = wanted.role, .teacher = wanted.teacher, .student = wanted.student});
}

template <>
Decision on(Rows& rows, const RevokeRole& command) {
  const User* found = rows.users.find(command.id);
  if (found == nullptr) return refuse_unknown();
  if (held_role(*found, command.role) == nullptr) return holds(found->id);
  if (command.role == Role::administrator) {
    if (auto problem = check_not_last(rows, *found, "role")) return std::unexpected(std::move(*problem));
  }
  return accept(RoleRevoked{.id = command.id, .role = command.role});
}

template <>
void apply(Rows& rows, const UserInvited& event) {
  rows.users.insert({.id = event.id,
                     .login = event.login,
                     .name = event.name,
                     .status = UserStatus::invited,
                     .status_reason = {},
                     .roles = {}});
}

template <>
void apply(Rows& rows, const UserRenamed& event) {
  User changed = existing(rows.users, event.id);
  changed.name = event.name;
  put(rows, std::move(changed));
}

template <>
void apply(Rows& rows, const UserActivated& event) {
  put_status(rows, event.id, UserStatus::active);
}

template <>
void apply(Rows& rows, const UserLocked& event) {
  put_status(rows, event.id, UserStatus::locked, event.reason);
}

template <>
void apply(Rows& rows, const UserUnlocked& event) {
  put_status(rows, event.id, UserStatus::active);
}

template <>
void apply(Rows& rows, const UserDeactivated& event) {
  User changed = existing(rows.users, event.id);
  changed.status = UserStatus::deactivated;
  changed.status_reason = event.reason;
  changed.roles.clear();
  put(rows, std::move(changed));
  if (rows.credentials.find(credentials_of(event.id)) == nullptr) return;
  rows.credentials.put(
      {.id = credentials_of(event.id), .password = {}, .second_factor = {}, .invitation = {}, .sessions = {}});
}

template <>
void apply(Rows& rows, const UserReinvited& event) {
  put_status(rows, event.id, UserStatus::invited);
}

template <>
void apply(Rows& rows, const RoleGranted& event) {
  User changed = existing(rows.users, event.id);
  std::erase_if(changed.roles, [&](const HeldRole& held) { return held.role == event.role; });
  HeldRole granted{.role = event.role, .teacher = event.teacher, .student = event.student};
  changed.roles.insert(std::ranges::upper_bound(changed.roles, event.role, {}, &HeldRole::role), granted);
  put(rows, std::move(changed));
}

template <>
void apply(Rows& rows, const RoleRevoked& event) {
  User changed = existing(rows.users, event.id);
  std::erase_if(changed.roles, [&](const HeldRole& held) { return held.role == event.role; });
  put(rows, std::move(changed));
}

}  // namespace tenantry::access

namespace tenantry {

template <>
std::vector<RefusalType> refusals_of<access::Context>() {
  return refusal_types(access::refused);
}

}  // namespace tenantry
