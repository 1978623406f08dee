// Who may ask for what, decided by the tenant's rows where the command is decided.
#include <map>
#include <set>
#include <thread>

#include "domain/access/commands.hpp"
#include "domain/access/refusals.hpp"
#include "domain/access/roles.hpp"
#include "domain/contexts.hpp"
#include "domain/roster/commands.hpp"
#include "domain/roster/refusals.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/events/catalog_samples.hpp"
#include "tests/projections/school.hpp"

using namespace tenantry;
using namespace tenantry::test;
using access::Role;

namespace {

Origin by_user(const Id<access::User>& id) {
  return {
      .principal = {.kind = Principal::Kind::user, .id = id.value}, .auth_type = "user", .auth_id = id.value.text()};
}

// The word of the refusal, or "done".
std::string word_of(const Outcome& outcome) {
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) return std::string{refusal->type->word};
  return std::holds_alternative<Done>(outcome) ? "done" : "neither done nor refused";
}

struct People : School {
  TenantId tenant = create_tenant("school");
  Id<roster::Teacher> teacher{fresh_id()};
  Id<roster::Class> other_class{fresh_id()};
  Id<roster::Assessment> other_assessment{fresh_id()};

  People() {
    fill(tenant);
    done(tenant,
         roster::RegisterTeacher{.id = teacher, .number = "T1", .given_name = "Ann", .family_name = {}, .email = {}});
    done(tenant, roster::AssignTeacher{.id = {fresh_id()}, .class_id = class_id, .teacher = teacher});
    done(tenant, roster::OpenClass{.id = other_class,
                                   .course = course,
                                   .term = term,
                                   .name = "another",
                                   .capacity = 3,
                                   .starts_on = Date::parse("2014-10-01").value(),
                                   .ends_on = Date::parse("2014-10-02").value()});
    done(tenant, roster::AddAssessment{
                     .id = other_assessment, .class_id = other_class, .title = "T", .category = "c", .weight = {}});
  }

  Id<access::User> invite(const std::string& login) {
    Id<access::User> id{fresh_id()};
    done(tenant, access::InviteUser{.id = id, .login = login, .name = login});
    return id;
  }
  Id<access::User> user_as(Role role) {
    static int number = 0;
    auto id = invite("user" + std::to_string(++number));
    done(tenant, access::ActivateUser{id});
    done(tenant, grant(id, role));
    return id;
  }
  access::GrantRole grant(const Id<access::User>& id, Role role) const {
    return {.id = id,
            .role = role,
            .teacher = role == Role::teacher ? std::optional{teacher} : std::nullopt,
            .student = role == Role::student ? std::optional{students[0]} : std::nullopt};
  }
};

constexpr std::array all_roles{Role::administrator, Role::registrar, Role::teacher, Role::student, Role::auditor};

bool is_of_authorisation(const std::string& word) {
  using access::refused;
  return word == refused.permission_missing.word || word == refused.access_ended.word ||
         word == refused.grant_beyond.word;
}

}  // namespace

TEST_CASE("each command is refused to whoever lacks its permission, whatever else is true, and to no one else") {
  People school;
  Random random{7};
  std::map<Role, Id<access::User>> users;
  for (Role role : all_roles) users[role] = school.user_as(role);
  for (const events::Catalog* catalog : events::catalogs()) {
    if (catalog->stream != Stream::tenants) continue;
    for (const events::CommandType& type : catalog->commands) {
      for (Role role : all_roles) {
        CAPTURE(type.name, static_cast<int>(role));
        auto permissions = access::permissions_of(role);
        bool may = permissions.anywhere.contains(type.permission);
        std::string word = word_of(school.send_by(by_user(users[role]), school.tenant, sample(random, type).value));
        // Sampled ids name nothing of a teacher's or a student's own.
        // Of permissions that a key is to have, some may be nobody's to grant.
        bool is_granting = type.kind == &kind_of<access::IssueServiceKey> && word == access::refused.grant_beyond.word;
        CHECK((is_of_authorisation(word) && !is_granting) != may);
        std::string by_operator = word_of(school.send_by({.principal = {.kind = Principal::Kind::platform_operator}},
                                                         school.tenant, sample(random, type).value));
        CHECK(is_of_authorisation(by_operator) != (type.permission == Permission::manage_tenants));
      }
    }
  }
}

TEST_CASE("nobody who is invited, locked, deactivated or of another tenant may ask for anything") {
  People school;
  auto id = school.invite("ada");
  school.done(school.tenant, school.grant(id, Role::registrar));
  auto asks = [&](TenantId tenant) { return word_of(school.send_by(by_user(id), tenant, add_course("C", "Course"))); };
  CHECK(asks(school.tenant) == "access-ended");
  school.done(school.tenant, access::ActivateUser{id});
  CHECK(asks(school.tenant) == "done");
  CHECK(asks(school.create_tenant("other")) == "access-ended");
  school.done(school.tenant, access::LockUser{id, "lost key"});
  CHECK(asks(school.tenant) == "access-ended");
  school.done(school.tenant, access::UnlockUser{id});
  CHECK(asks(school.tenant) == "course-code-taken");
  school.done(school.tenant, access::DeactivateUser{id, "left"});
  CHECK(asks(school.tenant) == "access-ended");
}

TEST_CASE("a token's scopes narrow what the roles allow") {
  People school;
  auto id = school.user_as(Role::registrar);
  Origin asks = by_user(id);
  asks.principal.scopes = {Permission::read_roster, Permission::manage_access};
  CHECK(word_of(school.send_by(asks, school.tenant, add_course("C", "Course"))) == "permission-missing");
  asks.principal.scopes = {Permission::manage_roster};
  CHECK(word_of(school.send_by(asks, school.tenant, add_course("C", "Course"))) == "done");
}

TEST_CASE("a teacher marks the classes that they teach, for as long as they do, and no others") {
  People school;
  auto id = school.user_as(Role::teacher);
  auto asks = [&](auto command) { return word_of(school.send_by(by_user(id), school.tenant, command)); };
  roster::AddAssessment add{
      .id = {fresh_id()}, .class_id = school.class_id, .title = "T", .category = "c", .weight = {}};
  CHECK(asks(add) == "done");
  roster::RecordResult record{
      .id = {fresh_id()}, .assessment = add.id, .student = school.students[0], .score = Decimal::whole(7)};
  CHECK(asks(record) == "done");
  CHECK(asks(roster::CorrectResult{.id = record.id, .score = std::optional{Decimal::whole(8)}, .submitted_on = {}}) ==
        "done");
  CHECK(asks(roster::CorrectAssessment{.id = add.id,
                                       .title = "Test",
                                       .category = {},
                                       .weight = {},
                                       .maximum_score = {},
                                       .due_on = {},
                                       .extra_credit = {}}) == "done");

  add.id = {fresh_id()};
  add.class_id = school.other_class;
  CHECK(asks(add) == "permission-missing");
  CHECK(asks(roster::CorrectAssessment{.id = school.other_assessment,
                                       .title = "Test",
                                       .category = {},
                                       .weight = {},
                                       .maximum_score = {},
                                       .due_on = {},
                                       .extra_credit = {}}) == "permission-missing");
  record.assessment = school.other_assessment;
  record.id = {fresh_id()};
  CHECK(asks(record) == "permission-missing");
  CHECK(asks(roster::CorrectResult{.id = {fresh_id()}, .score = {}, .submitted_on = {}}) == "permission-missing");

  roster::AssignTeacher assign{.id = {fresh_id()}, .class_id = school.other_class, .teacher = school.teacher};
  school.done(school.tenant, assign);
  CHECK(asks(record) == "student-not-in-class");
  school.done(school.tenant, roster::UnassignTeacher{assign.id});
  CHECK(asks(record) == "permission-missing");
}

TEST_CASE("nobody grants a role beyond their own permissions") {
  People school;
  Origin asks = by_user(school.user_as(Role::administrator));
  auto id = school.invite("ben");
  for (Role role : all_roles) CHECK(word_of(school.send_by(asks, school.tenant, school.grant(id, role))) == "done");
  asks.principal.scopes = {Permission::manage_access, Permission::read_events, Permission::read_tenant,
                           Permission::read_roster};
  auto other = school.invite("cleo");
  CHECK(word_of(school.send_by(asks, school.tenant, school.grant(other, Role::auditor))) == "done");
  CHECK(word_of(school.send_by(asks, school.tenant, school.grant(other, Role::student))) == "done");
  CHECK(word_of(school.send_by(asks, school.tenant, school.grant(other, Role::teacher))) == "grant-beyond");
  CHECK(word_of(school.send_by(asks, school.tenant, school.grant(other, Role::registrar))) == "grant-beyond");
  CHECK(word_of(school.send_by(asks, school.tenant, school.grant(other, Role::administrator))) == "grant-beyond");
}

TEST_CASE("a key that was answered tells nothing to who has no access any more") {
  People school;
  auto id = school.user_as(Role::registrar);
  auto key = make_idempotency_key("k", "payload");
  auto command = add_course("C", "Course");
  CHECK(word_of(school.send_by(by_user(id), school.tenant, command, key)) == "done");
  school.done(school.tenant, access::LockUser{id, "lost key"});
  CHECK(word_of(school.send_by(by_user(id), school.tenant, command, key)) == "access-ended");
  school.done(school.tenant, access::UnlockUser{id});
  CHECK(word_of(school.send_by(by_user(id), school.tenant, command, key)) == "done");
}

// The model: from the log alone, what each command's principal was allowed when it was decided.
TEST_CASE("what is revoked at a sequence decides nothing after it, however many ask at once") {
  constexpr int writers_count = 128, commands_count = 20;
  People school;
  auto id = school.user_as(Role::registrar);
  std::vector<std::thread> writers;
  std::atomic<int> accepted = 0, denied = 0, otherwise = 0;
  for (int writer = 0; writer < writers_count; ++writer) {
    writers.emplace_back([&, writer] {
      for (int number = 0; number < commands_count; ++number) {
        std::string code = "C" + std::to_string(writer) + "-" + std::to_string(number);
        std::string word = word_of(school.send_by(by_user(id), school.tenant, add_course(code, code)));
        ++(word == "done" ? accepted : word == "permission-missing" ? denied : otherwise);
      }
    });
  }
  for (int round = 0; round < 10; ++round) {
    while (accepted + denied < round * 200) std::this_thread::yield();
    if (round % 2 == 0) {
      school.done(school.tenant, access::RevokeRole{id, Role::registrar});
    } else {
      school.done(school.tenant, school.grant(id, Role::registrar));
    }
  }
  for (std::thread& writer : writers) writer.join();
  CHECK(otherwise == 0);
  CHECK(accepted > 0);
  CHECK(denied > 0);

  bool may = false;
  int by_the_user = 0;
  auto read = school.log().read({Stream::tenants, 0}, 0, [&](Position, std::string_view bytes) {
    auto record = decode_record(bytes).value();
    if (record.attributes.tenant != school.tenant) return true;
    if (record.attributes.type == "tenantry.access.role-granted.v1" &&
        record.attributes.subject == "users/" + id.value.text())
      may = true;
    if (record.attributes.type == "tenantry.access.role-revoked.v1") may = false;
    if (record.attributes.auth_id != id.value.text()) return true;
    ++by_the_user;
    CHECK(may);
    return true;
  });
  REQUIRE(read);
  CHECK(by_the_user == accepted);
}
