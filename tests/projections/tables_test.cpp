// The tables follow the log: documents, lists, histories, statistics; live, replayed and rebuilt alike.
#include "domain/tenancy/refusals.hpp"
#include "projections/keys.hpp"
#include "projections/stored_types.hpp"
#include "tests/projections/school.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::test;

TEST_CASE("entities are stored as the JSON that is served, with their version") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  CHECK(school.document(tenant, 's', school.students[0].value) ==
        R"({"id":")" + school.students[0].text() +
            R"(","number":"1000","givenName":"Student","familyName":"One","active":true})");
  auto row = school.store(tenant).get(projections::entity_key('k', school.class_id.value)).value();
  CHECK(projections::read_entity_row(*row).version == 13);  // the withdrawal freed a seat: the last event
}

TEST_CASE("lists hold what belongs to a class, a student, a term, a course, an assessment") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  auto count = [&](const ParentKey& key, const Uuid& parent) {
    return school.count(tenant, projections::list_prefix(projections::letter_of(key), parent));
  };
  using namespace roster;
  CHECK(count(parent_key<&Enrolment::class_id>, school.class_id.value) == 2);
  CHECK(count(parent_key<&Enrolment::student>, school.students[0].value) == 1);
  CHECK(count(parent_key<&Enrolment::student>, school.students[2].value) == 0);
  CHECK(count(parent_key<&Class::term>, school.term.value) == 1);
  CHECK(count(parent_key<&Class::course>, school.course.value) == 1);
  CHECK(count(parent_key<&Assessment::class_id>, school.class_id.value) == 1);
  CHECK(count(parent_key<&Result::assessment>, school.assessment.value) == 1);
  CHECK(count(parent_key<&Result::student>, school.students[0].value) == 1);
}

TEST_CASE("a history names every event that is about an entity or mentions it") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  // registered, enrolled, result, completed
  CHECK(school.count(tenant, projections::history_prefix('s', school.students[0].value)) == 4);
  CHECK(school.count(tenant, projections::history_prefix('e', school.enrolments[0].value)) == 2);
  CHECK(school.count(tenant, projections::history_prefix('n', tenant.value)) == 1);
}

TEST_CASE("statistics count registrations and what became of them") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.fill(tenant);
  CHECK(school.document(tenant, 'N', tenant.value) ==
        R"({"tenantId":")" + tenant.text() +
            R"(","terms":1,"courses":1,"classes":1,"students":3,"teachers":0,"registrations":2,"active":0,)"
            R"("withdrawn":1,"completed":1,"passed":0,"failed":0,"distinctions":1,"assessments":1,"results":1})");
  school.done(tenant, re_enrol_student(school.enrolments[1]));
  CHECK(school.document(tenant, 'K', school.class_id.value) ==
        R"({"classId":")" + school.class_id.text() +
            R"(","registrations":2,"active":1,"withdrawn":0,"completed":1,"passed":0,"failed":0,"distinctions":1,)"
            R"("assessments":1,"results":1})");
}

TEST_CASE("rebuilt tables equal the live ones, byte for byte: all of them, or one tenant's") {
  School school;
  TenantId alpha = school.create_tenant("alpha");
  TenantId beta = school.create_tenant("beta");
  school.fill(alpha);
  school.done(beta, add_course("BBB", "Module BBB"), make_idempotency_key("key", "payload"));
  auto before = school.digest(alpha);
  auto before_beta = school.digest(beta);
  CHECK(before.sequence == 13);
  CHECK(before.rows != before_beta.rows);

  school.rebuild();
  CHECK(school.digest(alpha).rows == before.rows);
  CHECK(school.digest(beta).rows == before_beta.rows);
  CHECK(school.digest(alpha).audit_root == before.audit_root);

  school.stop_engine();
  REQUIRE(school.partition().rebuild_tenant(alpha));
  CHECK(school.digest(alpha).rows == before.rows);
  school.start();
  school.done(alpha, add_course("CCC", "Module CCC"));
  CHECK(school.digest(alpha).rows != before.rows);
  CHECK(school.digest(beta).rows == before_beta.rows);
}

TEST_CASE("tables that were closed behind the log catch up when opened, to the same bytes") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.close();
  std::filesystem::copy(school.folder / "state", school.folder / "old", std::filesystem::copy_options::recursive);
  school.open();
  school.fill(tenant);
  auto live = school.digest(tenant);
  school.close();
  std::filesystem::remove_all(school.folder / "state");
  std::filesystem::rename(school.folder / "old", school.folder / "state");
  school.open();
  CHECK(school.digest(tenant).rows == live.rows);
}

TEST_CASE("two loads of the same commands have the same content, but not the same rows") {
  School one;
  School other;
  TenantId tenant{fresh_id()};
  Id<roster::Course> course{fresh_id()};
  for (School* school : {&one, &other}) {
    school->done(tenant,
                 tenancy::CreateTenant{.id = tenant, .slug = "alpha", .name = "A", .timezone = "Europe/London"});
    school->done(tenant, add_course("AAA", "Module AAA", course));
  }
  CHECK(one.digest(tenant).content == other.digest(tenant).content);
  CHECK(one.digest(tenant).rows != other.digest(tenant).rows);
  one.done(tenant, correct_course(course, "Another title"));
  CHECK(one.digest(tenant).content != other.digest(tenant).content);
}

TEST_CASE("tables ahead of their log are refused: the log was cut") {
  School school;
  TenantId tenant = school.create_tenant("alpha");
  school.close();
  test::copy_folder(school.folder / "log", school.folder / "earlier");
  school.open();
  school.fill(tenant);
  school.close();
  test::copy_folder(school.folder / "earlier", school.folder / "log");
  storage::Resources resources;
  auto log = std::move(embedded::EmbeddedLog::open(school.folder / "log", resources, {.tenant_partitions = 1}).value());
  auto opened = StateStore::open(school.folder / "state", resources, *log);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().detail.find("the log was cut or replaced") != std::string::npos);
}

TEST_CASE("tables of another log are refused, also where their positions would fit") {
  School school;
  School other;
  school.create_tenant("alpha");
  other.fill(other.create_tenant("beta"));
  school.close();
  other.close();
  test::copy_folder(school.folder / "state", other.folder / "state");
  storage::Resources resources;
  auto log = std::move(embedded::EmbeddedLog::open(other.folder / "log", resources, {.tenant_partitions = 1}).value());
  auto opened = StateStore::open(other.folder / "state", resources, *log);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().detail.find("made from another log") != std::string::npos);
}

TEST_CASE("a roster command for a tenant that does not exist or is suspended is refused by the tenancy rules") {
  School school;
  TenantId nobody{fresh_id()};
  auto refusal = [](const Outcome& outcome) { return std::get<Refusal>(outcome).type; };
  CHECK(refusal(school.send(nobody, add_course("A", "A"))) == &tenancy::refused.tenant_unknown);
  TenantId tenant = school.create_tenant("alpha");
  CHECK(refusal(school.send(tenant, tenancy::RenameTenant{nobody, "other"})) == &tenancy::refused.tenant_unknown);
  school.done(tenant, tenancy::SuspendTenant{tenant, "unpaid"});
  CHECK(refusal(school.send(tenant, add_course("A", "A"))) == &tenancy::refused.tenant_suspended);
}
