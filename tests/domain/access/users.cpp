// Users and their roles: who is invited, may do something, and no more.
#include <random>
#include <set>

#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/access/rules.hpp"
#include "domain/roster/events.hpp"
#include "domain/roster/rules.hpp"
#include "tests/support/given.hpp"

namespace tenantry::access {
namespace {

using test::given;

const auto ada = test::id<User>(1);
const auto ben = test::id<User>(2);
const auto teacher = test::id<roster::Teacher>(10);
const auto student = test::id<roster::Student>(11);

const InviteUser invite_ada{.id = ada, .login = "ada@oak.example", .name = "Ada"};
const UserInvited ada_invited{.id = ada, .login = "ada@oak.example", .name = "Ada"};
const UserActivated ada_active{.id = ada};
const RoleGranted ada_administers{.id = ada, .role = Role::administrator, .teacher = {}, .student = {}};
const UserInvited ben_invited{.id = ben, .login = "ben@oak.example", .name = "Ben"};
const UserActivated ben_active{.id = ben};
const RoleGranted ben_administers{.id = ben, .role = Role::administrator, .teacher = {}, .student = {}};
const UserLocked ada_locked{.id = ada, .reason = "lost key"};
const UserDeactivated ada_gone{.id = ada, .reason = "left"};
const roster::TeacherRegistered hired{
    .id = teacher, .number = "T1", .given_name = "Ada", .family_name = {}, .email = {}};
const roster::StudentRegistered registered{
    .id = student, .number = "S1", .given_name = "Ben", .family_name = {}, .email = {}};

Principal principal(const Id<User>& id) {
  return {.kind = Principal::Kind::user, .id = id.value};
}

}  // namespace

TEST_CASE("a user is invited under a login of their own, whatever its case") {
  auto tables = given({}).when(invite_ada).then({ada_invited});
  CHECK(tables.at(ada).status == UserStatus::invited);
  auto typed = invite_ada;
  typed.login = "  ADA@Oak.example ";
  given({}).when(typed).then({ada_invited});
  given({ada_invited}).when(typed).then_holds(ada);
  typed.id = ben;
  given({ada_invited}).when(typed).then_refused(refused.login_taken, "login");
  given({ada_invited, ada_gone}).when(typed).then_refused(refused.login_taken, "login");
  typed = invite_ada;
  typed.name = "Adele";
  given({ada_invited}).when(typed).then_refused(refused.user_exists, "id");
  for (const char* blank : {"", " ", "\u3000", "a b", "a\u00a0b"}) {
    typed.login = blank;
    given({}).when(typed).then_refused(refused.login_malformed, "login");
  }
  typed = invite_ada;
  typed.name = "\u200b";
  given({}).when(typed).then_refused(refused.name_blank, "name");
}

TEST_CASE("a user is renamed") {
  given({ada_invited}).when(RenameUser{ada, " Adele "}).then({UserRenamed{ada, "Adele"}});
  given({ada_invited}).when(RenameUser{ada, "Ada"}).then_holds(ada);
  given({ada_invited}).when(RenameUser{ada, " "}).then_refused(refused.name_blank, "name");
  given({}).when(RenameUser{ada, "Adele"}).then_refused(refused.user_unknown, "id");
}

TEST_CASE("a user goes from status to status as the drawing says, and no other way") {
  given({ada_invited}).when(ActivateUser{ada}).then({ada_active});
  given({ada_invited, ada_active}).when(ActivateUser{ada}).then_holds(ada);
  given({ada_invited, ada_active, ada_locked}).when(ActivateUser{ada}).then_refused(refused.user_locked, "");
  given({ada_invited, ada_gone}).when(ActivateUser{ada}).then_refused(refused.user_deactivated, "");
  given({}).when(ActivateUser{ada}).then_refused(refused.user_unknown, "id");

  const LockUser lock{ada, " lost key "};
  given({ada_invited, ada_active}).when(lock).then({ada_locked});
  given({ada_invited, ada_active, ada_locked}).when(lock).then_holds(ada);
  given({ada_invited, ada_active, ada_locked})
      .when(LockUser{ada, "other"})
      .then_refused(refused.reason_differs, "reason");
  given({ada_invited}).when(lock).then_refused(refused.user_not_activated, "");
  given({ada_invited, ada_gone}).when(lock).then_refused(refused.user_deactivated, "");
  given({ada_invited, ada_active}).when(LockUser{ada, " "}).then_refused(refused.reason_blank, "reason");
  given({}).when(lock).then_refused(refused.user_unknown, "id");

  auto tables = given({ada_invited, ada_active, ada_locked}).when(UnlockUser{ada}).then({UserUnlocked{ada}});
  CHECK(tables.at(ada).status_reason == std::nullopt);
  given({ada_invited, ada_active}).when(UnlockUser{ada}).then_holds(ada);
  given({ada_invited}).when(UnlockUser{ada}).then_refused(refused.user_not_activated, "");
  given({ada_invited, ada_gone}).when(UnlockUser{ada}).then_refused(refused.user_deactivated, "");
  given({}).when(UnlockUser{ada}).then_refused(refused.user_unknown, "id");

  const DeactivateUser leave{ada, "left"};
  given({ada_invited}).when(leave).then({ada_gone});
  given({ada_invited, ada_active, ada_locked}).when(leave).then({ada_gone});
  given({ada_invited, ada_gone}).when(leave).then_holds(ada);
  given({ada_invited, ada_gone}).when(DeactivateUser{ada, "died"}).then_refused(refused.reason_differs, "reason");
  given({ada_invited}).when(DeactivateUser{ada, ""}).then_refused(refused.reason_blank, "reason");
  given({}).when(leave).then_refused(refused.user_unknown, "id");

  given({ada_invited, ada_gone}).when(ReinviteUser{ada}).then({UserReinvited{ada}});
  given({ada_invited}).when(ReinviteUser{ada}).then_holds(ada);
  given({ada_invited, ada_active}).when(ReinviteUser{ada}).then_refused(refused.user_exists, "id");
  given({ada_invited, ada_active, ada_locked}).when(ReinviteUser{ada}).then_refused(refused.user_locked, "");
  given({}).when(ReinviteUser{ada}).then_refused(refused.user_unknown, "id");
}

TEST_CASE("whoever is deactivated loses every role, also for when they come back") {
  auto tables = given({ada_invited, ben_invited, ben_active, ben_administers, ada_active, ada_administers})
                    .when(DeactivateUser{ada, "left"})
                    .then({ada_gone});
  CHECK(tables.at(ada).roles.empty());
  tables = given({ada_invited, ada_gone}).when(ReinviteUser{ada}).then({UserReinvited{ada}});
  CHECK(tables.at(ada).roles.empty());
  CHECK(tables.at(ada).status == UserStatus::invited);
  given({ada_invited, ada_gone})
      .when(GrantRole{.id = ada, .role = Role::auditor, .teacher = {}, .student = {}})
      .then_refused(refused.user_deactivated, "");
}

TEST_CASE("a role is held once, a teacher's and a student's as one of the roster") {
  const GrantRole teach{.id = ada, .role = Role::teacher, .teacher = teacher, .student = {}};
  const RoleGranted teaches{.id = ada, .role = Role::teacher, .teacher = teacher, .student = {}};
  auto tables = given({hired, ada_invited}).when(teach).then({teaches});
  CHECK(tables.at(ada).roles == std::vector{HeldRole{.role = Role::teacher, .teacher = teacher, .student = {}}});
  given({hired, ada_invited, teaches}).when(teach).then_holds(ada);
  given({ada_invited}).when(teach).then_refused(refused.teacher_unknown, "teacherId");
  given({hired}).when(teach).then_refused(refused.user_unknown, "id");

  auto other = test::id<roster::Teacher>(12);
  const roster::TeacherRegistered another{
      .id = other, .number = "T2", .given_name = "Ann", .family_name = {}, .email = {}};
  tables = given({hired, another, ada_invited, teaches})
               .when(GrantRole{.id = ada, .role = Role::teacher, .teacher = other, .student = {}})
               .then({RoleGranted{.id = ada, .role = Role::teacher, .teacher = other, .student = {}}});
  CHECK(tables.at(ada).roles == std::vector{HeldRole{.role = Role::teacher, .teacher = other, .student = {}}});

  const GrantRole learn{.id = ada, .role = Role::student, .teacher = {}, .student = student};
  given({registered, ada_invited}).when(learn).then({RoleGranted{ada, Role::student, {}, student}});
  given({ada_invited}).when(learn).then_refused(refused.student_unknown, "studentId");
  given({ada_invited}).when(GrantRole{ada, Role::teacher, {}, {}}).then_refused(refused.role_person_unfit, "teacherId");
  given({ada_invited}).when(GrantRole{ada, Role::student, {}, {}}).then_refused(refused.role_person_unfit, "studentId");
  given({hired, ada_invited})
      .when(GrantRole{ada, Role::registrar, teacher, {}})
      .then_refused(refused.role_person_unfit, "teacherId");
  given({registered, ada_invited})
      .when(GrantRole{ada, Role::registrar, {}, student})
      .then_refused(refused.role_person_unfit, "studentId");
}

TEST_CASE("an operator appoints an administrator where there is none, and no second one") {
  const AppointAdministrator appoint{.id = ada, .login = "Ada@Oak.example", .name = "Ada"};
  auto tables = given({}).when(appoint).then({ada_invited, ada_active, ada_administers});
  CHECK(tables.at(ada).status == UserStatus::active);
  given({ada_invited, ada_active, ada_administers}).when(appoint).then_holds(ada);
  auto as_ben = appoint;
  as_ben.id = ben;
  given({ada_invited, ada_active, ada_administers}).when(as_ben).then_holds(ada);
  given({ada_invited}).when(as_ben).then({ada_active, ada_administers});
  given({ada_invited, ada_administers}).when(appoint).then({ada_active});
  given({ada_invited, ada_active}).when(appoint).then({ada_administers});
  given({ada_invited, ada_active, ada_locked}).when(appoint).then_refused(refused.user_locked, "login");
  given({ada_invited, ada_gone}).when(appoint).then_refused(refused.user_deactivated, "login");
  as_ben.login = "ben@oak.example";
  given({ada_invited, ada_active, ada_administers}).when(as_ben).then_refused(refused.administrator_exists, "");
  given({ben_invited, ada_invited, ada_active, ada_administers})
      .when(as_ben)
      .then_refused(refused.administrator_exists, "");
  auto taken = appoint;
  taken.id = ben;
  given({ben_invited}).when(taken).then_refused(refused.user_exists, "id");
  auto wrong = appoint;
  wrong.login = " ";
  given({}).when(wrong).then_refused(refused.login_malformed, "login");
  wrong = appoint;
  wrong.name = " ";
  given({}).when(wrong).then_refused(refused.name_blank, "name");
}

TEST_CASE("the last active administrator keeps the role and the access") {
  const test::Events one{ada_invited, ada_administers, ada_active, ben_invited, ben_administers};  // Ben is not active
  given(one).when(RevokeRole{ada, Role::administrator}).then_refused(refused.last_administrator, "role");
  given(one).when(LockUser{ada, "lost key"}).then_refused(refused.last_administrator, "id");
  given(one).when(DeactivateUser{ada, "left"}).then_refused(refused.last_administrator, "id");
  given(one).when(RevokeRole{ben, Role::administrator}).then({RoleRevoked{ben, Role::administrator}});
  auto two = one;
  two.push_back(ben_active);
  given(two).when(RevokeRole{ada, Role::administrator}).then({RoleRevoked{ada, Role::administrator}});
  given(two).when(LockUser{ada, "lost key"}).then({ada_locked});
  given(two).when(DeactivateUser{ada, "left"}).then({ada_gone});
  two.push_back(ada_locked);
  given(two).when(LockUser{ben, "lost key"}).then_refused(refused.last_administrator, "id");
  given(two).when(RevokeRole{ada, Role::administrator}).then({RoleRevoked{ada, Role::administrator}});
  given(two).when(RevokeRole{ada, Role::auditor}).then_holds(ada);
  given({}).when(RevokeRole{ada, Role::auditor}).then_refused(refused.user_unknown, "id");
}

TEST_CASE("an active user may do what the roles say, within the token's scopes, and nobody else anything") {
  using enum Permission;
  auto rights = [](test::Events events, Principal by) {
    auto tables = test::replayed(events);
    return rights_of(tables, by);
  };
  const RoleGranted teaches{.id = ada, .role = Role::teacher, .teacher = teacher, .student = {}};
  const RoleGranted learns{.id = ada, .role = Role::student, .teacher = {}, .student = student};

  CHECK(rights({}, principal(ada)).error().type == &refused.access_ended);
  CHECK(rights({ada_invited, ada_administers}, principal(ada)).error().type == &refused.access_ended);
  CHECK(rights({ada_invited, ada_active, ada_locked}, principal(ada)).error().type == &refused.access_ended);
  CHECK(rights({ada_invited, ada_active, ada_gone}, principal(ada)).error().type == &refused.access_ended);
  CHECK(rights({ada_invited, ada_active}, principal(ada))->any().empty());

  auto administrator = rights({ada_invited, ada_active, ada_administers}, principal(ada)).value();
  CHECK(administrator.anywhere == of_tenants);
  CHECK_FALSE(administrator.anywhere.contains(manage_tenants));
  auto both = rights({hired, registered, ada_invited, ada_active, teaches, learns}, principal(ada)).value();
  CHECK(both.anywhere == PermissionSet{read_tenant});
  CHECK(both.own == PermissionSet{read_roster, teach});
  CHECK(both.person == Person{.student = student.value, .teacher = teacher.value});
  CHECK(is_allowed_anywhere(both, read_tenant) == true);
  CHECK(is_allowed_anywhere(both, teach) == false);
  CHECK(is_allowed_anywhere(both, manage_roster).error().type == &refused.permission_missing);
  CHECK(is_allowed_anywhere(both, manage_roster).error().detail.find("roster:manage") != std::string::npos);

  Principal narrow = principal(ada);
  narrow.scopes = {read_roster, manage_tenants};
  CHECK(rights({ada_invited, ada_active, ada_administers}, narrow)->any() == PermissionSet{read_roster});
  CHECK(rights({hired, ada_invited, ada_active, teaches}, narrow)->own == PermissionSet{read_roster});

  Principal by{.kind = Principal::Kind::platform_operator};
  CHECK(rights({}, by)->any() == of_operators);
  CHECK_FALSE(of_operators.contains(read_roster));
  by.kind = Principal::Kind::system;
  CHECK(rights({}, by)->anywhere == PermissionSet::all());
}

// A tenant never loses its last active administrator, and counts them, on any way through the commands.
TEST_CASE("whatever is asked, the count of administrators is theirs, and never falls to none") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    auto tables = test::replayed({hired, registered});
    auto any = [&](auto... values) { return std::array{values...}[random() % sizeof...(values)]; };
    bool had_one = false;
    auto ask = [&](const auto& command) {
      auto decision = test::decide(tables, command);
      if (!decision) return;
      for (const Value& event : decision->events) {
        bool applied = false;
        auto apply_one = [&]<class E>(const E*) {
          if (event.kind() != &kind_of<E>) return;
          Rows rows{tables};
          apply(rows, event.get<E>());
          applied = true;
        };
        [&]<class... E>(const std::variant<E...>*) {
          (apply_one(static_cast<const E*>(nullptr)), ...);
        }(static_cast<const Event*>(nullptr));
        REQUIRE(applied);
      }
      REQUIRE(test::decide(tables, command)->events.empty());
    };
    for (int step = 0; step < 300; ++step) {
      auto who = test::id<User>(static_cast<std::uint8_t>(1 + random() % 4));
      Role role = any(Role::administrator, Role::administrator, Role::teacher, Role::student, Role::auditor);
      switch (random() % 9) {
        case 0:
          ask(InviteUser{who, "user" + who.text(), "A user"});
          break;
        case 1:
          ask(ActivateUser{who});
          break;
        case 2:
          ask(LockUser{who, "reason"});
          break;
        case 3:
          ask(UnlockUser{who});
          break;
        case 4:
          ask(DeactivateUser{who, "reason"});
          break;
        case 5:
          ask(ReinviteUser{who});
          break;
        case 6:
        case 7:
          ask(GrantRole{who, role, role == Role::teacher ? std::optional{teacher} : std::nullopt,
                        role == Role::student ? std::optional{student} : std::nullopt});
          break;
        default:
          ask(RevokeRole{who, role});
      }
      std::uint64_t count = 0;
      for (const User& user : tables.all<User>()) {
        std::set<Role> held;
        for (const HeldRole& each : user.roles) REQUIRE(held.insert(each.role).second);
        REQUIRE(std::ranges::is_sorted(user.roles, {}, &HeldRole::role));
        count += user.status == UserStatus::active && held.contains(Role::administrator);
      }
      const AccessTotals* totals = Rows{tables}.totals.find(access_totals_id);
      REQUIRE((totals == nullptr ? 0 : totals->administrators) == count);
      had_one |= count > 0;
      REQUIRE((!had_one || count > 0));
    }
    CHECK(had_one);
  }
}

}  // namespace tenantry::access
