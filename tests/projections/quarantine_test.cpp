// Nothing is skipped: an event that cannot be applied stops its tenant's tables, and only those, until it can be.
#include "projections/keys.hpp"
#include "tests/projections/school.hpp"
#include "tests/support/files.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

struct Bad {
  std::string what;
  std::uint64_t sequence;
  std::string type;
  std::string data;
};

std::vector<Id<roster::Student>> register_many(School& school, TenantId tenant) {
  std::vector<Id<roster::Student>> students;
  for (int number = 0; number < 300; ++number) {
    students.push_back({fresh_id()});
    school.done(tenant, register_student("of many " + std::to_string(number), students.back()));
  }
  return students;
}

// Moves the rows into table files, and changes a bit of the largest one, where the students are.
void damage_students(School& school) {
  school.close();
  {
    storage::Resources resources;
    auto database = std::move(
        storage::Database::open(school.folder / "state/events-0", resources, {.create_if_missing = false}).value());
    REQUIRE(database->flush());
  }
  auto files = files_with(school.folder / "state/events-0", ".sst");
  auto largest = std::ranges::max_element(files, {}, [](const auto& file) { return std::filesystem::file_size(file); });
  REQUIRE(largest != files.end());
  flip_bit(*largest, std::filesystem::file_size(*largest) / 5);
  school.open();
}

}  // namespace

TEST_CASE("an event that cannot be applied puts its tenant in quarantine; other tenants go on") {
  Bad bad = GENERATE(Bad{"an unknown type", 2, "tenantry.roster.cafeteria-opened.v1", "{}"},
                     Bad{"data of another shape", 2, "tenantry.roster.course-added.v1", R"({"id":7})"},
                     Bad{"an entity that does not exist", 2, "tenantry.roster.class-closed.v1",
                         R"({"id":"0190163d-8694-739b-aea5-966c26f8ad91"})"},
                     Bad{"a gap in the sequence", 5, "tenantry.roster.course-added.v1",
                         R"({"id":"0190163d-8694-739b-aea5-966c26f8ad91","code":"A","title":"A"})"});
  CAPTURE(bad.what);
  School school;
  TenantId alpha = school.create_tenant("alpha");
  TenantId beta = school.create_tenant("beta");
  auto before = school.digest(alpha);
  school.append_raw(alpha, bad.sequence, bad.type, bad.data);
  school.close();
  school.open();

  auto quarantine = school.partition().quarantine_of(alpha);
  REQUIRE(quarantine);
  CHECK(quarantine->position == 2);
  CHECK(quarantine->sequence == bad.sequence);
  CHECK(quarantine->type == bad.type);
  CHECK_FALSE(quarantine->reason.empty());
  CHECK(school.digest(alpha).rows == before.rows);
  auto refused = school.send(alpha, add_course("A", "A"));
  CHECK(std::get<Failure>(refused).kind == Failure::Kind::quarantined);
  CHECK(school.done(beta, add_course("B", "B")).last_sequence == 2);

  school.close();
  school.open();  // still there after a restart, and the same after a rebuild
  CHECK(school.partition().quarantine_of(alpha)->position == 2);
  school.rebuild();
  CHECK(school.partition().quarantine_of(alpha)->position == 2);
  CHECK(school.digest(alpha).rows == before.rows);
}

TEST_CASE("events of the same chunk before and after the bad one are applied as if alone") {
  School school;
  TenantId alpha = school.create_tenant("alpha");
  TenantId beta = school.create_tenant("beta");
  school.fill(alpha);
  auto whole = school.digest(alpha);
  school.append_raw(beta, 2, "tenantry.roster.cafeteria-opened.v1", "{}");
  school.append_raw(beta, 3, "tenantry.tenancy.tenant-renamed.v1",
                    R"({"id":")" + beta.text() + R"(","name":"never applied"})");
  school.rebuild();
  CHECK(school.digest(alpha).rows == whole.rows);
  CHECK(school.digest(beta).sequence == 1);
}

TEST_CASE("a tenant is let out of quarantine when its events can be applied, and its tables are whole") {
  School school;
  TenantId alpha = school.create_tenant("alpha");
  school.fill(alpha);
  auto whole = school.digest(alpha);
  // As a program that could not apply the tenant's third event would have left it.
  school.close();
  {
    storage::Resources resources;
    auto database = std::move(
        storage::Database::open(school.folder / "state/events-0", resources, {.create_if_missing = false}).value());
    REQUIRE(database->drop_family(storage::tenant_family_name(alpha)));
    projections::Quarantine quarantine{alpha, 0, 1, "tenantry.tenancy.tenant-created.v1", "a fault since mended"};
    storage::Batch batch;
    batch.put(*database->default_family(), projections::quarantine_row_key(alpha),
              projections::write_quarantine(quarantine));
    REQUIRE(database->write(batch, storage::Durability::synced));
  }
  school.open();
  CHECK_FALSE(school.partition().quarantine_of(alpha));
  CHECK(school.digest(alpha).rows == whole.rows);
  CHECK(school.done(alpha, add_course("Z", "Z")).last_sequence == whole.sequence + 1);
}

TEST_CASE("a foreign record is reported with its position and stops nobody") {
  School school;
  TenantId alpha = school.create_tenant("alpha");
  school.append_bytes("this is not a record");
  school.close();
  school.open();
  auto unreadable = school.partition().unreadable();
  REQUIRE(unreadable.size() == 1);
  CHECK(unreadable.begin()->first == 1);
  CHECK(school.done(alpha, add_course("A", "A")).last_sequence == 2);
}

TEST_CASE(
    "a row that cannot be read puts its tenant into quarantine, its neighbours go on, and the next start mends it") {
  School school;
  TenantId alpha = school.create_tenant("alpha");
  TenantId beta = school.create_tenant("beta");
  auto students = register_many(school, alpha);
  damage_students(school);
  CHECK_FALSE(school.partition().quarantine_of(alpha));  // nobody has looked
  std::size_t deactivated = 0;
  std::optional<Failure> met;
  while (deactivated < students.size() && !met) {
    auto outcome = school.send(alpha, deactivate_student(students[deactivated]));
    if (auto* failure = std::get_if<Failure>(&outcome)) {
      met = *failure;
    } else {
      ++deactivated;
    }
  }
  REQUIRE(met);
  CHECK(met->kind == Failure::Kind::quarantined);
  CHECK(met->detail.find("damaged") != std::string::npos);
  for (int time = 0; time < 3; ++time) {
    auto refused = school.send(alpha, add_course("A", "A"));
    CHECK(std::get<Failure>(refused).kind == Failure::Kind::quarantined);
    school.done(beta, add_course("B" + std::to_string(time), "B"));
  }
  REQUIRE(school.partition().quarantine_of(alpha));
  CHECK(school.partition().quarantine_of(alpha)->is_of_damage());
  CHECK(school.partition().quarantined().size() == 1);
  school.close();
  school.open();
  CHECK_FALSE(school.partition().quarantine_of(alpha));
  REQUIRE(school.notes().size() == 1);
  CHECK(school.notes()[0].find(alpha.text()) != std::string::npos);
  auto mended = school.digest(alpha);
  CHECK(mended.sequence == 1 + students.size() + deactivated);
  school.rebuild();
  CHECK(school.digest(alpha).rows == mended.rows);
}

TEST_CASE("a row that a replay cannot read stops nobody else, and is mended at once") {
  School school;
  TenantId alpha = school.create_tenant("alpha");
  TenantId beta = school.create_tenant("beta");
  auto students = register_many(school, alpha);
  std::uint64_t sequence = 1 + students.size();
  for (const auto& student : students) {
    school.append_raw(alpha, ++sequence, "tenantry.roster.student-deactivated.v1",
                      R"({"id":")" + student.text() + R"("})");
  }
  damage_students(school);
  CHECK_FALSE(school.partition().quarantine_of(alpha));
  REQUIRE(school.notes().size() == 1);
  auto mended = school.digest(alpha);
  CHECK(mended.sequence == sequence);
  CHECK(school.done(beta, add_course("B", "B")).last_sequence == 2);
  school.rebuild();
  CHECK(school.digest(alpha).rows == mended.rows);
}
