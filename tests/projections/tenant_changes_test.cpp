// The rows that follow from what is put: unique values, lists and statistics, in one batch, over a batch that is
// pending, after it is written, and after a group is taken back.
#include "projections/tenant_changes.hpp"

#include <set>

#include "domain/roster/entities.hpp"
#include "projections/roster/statistics.hpp"
#include "tests/projections/school.hpp"

namespace tenantry::test {
namespace {

using projections::ClassStatistics;
using projections::TenantChanges;
using projections::TenantStatistics;
using roster::Class;
using roster::Enrolment;
using roster::Student;

struct Undeclared {
  Id<Undeclared> id;
};

// One tenant's tables on a database of their own, changed as rules change them.
class Bench {
 public:
  Bench() {
    database = std::move(storage::Database::open(folder / "state", resources, {.create_if_missing = true}).value());
    family = database->create_families({"tenant"}).value().front();
    begin();
  }
  void begin() { now = std::make_unique<TenantChanges>(tenant, *database, family, nullptr); }
  // What was changed so far is on its way to the disk.
  void begin_on_pending() {
    pending = std::move(now);
    now = std::make_unique<TenantChanges>(tenant, *database, family, pending.get());
  }
  static void write(storage::Database& database, const storage::Family& family, TenantChanges& changes) {
    storage::Batch rows;
    changes.set_head(changes.head());  // without a head that changed there is nothing to write
    changes.each_row([](std::size_t) { return 0; },
                     [&](std::string_view key, std::optional<std::string_view> value) {
                       value ? rows.put(family, key, *value) : rows.erase(family, key);
                     });
    REQUIRE(database.write(rows, storage::Durability::buffered));
  }
  void write() { write(*database, *family, *now); }
  void write_and_begin() {
    write();
    begin();
  }

  template <class Entity>
  void put(Entity entity, std::uint64_t sequence = 1) {
    now->set_event(sequence, Instant{static_cast<std::int64_t>(sequence)});
    Table<Entity>(*now).put(std::move(entity));
  }
  template <class Entity>
  void insert(Entity entity, std::uint64_t sequence = 1) {
    now->set_event(sequence, Instant{static_cast<std::int64_t>(sequence)});
    Table<Entity>(*now).insert(std::move(entity));
  }
  template <auto Field>
  std::set<Uuid> members(const Uuid& parent) {
    std::set<Uuid> members;
    now->each_member(parent_key<Field>, parent, [&](const Uuid& id) { return members.insert(id), true; });
    return members;
  }
  // The same list as it is stored.
  template <auto Field>
  std::set<Uuid> stored_members(const Uuid& parent) {
    std::set<Uuid> members;
    auto prefix = projections::list_prefix(projections::letter_of(parent_key<Field>), parent);
    auto add = [&](std::string_view key, std::string_view) {
      return members.insert(projections::id_at_end(key)), true;
    };
    REQUIRE(database->scan(*family, storage::prefix_range(prefix), add));
    return members;
  }
  ClassStatistics of_class(const Id<Class>& id) {
    const auto* found = static_cast<const ClassStatistics*>(now->find(kind_of<ClassStatistics>, id.value));
    return found ? *found : ClassStatistics{};
  }
  TenantStatistics of_tenant() {
    const auto* found = static_cast<const TenantStatistics*>(now->find(kind_of<TenantStatistics>, tenant.value));
    return found ? *found : TenantStatistics{};
  }
  std::optional<std::uint64_t> version(std::string_view collection, const Uuid& id) {
    auto version = now->version(*projections::stored_type_named(collection), id);
    return version ? std::optional{version->sequence} : std::nullopt;
  }

  TemporaryFolder folder;
  storage::Resources resources;
  std::unique_ptr<storage::Database> database;
  storage::FamilyPointer family;
  TenantId tenant{fresh_id()};
  std::unique_ptr<TenantChanges> pending;
  std::unique_ptr<TenantChanges> now;
};

Enrolment enrolment(Id<Class> class_id, Id<Student> student = {fresh_id()}) {
  return {.id = {fresh_id()}, .class_id = class_id, .student = student};
}
Enrolment moved(Enrolment enrolment, Id<Class> class_id) {
  enrolment.class_id = class_id;
  return enrolment;
}

const Id<Class> old_class{fresh_id()};
const Id<Class> new_class{fresh_id()};

// What the tables show of an enrolment that is in the one class and not in the other.
void check_is_in(Bench& bench, const Enrolment& each, Id<Class> here, Id<Class> not_there) {
  CHECK(bench.members<&Enrolment::class_id>(here.value) == std::set{each.id.value});
  CHECK(bench.members<&Enrolment::class_id>(not_there.value).empty());
  CHECK(bench.members<&Enrolment::student>(each.student.value) == std::set{each.id.value});
  UniqueIndex<&Enrolment::class_id, &Enrolment::student> pairs(*bench.now);
  CHECK(pairs.holder(here, each.student) == each.id);
  CHECK_FALSE(pairs.holder(not_there, each.student));
  CHECK(bench.of_class(here).registrations == 1);
  CHECK(bench.of_class(here).active == 1);
  CHECK(bench.of_class(not_there).registrations == 0);
  CHECK(bench.of_class(not_there).active == 0);
  CHECK(bench.of_tenant().registrations == 1);
}

void check_is_stored_in(Bench& bench, const Enrolment& each, Id<Class> here, Id<Class> not_there) {
  CHECK(bench.stored_members<&Enrolment::class_id>(here.value) == std::set{each.id.value});
  CHECK(bench.stored_members<&Enrolment::class_id>(not_there.value).empty());
  CHECK(bench.stored_members<&Enrolment::student>(each.student.value) == std::set{each.id.value});
}

}  // namespace

TEST_CASE("a unique value moves when its holder is put with another, and nothing else has it") {
  Bench bench;
  Student student{.id = {fresh_id()}, .number = "1", .given_name = "A", .family_name = {}, .email = {}};
  UniqueIndex<&Student::number> numbers(*bench.now);
  bench.insert(student);
  CHECK(numbers.holder("1") == student.id);
  bool is_written = GENERATE(false, true);
  if (is_written) bench.write_and_begin();
  UniqueIndex<&Student::number> later(*bench.now);
  student.number = "2";
  bench.put(student);
  CHECK(later.holder("2") == student.id);
  CHECK_FALSE(later.holder("1"));
  bench.write_and_begin();
  UniqueIndex<&Student::number> stored(*bench.now);
  CHECK(stored.holder("2") == student.id);
  CHECK_FALSE(stored.holder("1"));
  Student other{.id = {fresh_id()}, .number = "1", .given_name = "B", .family_name = {}, .email = {}};
  bench.insert(other);
  CHECK(stored.holder("1") == other.id);
}

TEST_CASE("a unique value that stays is not written again") {
  Bench bench;
  Student student{.id = {fresh_id()}, .number = "1", .given_name = "A", .family_name = {}, .email = {}};
  bench.insert(student);
  bench.write_and_begin();
  student.given_name = "B";
  bench.put(student, 2);
  bench.now->set_head(bench.now->head());
  std::multiset<char> kinds;
  bench.now->each_row([](std::size_t) { return 0; },
                      [&](std::string_view key, std::optional<std::string_view>) { kinds.insert(key.front()); });
  CHECK(kinds == std::multiset<char>{'e', 'm'});
}

TEST_CASE("an entity moves from its former parent's list to the new one's") {
  Bench bench;
  Enrolment each = enrolment(old_class);
  bench.insert(each);
  check_is_in(bench, each, old_class, new_class);
  SECTION("within one batch") {}
  SECTION("in a batch after the one that made it was written") {
    bench.write_and_begin();
    check_is_in(bench, each, old_class, new_class);
  }
  SECTION("while the batch that made it is pending") {
    bench.begin_on_pending();
    check_is_in(bench, each, old_class, new_class);
  }
  bench.put(moved(each, new_class), 2);
  check_is_in(bench, each, new_class, old_class);
  if (bench.pending) Bench::write(*bench.database, *bench.family, *bench.pending);
  check_is_in(bench, each, new_class, old_class);
  bench.write_and_begin();
  check_is_in(bench, each, new_class, old_class);
  check_is_stored_in(bench, each, new_class, old_class);
}

TEST_CASE("an entity that was moved by the pending batch can be moved on and back") {
  Bench bench;
  Enrolment each = enrolment(old_class);
  bool is_stored = GENERATE(false, true);
  bench.insert(each);
  if (is_stored) bench.write_and_begin();
  bench.put(moved(each, new_class), 2);
  bench.begin_on_pending();
  check_is_in(bench, each, new_class, old_class);
  SECTION("on to a third") {
    const Id<Class> third{fresh_id()};
    bench.put(moved(each, third), 3);
    check_is_in(bench, each, third, new_class);
    check_is_in(bench, each, third, old_class);
    Bench::write(*bench.database, *bench.family, *bench.pending);
    bench.write_and_begin();
    check_is_stored_in(bench, each, third, new_class);
    check_is_stored_in(bench, each, third, old_class);
  }
  SECTION("back, and away again in the same batch") {
    bench.put(each, 3);
    check_is_in(bench, each, old_class, new_class);
    bench.put(moved(each, new_class), 4);
    check_is_in(bench, each, new_class, old_class);
    bench.put(each, 5);
    check_is_in(bench, each, old_class, new_class);
    Bench::write(*bench.database, *bench.family, *bench.pending);
    bench.write_and_begin();
    check_is_in(bench, each, old_class, new_class);
    check_is_stored_in(bench, each, old_class, new_class);
  }
}

TEST_CASE("a move that is taken back leaves everything where it was") {
  Bench bench;
  Enrolment each = enrolment(old_class);
  bench.insert(each);
  SECTION("made in the same batch") {}
  SECTION("made before") {
    bench.write_and_begin();
  }
  SECTION("made by the pending batch") {
    bench.begin_on_pending();
  }
  SECTION("moved there and back before") {
    bench.put(moved(each, new_class), 2);
    bench.put(each, 3);
  }
  SECTION("moved there by the pending batch, from where it is taken back to") {
    bench.put(moved(each, new_class), 2);
    bench.put(each, 3);
    bench.begin_on_pending();
  }
  bench.now->begin_group();
  bench.put(moved(each, new_class), 7);
  bench.put(moved(each, {fresh_id()}), 8);
  bench.put(moved(each, new_class), 9);
  check_is_in(bench, each, new_class, old_class);
  bench.now->undo_group();
  check_is_in(bench, each, old_class, new_class);
  CHECK(bench.version("enrolments", each.id.value) < 7);
  bench.now->begin_group();
  bench.put(moved(each, new_class), 7);
  bench.now->keep_group();
  check_is_in(bench, each, new_class, old_class);
  if (bench.pending) Bench::write(*bench.database, *bench.family, *bench.pending);
  bench.write_and_begin();
  check_is_in(bench, each, new_class, old_class);
  check_is_stored_in(bench, each, new_class, old_class);
}

TEST_CASE("what is made in a group that is taken back is in no list") {
  Bench bench;
  Enrolment kept = enrolment(old_class);
  bench.insert(kept);
  bench.now->begin_group();
  Enrolment each = enrolment(new_class);
  bench.insert(each, 2);
  bench.put(moved(each, old_class), 3);
  bench.now->undo_group();
  check_is_in(bench, kept, old_class, new_class);
  CHECK(bench.members<&Enrolment::student>(each.student.value).empty());
  CHECK(bench.now->find(kind_of<Enrolment>, each.id.value) == nullptr);
  bench.write_and_begin();
  check_is_stored_in(bench, kept, old_class, new_class);
  CHECK(bench.now->find(kind_of<Enrolment>, each.id.value) == nullptr);
}

TEST_CASE("statistics follow what is put, and are not written when they come out as they were") {
  Bench bench;
  Enrolment each = enrolment(old_class);
  bench.insert(each, 1);
  CHECK(bench.version("class-statistics", old_class.value) == 1);
  bench.write_and_begin();
  each.enrolled_on = Date::parse("2024-02-10");
  bench.put(each, 2);
  CHECK(bench.version("enrolments", each.id.value) == 2);
  CHECK(bench.version("class-statistics", old_class.value) == 1);
  CHECK(bench.version("statistics", bench.tenant.value) == 1);
  each.status = roster::EnrolmentStatus::completed;
  each.outcome = roster::Outcome::fail;
  bench.put(each, 3);
  CHECK(bench.of_class(old_class).completed == 1);
  CHECK(bench.of_class(old_class).active == 0);
  CHECK(bench.of_class(old_class).failed == 1);
  CHECK(bench.of_class(old_class).registrations == 1);
  CHECK(bench.version("class-statistics", old_class.value) == 3);
  bench.put(moved(each, new_class), 4);
  CHECK(bench.of_class(old_class).failed == 0);
  CHECK(bench.of_class(new_class).failed == 1);
  CHECK(bench.version("class-statistics", new_class.value) == 4);
  CHECK(bench.version("statistics", bench.tenant.value) == 3);  // the tenant's counts are as they were
}

TEST_CASE("what no catalog declares is neither stored nor asked for") {
  Bench bench;
  CHECK_THROWS_AS(bench.now->find(kind_of<Undeclared>, fresh_id()), std::logic_error);
  CHECK_THROWS_AS(bench.now->put(fresh_id(), Value{Undeclared{}}), std::logic_error);
  CHECK_THROWS_AS(bench.now->insert(fresh_id(), Value{Undeclared{}}), std::logic_error);
  CHECK_THROWS_AS(bench.now->holder(unique_key<&Class::name>, "A"), std::logic_error);
  CHECK_THROWS_AS(
      bench.now->each_member(parent_key<&roster::Result::enrolment>, fresh_id(), [](const Uuid&) { return true; }),
      std::logic_error);
}

}  // namespace tenantry::test
