// What users show to be let in: invitations, passwords, codes, sessions.
#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/access/rules.hpp"
#include "tests/support/given.hpp"

namespace tenantry::access {
namespace {

using test::given;

const auto ada = test::id<User>(1);
const auto app = test::id<Application>(20);
const auto other_app = test::id<Application>(21);
const Instant later{1'000'000};
const Instant passed{0};

Uuid secret(std::uint8_t number) {
  return test::id<Application>(number).value;
}

const UserInvited ada_invited{.id = ada, .login = "ada@oak.example", .name = "Ada"};
const UserActivated ada_active{.id = ada};
const UserLocked ada_locked{.id = ada, .reason = "lost key"};
const UserUnlocked ada_unlocked{.id = ada};
const UserDeactivated ada_gone{.id = ada, .reason = "left"};
const UserReinvited ada_again{.id = ada};
const RoleGranted ada_administers{.id = ada, .role = Role::administrator, .teacher = {}, .student = {}};
const InvitationIssued ada_may_choose{.id = ada, .invitation = secret(30), .expires_at = later};
const PasswordSet ada_has_password{.id = ada, .password = secret(31)};
const ApplicationRegistered registered{
    .id = app, .name = "School app", .redirect_uris = {{"https://app.example/callback"}}};
const SecondFactorAdded ada_has_factor{.id = ada, .factor = secret(32), .step = 100};

const StartSession log_in{
    .id = ada, .session = secret(40), .application = app, .password = secret(31), .step = {}, .expires_at = later};
SessionStarted started(std::uint8_t session, std::optional<std::uint64_t> step = {}) {
  return {
      .id = ada, .session = secret(session), .application = app, .step = step, .started_at = {}, .expires_at = later};
}

test::Given at_home() {
  return given({ada_invited, ada_active, ada_has_password, registered});
}

}  // namespace

TEST_CASE("an invitation is good once, until it has expired, for a user who may still be let in") {
  const IssueInvitation issue{.id = ada, .invitation = secret(30), .expires_at = later};
  given({ada_invited}).when(issue).then({ada_may_choose});
  given({ada_invited, ada_active}).when(issue).then({ada_may_choose});
  given({}).when(issue).then_refused(refused.user_unknown, "id");
  given({ada_invited, ada_active, ada_locked}).when(issue).then_refused(refused.user_locked, "");
  given({ada_invited, ada_gone}).when(issue).then_refused(refused.user_deactivated, "");
  given({ada_invited})
      .when(IssueInvitation{.id = ada, .invitation = secret(30), .expires_at = passed})
      .then_refused(refused.expiry_past, "expiresAt");

  const AcceptInvitation accept{.id = ada, .invitation = secret(30), .password = secret(31)};
  auto tables = given({ada_invited, ada_may_choose}).when(accept).then({ada_active, ada_has_password});
  CHECK_FALSE(tables.at(credentials_of(ada)).invitation.has_value());
  given({ada_invited, ada_active, ada_may_choose}).when(accept).then({ada_has_password});
  auto second = accept;
  second.password = secret(33);
  given({ada_invited, ada_may_choose, ada_active, ada_has_password})
      .when(second)
      .then_refused(refused.invitation_ended, "invitationId");
  auto former = accept;
  former.invitation = secret(29);
  given({ada_invited, ada_may_choose}).when(former).then_refused(refused.invitation_ended, "invitationId");
  given({ada_invited}).when(accept).then_refused(refused.invitation_ended, "invitationId");
  given({ada_invited, InvitationIssued{.id = ada, .invitation = secret(30), .expires_at = passed}})
      .when(accept)
      .then_refused(refused.invitation_ended, "invitationId");
  given({ada_invited, ada_active, ada_may_choose, ada_locked}).when(accept).then_refused(refused.user_locked, "");
}

TEST_CASE("an operator invites an administrator who never chose a password, and nobody else") {
  const IssueFirstInvitation issue{.id = ada, .invitation = secret(30), .expires_at = later};
  given({ada_invited, ada_active, ada_administers}).when(issue).then({ada_may_choose});
  given({ada_invited, ada_active}).when(issue).then_refused(refused.not_administrator, "id");
  given({ada_invited}).when(issue).then_refused(refused.user_not_activated, "");
  given({ada_invited, ada_active, ada_administers, ada_has_password})
      .when(issue)
      .then_refused(refused.password_chosen, "id");
}

TEST_CASE("a password is changed by who knew the former one, and ends every session") {
  const ChangePassword change{.id = ada, .former = secret(31), .password = secret(34)};
  auto tables = at_home().also(started(40)).when(change).then({PasswordSet{.id = ada, .password = secret(34)}});
  CHECK(tables.at(credentials_of(ada)).sessions.empty());
  auto stale = change;
  stale.former = secret(30);
  at_home().when(stale).then_refused(refused.password_changed, "formerId");
}

TEST_CASE("a session starts with the present password, where an application still takes users") {
  auto tables = at_home().when(log_in).then({started(40)});
  CHECK(session_of(tables, ada, secret(40)) != nullptr);
  CHECK(session_of(tables, ada, secret(41)) == nullptr);
  auto stale = log_in;
  stale.password = secret(30);
  at_home().when(stale).then_refused(refused.password_changed, "passwordId");
  at_home().also(ApplicationWithdrawn{app}).when(log_in).then_refused(refused.application_withdrawn, "");
  at_home().also(ada_locked).when(log_in).then_refused(refused.user_locked, "");
  given({ada_invited, ada_active, registered}).when(log_in).then_refused(refused.password_changed, "passwordId");
  auto elsewhere = log_in;
  elsewhere.application = other_app;
  at_home().when(elsewhere).then_refused(refused.application_unknown, "applicationId");
  auto over = log_in;
  over.expires_at = passed;
  at_home().when(over).then_refused(refused.expiry_past, "expiresAt");
  at_home()
      .also(ApplicationRegistered{.id = other_app, .name = "Other", .redirect_uris = {{"https://b.example/"}}})
      .also(started(40))
      .when(elsewhere)
      .then_refused(refused.session_exists, "sessionId");
}

TEST_CASE("in every tenant users log in from a program on their own machine, which nobody registers") {
  auto here = log_in;
  here.application = own_machine_id;
  auto session = started(40);
  session.application = own_machine_id;
  given({ada_invited, ada_active, ada_has_password}).when(here).then({session});
  given({ada_invited, ada_active, ada_has_password, session})
      .when(RefreshSession{.id = ada, .session = secret(40), .generation = 0})
      .then_once({SessionRefreshed{.id = ada, .session = secret(40), .generation = 1}}, refused.refresh_reused);
  given({})
      .when(RegisterApplication{.id = own_machine_id, .name = "Mine", .redirect_uris = {{"https://a.example/"}}})
      .then_refused(refused.application_exists, "id");
  given({}).when(WithdrawApplication{own_machine_id}).then_refused(refused.application_unknown, "id");
}

TEST_CASE("a code is good once, and asked for from who has a second factor") {
  const AddSecondFactor add{.id = ada, .factor = secret(32), .step = 100};
  at_home().when(add).then({ada_has_factor});
  auto other = add;
  other.factor = secret(33);
  at_home().also(ada_has_factor).when(other).then_refused(refused.second_factor_exists, "");

  auto with_code = [](std::uint64_t step, std::uint8_t session) {
    auto command = log_in;
    command.step = step;
    command.session = secret(session);
    return command;
  };
  at_home().also(ada_has_factor).when(log_in).then_refused(refused.code_missing, "step");
  at_home().also(ada_has_factor).when(with_code(100, 40)).then_refused(refused.code_used, "step");
  auto tables = at_home().also(ada_has_factor).when(with_code(101, 40)).then({started(40, 101)});
  CHECK(tables.at(credentials_of(ada)).second_factor->step == 101);
  auto logged_in = at_home().also(ada_has_factor).also(started(40, 101));
  logged_in.when(with_code(101, 41)).then_refused(refused.code_used, "step");
  logged_in.when(with_code(102, 41)).then({started(41, 102)});
  logged_in.when(RemoveSecondFactor{ada}).then({SecondFactorRemoved{ada}});
  at_home().when(RemoveSecondFactor{ada}).then_holds(ada);
  at_home().when(with_code(7, 41)).then({started(41)});  // nothing was asked for
}

TEST_CASE("each generation of a refresh token is good once") {
  const RefreshSession refresh{.id = ada, .session = secret(40), .generation = 0};
  const SessionRefreshed refreshed{.id = ada, .session = secret(40), .generation = 1};
  at_home().also(started(40)).when(refresh).then_once({refreshed}, refused.refresh_reused);
  auto next = refresh;
  next.generation = 1;
  at_home().also(started(40)).when(next).then_refused(refused.refresh_reused, "generation");
  at_home()
      .also(started(40))
      .also(refreshed)
      .when(next)
      .then_once({SessionRefreshed{.id = ada, .session = secret(40), .generation = 2}}, refused.refresh_reused);
  at_home().when(refresh).then_refused(refused.session_ended, "sessionId");
  auto expired = started(40);
  expired.expires_at = passed;
  at_home().also(expired).when(refresh).then_refused(refused.session_ended, "sessionId");
  at_home()
      .also(started(40))
      .also(ApplicationWithdrawn{app})
      .when(refresh)
      .then_refused(refused.application_withdrawn, "");
  at_home().also(started(40)).also(ada_locked).when(refresh).then_refused(refused.user_locked, "");
}

TEST_CASE("sessions end one by one, all at once, with a new password, and with the user") {
  const SessionEnded reused{.id = ada, .session = secret(40), .reason = SessionEnd::reused};
  const EndSession end{.id = ada, .session = secret(40), .reason = SessionEnd::reused};
  auto two = at_home().also(started(40)).also(started(41));
  two.when(end).then({reused});
  two.when(EndSessions{ada})
      .then({SessionEnded{.id = ada, .session = secret(40), .reason = SessionEnd::ended},
             SessionEnded{.id = ada, .session = secret(41), .reason = SessionEnd::ended}});
  at_home().when(end).then_holds(ada);
  at_home().when(EndSessions{ada}).then_holds(ada);
  auto gone = two.also(ada_may_choose).when(DeactivateUser{ada, "left"}).then({ada_gone});
  CHECK(gone.at(credentials_of(ada)) ==
        Credentials{.id = credentials_of(ada), .password = {}, .second_factor = {}, .invitation = {}, .sessions = {}});
  // What was shown before counts for nothing when the user comes back.
  at_home()
      .also(ada_gone)
      .also(ada_again)
      .also(ada_active)
      .when(log_in)
      .then_refused(refused.password_changed, "passwordId");
}

TEST_CASE("a user has so many sessions, and the oldest makes room, an expired one before it") {
  auto full = at_home();
  for (std::uint8_t number = 0; number < sessions_max; ++number) full.also(started(50 + number));
  auto one_more = full;
  auto tables = one_more.when(log_in).then(
      {SessionEnded{.id = ada, .session = secret(50), .reason = SessionEnd::displaced}, started(40)});
  CHECK(tables.at(credentials_of(ada)).sessions.size() == sessions_max);

  auto with_expired = at_home();
  for (std::uint8_t number = 0; number < sessions_max; ++number) {
    auto session = started(50 + number);
    if (number == 3) session.expires_at = passed;
    with_expired.also(session);
  }
  with_expired.when(log_in).then(
      {SessionEnded{.id = ada, .session = secret(53), .reason = SessionEnd::displaced}, started(40)});
}

TEST_CASE("who was let in by the server may do something while the session goes on") {
  Principal by{.kind = Principal::Kind::user, .id = ada.value};
  by.session = secret(40);
  auto rights = [&](const test::Events& events) {
    auto tables = test::replayed(events);
    return rights_of(tables, by);
  };
  const SessionEnded over{.id = ada, .session = secret(40), .reason = SessionEnd::logged_out};
  test::Events here{ada_invited, ada_active, ada_administers, registered, ada_has_password, started(40)};
  CHECK(rights(here)->anywhere == of_tenants);
  here.push_back(over);
  CHECK(rights(here).error().type == &refused.access_ended);
  CHECK(rights({ada_invited, ada_active, ada_administers}).error().type == &refused.access_ended);
}

}  // namespace tenantry::access
