// What the catalog knows of a tenant's access.
#include "events/catalog/catalog.hpp"

#include <array>

#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/contexts.hpp"
#include "events/catalog/make_catalog.hpp"

namespace tenantry::events {

template <>
struct Describe<access::Role> {
  static constexpr auto choices =
      std::array{choice(access::Role::administrator, "administrator"), choice(access::Role::registrar, "registrar"),
                 choice(access::Role::teacher, "teacher"), choice(access::Role::student, "student"),
                 choice(access::Role::auditor, "auditor")};
};

template <>
struct Describe<access::UserStatus> {
  static constexpr auto choices =
      std::array{choice(access::UserStatus::invited, "invited"), choice(access::UserStatus::active, "active"),
                 choice(access::UserStatus::locked, "locked"), choice(access::UserStatus::deactivated, "deactivated")};
};

template <>
struct Describe<access::HeldRole> {
  using T = access::HeldRole;
  static constexpr std::string_view name = "HeldRole";
  static constexpr std::string_view about = "A role that a user holds.";
  static constexpr auto fields =
      std::array{field<&T::role>("role", "the role"),
                 field<&T::teacher>("teacherId", "the teacher that the user is; of the role teacher alone"),
                 field<&T::student>("studentId", "the student that the user is; of the role student alone")};
};

template <>
struct Describe<access::User> {
  using T = access::User;
  static constexpr char table = 'u';
  static constexpr std::string_view name = "User";
  static constexpr std::string_view about = "Somebody who has access to the tenant, or had.";
  static constexpr Permission permission = Permission::read_access;
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the user"),
      field<&T::login>("login", "name to log in with, unique in the tenant whatever its case; often an e-mail address")
          .length(1, 254)
          .personal()
          .unique('u'),
      field<&T::name>("name", "name for people").length(1, 200).personal(),
      field<&T::status>("status", "whether the user may do what the roles allow").filtered('u'),
      field<&T::status_reason>("statusReason", "why the user was locked or deactivated").length(1, 500).personal(),
      field<&T::roles>("roles", "the roles that the user holds").at_most(access::roles_max)};
};

template <>
struct Describe<access::AccessTotals> {
  using T = access::AccessTotals;
  static constexpr char table = 'U';
  static constexpr std::string_view name = "AccessTotals";
  static constexpr std::string_view about = "What the rules of a tenant's access count.";
  static constexpr Permission permission = Permission::read_access;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the totals"),
                 field<&T::administrators>("administrators", "users that are active and hold the role administrator")};
};

template <>
struct Describe<access::InviteUser> {
  using T = access::InviteUser;
  using E = access::User;
  static constexpr std::string_view name = "InviteUser";
  static constexpr std::string_view about = "Invites a user, who may do nothing yet.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).generated(), field<&T::login>(like<&E::login>),
                                            field<&T::name>(like<&E::name>)};
};

template <>
struct Describe<access::AppointAdministrator> {
  using T = access::AppointAdministrator;
  using E = access::User;
  static constexpr std::string_view name = "AppointAdministrator";
  static constexpr std::string_view about =
      "Makes somebody an active administrator of a tenant that has none: its first one, or one in place of those lost.";
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr bool may_change_what_is_there = true;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).generated(), field<&T::login>(like<&E::login>),
                                            field<&T::name>(like<&E::name>)};
};

template <>
struct Describe<access::RenameUser> {
  using T = access::RenameUser;
  using E = access::User;
  static constexpr std::string_view name = "RenameUser";
  static constexpr std::string_view about = "Gives a user another name.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path(), field<&T::name>(like<&E::name>)};
};

template <>
struct Describe<access::ActivateUser> {
  using T = access::ActivateUser;
  using E = access::User;
  static constexpr std::string_view name = "ActivateUser";
  static constexpr std::string_view about = "Lets an invited user do what the roles allow.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<access::LockUser> {
  using T = access::LockUser;
  using E = access::User;
  static constexpr std::string_view name = "LockUser";
  static constexpr std::string_view about = "Locks a user out, until unlocked. The last active administrator stays.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path(),
                                            field<&T::reason>("reason", like<&E::status_reason>).described("why")};
};

template <>
struct Describe<access::UnlockUser> {
  using T = access::UnlockUser;
  using E = access::User;
  static constexpr std::string_view name = "UnlockUser";
  static constexpr std::string_view about = "Lets a locked user in again.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<access::DeactivateUser> {
  using T = access::DeactivateUser;
  using E = access::User;
  static constexpr std::string_view name = "DeactivateUser";
  static constexpr std::string_view about =
      "Takes all access and all roles from a user. The last active administrator stays.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path(),
                                            field<&T::reason>("reason", like<&E::status_reason>).described("why")};
};

template <>
struct Describe<access::ReinviteUser> {
  using T = access::ReinviteUser;
  using E = access::User;
  static constexpr std::string_view name = "ReinviteUser";
  static constexpr std::string_view about = "Invites a deactivated user again, without the roles of before.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<access::GrantRole> {
  using T = access::GrantRole;
  using E = access::User;
  static constexpr std::string_view name = "GrantRole";
  static constexpr std::string_view about =
      "Grants a role to a user. The same role held as another person is replaced. Nobody grants what they may not do "
      "themselves.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(), field<&T::role>("role", "the role"),
                 field<&T::teacher>("teacherId", "the teacher that the user is; of the role teacher alone"),
                 field<&T::student>("studentId", "the student that the user is; of the role student alone")};
};

template <>
struct Describe<access::RevokeRole> {
  using T = access::RevokeRole;
  using E = access::User;
  static constexpr std::string_view name = "RevokeRole";
  static constexpr std::string_view about = "Takes a role from a user. The last active administrator keeps it.";
  static constexpr Permission permission = Permission::manage_access;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(), field<&T::role>("role", "the role")};
};

template <>
struct Describe<access::UserInvited> {
  using T = access::UserInvited;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.user-invited";
  static constexpr std::string_view about = "A user was invited.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::login>(like<&E::login>), field<&T::name>(like<&E::name>)};
};

template <>
struct Describe<access::UserRenamed> {
  using T = access::UserRenamed;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.user-renamed";
  static constexpr std::string_view about = "A user was given another name.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::name>(like<&E::name>)};
};

template <>
struct Describe<access::UserActivated> {
  using T = access::UserActivated;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.user-activated";
  static constexpr std::string_view about = "An invited user was activated.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<access::UserLocked> {
  using T = access::UserLocked;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.user-locked";
  static constexpr std::string_view about = "A user was locked out.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::reason>("reason", like<&E::status_reason>).described("why")};
};

template <>
struct Describe<access::UserUnlocked> {
  using T = access::UserUnlocked;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.user-unlocked";
  static constexpr std::string_view about = "A locked user was let in again.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<access::UserDeactivated> {
  using T = access::UserDeactivated;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.user-deactivated";
  static constexpr std::string_view about = "A user lost all access and all roles.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::reason>("reason", like<&E::status_reason>).described("why")};
};

template <>
struct Describe<access::UserReinvited> {
  using T = access::UserReinvited;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.user-reinvited";
  static constexpr std::string_view about = "A deactivated user was invited again.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<access::RoleGranted> {
  using T = access::RoleGranted;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.role-granted";
  static constexpr std::string_view about = "A user was granted a role, in place of the same role held otherwise.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::role>("role", "the role"),
                 field<&T::teacher>("teacherId", "the teacher that the user is; of the role teacher alone"),
                 field<&T::student>("studentId", "the student that the user is; of the role student alone")};
};

template <>
struct Describe<access::RoleRevoked> {
  using T = access::RoleRevoked;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.role-revoked";
  static constexpr std::string_view about = "A role was taken from a user.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::role>("role", "the role")};
};

template <>
const Catalog& catalog_of<access::Context>() {
  static const Catalog catalog =
      make_catalog<access::Command, access::Event, access::Entities>("access", Stream::tenants);
  return catalog;
}

}  // namespace tenantry::events
