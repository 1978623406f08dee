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
struct Describe<Permission> {
  static constexpr auto choices = [] {
    std::array<Choice<Permission>, permission_names.size()> made{};
    for (std::size_t place = 0; place < made.size(); ++place) {
      made[place] = {permission_names[place].permission, permission_names[place].name};
    }
    return made;
  }();
};

template <>
struct Describe<access::ApplicationStatus> {
  static constexpr auto choices = std::array{choice(access::ApplicationStatus::registered, "registered"),
                                             choice(access::ApplicationStatus::withdrawn, "withdrawn")};
};

template <>
struct Describe<access::ServiceKeyStatus> {
  static constexpr auto choices = std::array{choice(access::ServiceKeyStatus::issued, "issued"),
                                             choice(access::ServiceKeyStatus::revoked, "revoked")};
};

template <>
struct Describe<access::SessionEnd> {
  static constexpr auto choices =
      std::array{choice(access::SessionEnd::logged_out, "logged-out"), choice(access::SessionEnd::ended, "ended"),
                 choice(access::SessionEnd::reused, "reused"), choice(access::SessionEnd::displaced, "displaced")};
};

template <>
struct Describe<access::RedirectUri> {
  using T = access::RedirectUri;
  static constexpr std::string_view name = "RedirectUri";
  static constexpr std::string_view about = "Where a browser may be sent with a code.";
  static constexpr auto fields =
      std::array{field<&T::uri>("uri", "the URI, compared character by character").length(1, 500)};
};

template <>
struct Describe<access::GrantedPermission> {
  using T = access::GrantedPermission;
  static constexpr std::string_view name = "GrantedPermission";
  static constexpr std::string_view about = "A permission that is granted.";
  static constexpr auto fields = std::array{field<&T::permission>("permission", "the permission")};
};

template <>
struct Describe<access::Application> {
  using T = access::Application;
  static constexpr char table = 'A';
  static constexpr Permission permission = Permission::read_access;
  static constexpr std::string_view name = "Application";
  static constexpr std::string_view about = "A program in which the tenant's users log in; a public client of OAuth 2.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the application; its client_id"), field<&T::name>("name", "name for people").length(1, 200),
      field<&T::redirect_uris>("redirectUris", "where a browser may be sent with a code")
          .at_most(access::redirect_uris_max),
      field<&T::status>("status", "whether users can log in there")};
};

template <>
struct Describe<access::ServiceKey> {
  using T = access::ServiceKey;
  static constexpr char table = 'V';
  static constexpr Permission permission = Permission::read_access;
  static constexpr std::string_view name = "ServiceKey";
  static constexpr std::string_view about = "A key that a program shows for itself, without a user.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the key"), field<&T::name>("name", "name for people").length(1, 200),
      field<&T::permissions>("permissions", "what may be done with it").at_most(access::granted_permissions_max),
      field<&T::expires_at>("expiresAt", "from when on it is good no more; null: it does not expire"),
      field<&T::status>("status", "whether it is good")};
};

template <>
struct Describe<access::Session> {
  using T = access::Session;
  static constexpr std::string_view name = "Session";
  static constexpr std::string_view about = "Since a user logged in.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the session"), field<&T::application>("applicationId", "where"),
      field<&T::started_at>("startedAt", "since when"), field<&T::expires_at>("expiresAt", "until when at most"),
      field<&T::generation>("generation", "how often it was refreshed")};
};

template <>
struct Describe<access::SecondFactor> {
  using T = access::SecondFactor;
  static constexpr std::string_view name = "SecondFactor";
  static constexpr std::string_view about = "One-time codes by time.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the seed's name in the vault"),
                                            field<&T::step>("step", "the last step whose code was accepted")};
};

template <>
struct Describe<access::Invitation> {
  using T = access::Invitation;
  static constexpr std::string_view name = "Invitation";
  static constexpr std::string_view about = "What a password can be chosen with.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the verifier's name in the vault"),
                                            field<&T::expires_at>("expiresAt", "until when")};
};

template <>
struct Describe<access::Credentials> {
  using T = access::Credentials;
  static constexpr char table = 'Q';
  static constexpr Permission permission = Permission::read_access;
  static constexpr std::string_view name = "Credentials";
  static constexpr std::string_view about =
      "What a user shows to be let in, and the sessions that go on. Secrets are in the vault, under the ids that stand "
      "here.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the user"), field<&T::password>("passwordId", "the password's name in the vault"),
                 field<&T::second_factor>("secondFactor", "one-time codes, if they are asked for"),
                 field<&T::invitation>("invitation", "what a password can be chosen with"),
                 field<&T::sessions>("sessions", "in the order in which they started").at_most(access::sessions_max)};
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
struct Describe<access::RegisterApplication> {
  using T = access::RegisterApplication;
  using E = access::Application;
  static constexpr Permission permission = Permission::manage_access;
  static constexpr std::string_view name = "RegisterApplication";
  static constexpr std::string_view about = "Registers a program in which users log in.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).generated(), field<&T::name>(like<&E::name>),
                                            field<&T::redirect_uris>(like<&E::redirect_uris>)};
};

template <>
struct Describe<access::WithdrawApplication> {
  using T = access::WithdrawApplication;
  using E = access::Application;
  static constexpr Permission permission = Permission::manage_access;
  static constexpr std::string_view name = "WithdrawApplication";
  static constexpr std::string_view about =
      "Withdraws an application: nobody logs in there any more, and its sessions are not refreshed.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<access::IssueServiceKey> {
  using T = access::IssueServiceKey;
  using E = access::ServiceKey;
  static constexpr Permission permission = Permission::manage_access;
  static constexpr std::string_view name = "IssueServiceKey";
  static constexpr std::string_view about =
      "Issues a key for a program. The answer shows it once. Nobody grants what they may not do themselves.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_server(), field<&T::name>(like<&E::name>),
                 field<&T::permissions>(like<&E::permissions>), field<&T::expires_at>(like<&E::expires_at>)};
};

template <>
struct Describe<access::RevokeServiceKey> {
  using T = access::RevokeServiceKey;
  using E = access::ServiceKey;
  static constexpr Permission permission = Permission::manage_access;
  static constexpr std::string_view name = "RevokeServiceKey";
  static constexpr std::string_view about = "Revokes a key: it is good no more.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<access::IssueInvitation> {
  using T = access::IssueInvitation;
  using E = access::User;
  static constexpr Permission permission = Permission::manage_access;
  static constexpr std::string_view name = "IssueInvitation";
  static constexpr std::string_view about =
      "Makes what a user can choose a password with, for the first time or in place of one that was forgotten. The "
      "answer shows it once.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(),
                 field<&T::invitation>("invitationId", "the verifier's name in the vault").from_server(),
                 field<&T::expires_at>("expiresAt", "until when").from_server()};
};

template <>
struct Describe<access::IssueFirstInvitation> {
  using T = access::IssueFirstInvitation;
  using E = access::User;
  static constexpr Permission permission = Permission::manage_tenants;
  static constexpr std::string_view name = "IssueFirstInvitation";
  static constexpr std::string_view about = "The same, for an administrator who has never chosen a password.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(),
                 field<&T::invitation>("invitationId", "the verifier's name in the vault").from_server(),
                 field<&T::expires_at>("expiresAt", "until when").from_server()};
};

template <>
struct Describe<access::AcceptInvitation> {
  using T = access::AcceptInvitation;
  using E = access::User;
  static constexpr Permission permission = Permission::let_in;
  static constexpr std::string_view name = "AcceptInvitation";
  static constexpr std::string_view about =
      "Sets the password of a user who has shown an invitation, and activates who was invited.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_server(),
                 field<&T::invitation>("invitationId", "the verifier's name in the vault").from_server(),
                 field<&T::password>("passwordId", "the password's name in the vault").from_server()};
};

template <>
struct Describe<access::ChangePassword> {
  using T = access::ChangePassword;
  using E = access::User;
  static constexpr Permission permission = Permission::let_in;
  static constexpr std::string_view name = "ChangePassword";
  static constexpr std::string_view about = "Sets the password of a user who has shown the former one.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_server(),
                 field<&T::former>("formerId", "the former password's name in the vault").from_server(),
                 field<&T::password>("passwordId", "the password's name in the vault").from_server()};
};

template <>
struct Describe<access::AddSecondFactor> {
  using T = access::AddSecondFactor;
  using E = access::User;
  static constexpr Permission permission = Permission::let_in;
  static constexpr std::string_view name = "AddSecondFactor";
  static constexpr std::string_view about = "Asks a user for one-time codes from now on, who has shown one.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_server(),
                                            field<&T::factor>("factorId", "the seed's name in the vault").from_server(),
                                            field<&T::step>("step", "the step of the code").from_server()};
};

template <>
struct Describe<access::RemoveSecondFactor> {
  using T = access::RemoveSecondFactor;
  using E = access::User;
  static constexpr Permission permission = Permission::manage_access;
  static constexpr std::string_view name = "RemoveSecondFactor";
  static constexpr std::string_view about = "Asks a user for one-time codes no more.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<access::StartSession> {
  using T = access::StartSession;
  using E = access::User;
  static constexpr Permission permission = Permission::let_in;
  static constexpr std::string_view name = "StartSession";
  static constexpr std::string_view about =
      "Lets a user in who has shown the password, and a code where it is asked for.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_server(),
                 field<&T::session>("sessionId", "the session").from_server(),
                 field<&T::application>("applicationId", "where").from_server(),
                 field<&T::password>("passwordId", "the password's name in the vault").from_server(),
                 field<&T::step>("step", "the step of the code").from_server(),
                 field<&T::expires_at>("expiresAt", "until when at most").from_server()};
};

template <>
struct Describe<access::RefreshSession> {
  using T = access::RefreshSession;
  using E = access::User;
  static constexpr Permission permission = Permission::let_in;
  static constexpr std::string_view name = "RefreshSession";
  static constexpr std::string_view about = "Goes on with the session of a user who has shown its refresh token.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_server(),
                                            field<&T::session>("sessionId", "the session").from_server(),
                                            field<&T::generation>("generation", "of the token").from_server()};
};

template <>
struct Describe<access::EndSession> {
  using T = access::EndSession;
  using E = access::User;
  static constexpr Permission permission = Permission::let_in;
  static constexpr std::string_view name = "EndSession";
  static constexpr std::string_view about = "Ends a session.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_server(),
                                            field<&T::session>("sessionId", "the session").from_server(),
                                            field<&T::reason>("reason", "why").from_server()};
};

template <>
struct Describe<access::EndSessions> {
  using T = access::EndSessions;
  using E = access::User;
  static constexpr Permission permission = Permission::manage_access;
  static constexpr std::string_view name = "EndSessions";
  static constexpr std::string_view about = "Ends all sessions of a user.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
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
struct Describe<access::ApplicationRegistered> {
  using T = access::ApplicationRegistered;
  using E = access::Application;
  static constexpr std::string_view name = "tenantry.access.application-registered";
  static constexpr std::string_view about = "A program was registered in which users log in.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::name>(like<&E::name>),
                                            field<&T::redirect_uris>(like<&E::redirect_uris>)};
};

template <>
struct Describe<access::ApplicationWithdrawn> {
  using T = access::ApplicationWithdrawn;
  using E = access::Application;
  static constexpr std::string_view name = "tenantry.access.application-withdrawn";
  static constexpr std::string_view about = "An application was withdrawn.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<access::ServiceKeyIssued> {
  using T = access::ServiceKeyIssued;
  using E = access::ServiceKey;
  static constexpr std::string_view name = "tenantry.access.service-key-issued";
  static constexpr std::string_view about = "A key was issued for a program.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::name>(like<&E::name>),
                 field<&T::permissions>(like<&E::permissions>), field<&T::expires_at>(like<&E::expires_at>)};
};

template <>
struct Describe<access::ServiceKeyRevoked> {
  using T = access::ServiceKeyRevoked;
  using E = access::ServiceKey;
  static constexpr std::string_view name = "tenantry.access.service-key-revoked";
  static constexpr std::string_view about = "A key was revoked.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<access::InvitationIssued> {
  using T = access::InvitationIssued;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.invitation-issued";
  static constexpr std::string_view about =
      "A user was given what a password can be chosen with, in place of the one before.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::invitation>("invitationId", "the verifier's name in the vault"),
                 field<&T::expires_at>("expiresAt", "until when")};
};

template <>
struct Describe<access::PasswordSet> {
  using T = access::PasswordSet;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.password-set";
  static constexpr std::string_view about =
      "A user chose a password. The invitation is used up, and all sessions are over.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::password>("passwordId", "the password's name in the vault")};
};

template <>
struct Describe<access::SecondFactorAdded> {
  using T = access::SecondFactorAdded;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.second-factor-added";
  static constexpr std::string_view about = "A user is asked for one-time codes.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::factor>("factorId", "the seed's name in the vault"),
                 field<&T::step>("step", "the last step whose code was accepted")};
};

template <>
struct Describe<access::SecondFactorRemoved> {
  using T = access::SecondFactorRemoved;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.second-factor-removed";
  static constexpr std::string_view about = "A user is asked for one-time codes no more.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<access::SessionStarted> {
  using T = access::SessionStarted;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.session-started";
  static constexpr std::string_view about = "A user logged in.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>),
                                            field<&T::session>("sessionId", "the session"),
                                            field<&T::application>("applicationId", "where"),
                                            field<&T::step>("step", "the step of the code, where one was asked for"),
                                            field<&T::started_at>("startedAt", "since when"),
                                            field<&T::expires_at>("expiresAt", "until when at most")};
};

template <>
struct Describe<access::SessionRefreshed> {
  using T = access::SessionRefreshed;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.session-refreshed";
  static constexpr std::string_view about = "A session goes on.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::session>("sessionId", "the session"),
                                            field<&T::generation>("generation", "how often it was refreshed")};
};

template <>
struct Describe<access::SessionEnded> {
  using T = access::SessionEnded;
  using E = access::User;
  static constexpr std::string_view name = "tenantry.access.session-ended";
  static constexpr std::string_view about = "A session is over.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::session>("sessionId", "the session"),
                                            field<&T::reason>("reason", "why")};
};

template <>
const Catalog& catalog_of<access::Context>() {
  static const Catalog catalog =
      make_catalog<access::Command, access::Event, access::Entities>("access", Stream::tenants);
  return catalog;
}

}  // namespace tenantry::events
