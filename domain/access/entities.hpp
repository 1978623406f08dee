// Who may do what in a tenant: its users and the roles that they hold. Plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"
#include "domain/kernel/permission.hpp"
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

// A program of a tenant's choosing, in which its users log in (a public client of OAuth 2: it keeps no secret).
struct RedirectUri {
  std::string uri;

  bool operator==(const RedirectUri&) const = default;
};
enum class ApplicationStatus { registered, withdrawn };
struct Application {
  static constexpr std::string_view collection = "applications";
  Id<Application> id;
  std::string name;
  std::vector<RedirectUri> redirect_uris;  // where a browser may be sent with a code
  ApplicationStatus status = ApplicationStatus::registered;

  bool operator==(const Application&) const = default;
};
inline constexpr std::size_t redirect_uris_max = 10;

// 00000000-0000-7000-8000-000000000004: in every tenant there is one for programs on a person's own machine, which is
// where a browser is sent from it. So a first administrator can log in before any other has been registered.
inline constexpr Id<Application> own_machine_id{Uuid{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 4}}};
Application own_machine();

struct GrantedPermission {
  Permission permission = Permission::read_tenant;

  bool operator==(const GrantedPermission&) const = default;
};
inline constexpr std::size_t granted_permissions_max = 16;

// A key that a program shows for itself. Its id names the key's verifier in the vault.
enum class ServiceKeyStatus { issued, revoked };
struct ServiceKey {
  static constexpr std::string_view collection = "service-keys";
  Id<ServiceKey> id;
  std::string name;
  std::vector<GrantedPermission> permissions;
  std::optional<Instant> expires_at;
  ServiceKeyStatus status = ServiceKeyStatus::issued;

  bool operator==(const ServiceKey&) const = default;
};

// Why a session is over.
enum class SessionEnd {
  logged_out,
  ended,     // by an administrator
  reused,    // a refresh token was shown twice: one of the two who did has stolen it
  displaced  // by a later one; a user has so many at most
};

// Since a user logged in, until they log out. Its id names its secret in the vault; the refresh token of a generation
// is good once, and the next one comes from it.
struct Session {
  Uuid id;
  Id<Application> application;
  Instant started_at;
  Instant expires_at;
  std::uint64_t generation = 0;

  bool operator==(const Session&) const = default;
};
inline constexpr std::size_t sessions_max = 20;

struct SecondFactor {
  Uuid id;                 // of its seed in the vault
  std::uint64_t step = 0;  // the last one whose code was accepted (RFC 6238)

  bool operator==(const SecondFactor&) const = default;
};

struct Invitation {
  Uuid id;  // of its verifier in the vault
  Instant expires_at;

  bool operator==(const Invitation&) const = default;
};

// What a user shows to be let in, and where they are. The ids name secrets in the vault, which count only while they
// stand here.
struct Credentials {
  static constexpr std::string_view collection = "credentials";
  Id<Credentials> id;  // the user's
  std::optional<Uuid> password;
  std::optional<SecondFactor> second_factor;
  std::optional<Invitation> invitation;  // to choose a password
  std::vector<Session> sessions;         // in the order in which they started

  bool operator==(const Credentials&) const = default;
};

constexpr Id<Credentials> credentials_of(const Id<User>& user) {
  return {user.value};
}

using Entities = std::tuple<User, AccessTotals, Application, ServiceKey, Credentials>;

}  // namespace tenantry::access
