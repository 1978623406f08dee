// What a tenant's access refuses, and why (domain/kernel/refusal.hpp).
#pragma once

#include "domain/kernel/refusal.hpp"

namespace tenantry::access {

struct Refusals {
  using enum RefusalKind;

  RefusalType user_unknown{"user-unknown", unknown, "There is no such user"};
  RefusalType teacher_unknown{"teacher-unknown", unknown, "There is no such teacher"};
  RefusalType student_unknown{"student-unknown", unknown, "There is no such student"};
  RefusalType user_exists{"user-exists", taken, "The user exists with other values"};
  RefusalType login_taken{"login-taken", taken, "Another user has the login"};
  // Blank: nothing to be seen.
  RefusalType login_malformed{"login-malformed", invalid, "The login is blank or has white space"};
  RefusalType name_blank{"name-blank", invalid, "The name is blank"};
  RefusalType reason_blank{"reason-blank", invalid, "The reason is blank"};
  RefusalType reason_differs{"user-reason-differs", conflict, "The user is locked or deactivated for another reason"};
  RefusalType user_not_activated{"user-not-activated", conflict, "The user has not been activated"};
  RefusalType user_locked{"user-locked", conflict, "The user is locked"};
  RefusalType user_deactivated{"user-deactivated", conflict, "The user is deactivated"};
  // A teacher's role names a teacher, a student's a student, every other nobody.
  RefusalType role_person_unfit{"role-person-unfit", invalid, "The role is held by another kind of person"};
  RefusalType last_administrator{"last-administrator", conflict, "A tenant keeps one active administrator"};
  RefusalType administrator_exists{"administrator-exists", conflict, "The tenant has an active administrator"};
  RefusalType application_unknown{"application-unknown", unknown, "There is no such application"};
  RefusalType application_exists{"application-exists", taken, "The application exists with other values"};
  RefusalType application_withdrawn{"application-withdrawn", conflict, "The application is withdrawn"};
  RefusalType redirect_uri_missing{"redirect-uri-missing", invalid, "An application has a redirect URI"};
  RefusalType redirect_uri_unfit{"redirect-uri-unfit", invalid, "No browser may be sent there with a code"};
  RefusalType service_key_unknown{"service-key-unknown", unknown, "There is no such key"};
  RefusalType service_key_exists{"service-key-exists", taken, "The key exists with other values"};
  RefusalType permissions_missing{"permissions-missing", invalid, "A key has a permission"};
  RefusalType permission_unfit{"permission-unfit", invalid, "No key has the permission"};
  RefusalType expiry_past{"expiry-past", invalid, "It would have expired already"};
  RefusalType invitation_ended{"invitation-ended", gone, "The invitation has been used, replaced or has expired"};
  RefusalType password_chosen{"password-chosen", conflict, "The user has chosen a password"};
  RefusalType not_administrator{"not-administrator", conflict, "The user is no active administrator"};
  RefusalType password_changed{"password-changed", conflict, "The password is another one by now"};
  RefusalType second_factor_exists{"second-factor-exists", conflict, "The user has a second factor"};
  RefusalType code_used{"code-used", conflict, "A code is good once"};
  RefusalType code_missing{"code-missing", conflict, "The user has a second factor"};
  RefusalType session_ended{"session-ended", gone, "The session is over"};
  RefusalType session_exists{"session-exists", taken, "There is such a session"};
  // Of a session that is going on: the one whose last token this is has another one by now.
  RefusalType refresh_reused{"refresh-reused", conflict, "The refresh token has been used"};
  // What the principal may not do. These do not judge the command.
  RefusalType access_ended{"access-ended", forbidden, "The user has no access any more"};
  RefusalType permission_missing{"permission-missing", forbidden, "The permission is missing"};
  RefusalType grant_beyond{"grant-beyond", forbidden, "Nobody grants what they may not do themselves"};
};

inline constexpr Refusals refused;

}  // namespace tenantry::access
