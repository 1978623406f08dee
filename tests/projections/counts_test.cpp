// A statistic equals what it counts, and a list holds what belongs to it: after random commands through the real log,
// engine and projector, and again after the tables were made anew from the log.
//
// What is counted is read from the entities' own rows, one by one; nothing here adds up as the projections do.
#include <algorithm>
#include <map>
#include <set>

#include "domain/roster/entities.hpp"
#include "events/catalog/catalog.hpp"
#include "events/catalog/roster/entities.hpp"
#include "projections/keys.hpp"
#include "projections/roster/statistics.hpp"
#include "projections/stored_types.hpp"
#include "tests/projections/school.hpp"
#include "tests/support/roster_commands.hpp"

namespace tenantry::test {
namespace {

using projections::ClassStatistics;
using projections::TenantStatistics;
using namespace roster;

constexpr std::size_t rows_max = 100'000;

template <class Entity>
using Rows = std::map<Id<Entity>, Entity>;

template <class Entity>
Rows<Entity> entities(School& school, TenantId tenant) {
  Rows<Entity> rows;
  auto add = [&](std::string_view, std::string_view row) {
    auto entity = unpack<Entity>(projections::read_entity_row(row).packed).value();
    return rows.emplace(entity.id, entity).second;
  };
  auto prefix = projections::entity_prefix(projections::table_of<Entity>());
  REQUIRE(school.store(tenant).scan(prefix, "", rows_max, add));
  return rows;
}

struct Tables {
  Tables(School& school, TenantId tenant)
      : terms(entities<Term>(school, tenant)),
        courses(entities<Course>(school, tenant)),
        classes(entities<Class>(school, tenant)),
        students(entities<Student>(school, tenant)),
        teachers(entities<Teacher>(school, tenant)),
        enrolments(entities<Enrolment>(school, tenant)),
        assignments(entities<TeachingAssignment>(school, tenant)),
        assessments(entities<Assessment>(school, tenant)),
        results(entities<Result>(school, tenant)),
        of_classes(entities<ClassStatistics>(school, tenant)),
        of_tenant(entities<TenantStatistics>(school, tenant)) {}

  Rows<Term> terms;
  Rows<Course> courses;
  Rows<Class> classes;
  Rows<Student> students;
  Rows<Teacher> teachers;
  Rows<Enrolment> enrolments;
  Rows<TeachingAssignment> assignments;
  Rows<Assessment> assessments;
  Rows<Result> results;
  Rows<ClassStatistics> of_classes;
  Rows<TenantStatistics> of_tenant;
};

template <class Entity>
std::uint64_t count(const Rows<Entity>& rows, auto is_counted) {
  return static_cast<std::uint64_t>(
      std::ranges::count_if(rows, [&](const auto& row) { return is_counted(row.second); }));
}

// The counts that classes and tenants share, of those enrolments, assessments and results that `belongs` says.
template <class Statistics>
void count_into(Statistics& counted, const Tables& tables, auto belongs) {
  auto of_class = [&](const Enrolment& row) { return belongs(row.class_id); };
  auto with_status = [&](EnrolmentStatus status) {
    return count(tables.enrolments, [&](const auto& row) { return of_class(row) && row.status == status; });
  };
  auto with_outcome = [&](roster::Outcome outcome) {
    return count(tables.enrolments, [&](const auto& row) { return of_class(row) && row.outcome == outcome; });
  };
  counted.registrations = count(tables.enrolments, of_class);
  counted.active = with_status(EnrolmentStatus::active);
  counted.withdrawn = with_status(EnrolmentStatus::withdrawn);
  counted.completed = with_status(EnrolmentStatus::completed);
  counted.passed = with_outcome(roster::Outcome::pass);
  counted.failed = with_outcome(roster::Outcome::fail);
  counted.distinctions = with_outcome(roster::Outcome::distinction);
  counted.assessments = count(tables.assessments, [&](const auto& row) { return belongs(row.class_id); });
  counted.results =
      count(tables.results, [&](const auto& row) { return belongs(tables.assessments.at(row.assessment).class_id); });
}

template <class Statistics>
void require_equal(const Statistics& kept, const Statistics& counted) {
  std::string kept_text, counted_text;
  encode(kept, kept_text);
  encode(counted, counted_text);
  REQUIRE(kept_text == counted_text);
}

void require_statistics(const Tables& tables, TenantId tenant) {
  REQUIRE(tables.of_classes.size() == tables.classes.size());
  for (const auto& [id, row] : tables.classes) {
    ClassStatistics counted{.id = {id.value}};
    count_into(counted, tables, [&](const Id<Class>& class_id) { return class_id == id; });
    require_equal(tables.of_classes.at({id.value}), counted);
    REQUIRE(static_cast<std::uint64_t>(row.enrolled) == counted.active);
  }
  TenantStatistics counted{.id = {tenant.value}};
  count_into(counted, tables, [](const Id<Class>&) { return true; });
  counted.terms = tables.terms.size();
  counted.courses = tables.courses.size();
  counted.classes = tables.classes.size();
  counted.students = tables.students.size();
  counted.teachers = tables.teachers.size();
  REQUIRE(tables.of_tenant.size() == 1);
  require_equal(tables.of_tenant.begin()->second, counted);
}

// The list of each parent has those children, and no other, that name it.
template <class Parent, class Child>
void require_list(School& school, TenantId tenant, const ParentKey& key, const Rows<Parent>& parents,
                  const Rows<Child>& children, Id<Parent> Child::*parent) {
  char letter = projections::letter_of(key);
  for (const auto& [id, row] : parents) {
    std::set<Uuid> listed, belonging;
    for (const auto& [child_id, child] : children) {
      if (child.*parent == id) belonging.insert(child_id.value);
    }
    auto add = [&](std::string_view key, std::string_view) {
      return listed.insert(projections::id_at_end(key)).second;
    };
    REQUIRE(school.store(tenant).scan(projections::list_prefix(letter, id.value), "", rows_max, add));
    INFO("list " << letter << " of " << subject_of(id).text());
    REQUIRE(listed == belonging);
  }
}

void require_lists(School& school, TenantId tenant, const Tables& tables) {
  auto require = [&]<auto Parent>(const auto& parents, const auto& children) {
    require_list(school, tenant, parent_key<Parent>, parents, children, Parent);
  };
  require.operator()<&Class::term>(tables.terms, tables.classes);
  require.operator()<&Class::course>(tables.courses, tables.classes);
  require.operator()<&Enrolment::class_id>(tables.classes, tables.enrolments);
  require.operator()<&Enrolment::student>(tables.students, tables.enrolments);
  require.operator()<&TeachingAssignment::class_id>(tables.classes, tables.assignments);
  require.operator()<&TeachingAssignment::teacher>(tables.teachers, tables.assignments);
  require.operator()<&Assessment::class_id>(tables.classes, tables.assessments);
  require.operator()<&Result::assessment>(tables.assessments, tables.results);
  require.operator()<&Result::student>(tables.students, tables.results);
}

std::size_t rows_of_kind(School& school, TenantId tenant, char kind) {
  return school.count(tenant, std::string(1, kind));
}

// The rows of each unique value name its holder, those of filters say which value an entity has, and those of lists are
// no more than entities say: of every type that there is, whatever the context.
void require_rows_of_every_type(School& school, TenantId tenant) {
  std::size_t values = 0, places = 0, chosen = 0;
  for (const Catalog* catalog : catalogs()) {
    for (const EntityType& type : catalog->entities) {
      auto check = [&](std::string_view key, std::string_view row) {
        Value entity = Value::of_kind(*type.kind);
        REQUIRE_FALSE(unpack(type.fields, projections::read_entity_row(row).packed, entity.data()));
        for (const auto& each : type.keys) {
          std::string value;
          each.key->append(entity.data(), value);
          auto holder = school.store(tenant).get(projections::index_key(each.letter, value)).value();
          REQUIRE(holder);
          REQUIRE(projections::id_at_end(*holder) == projections::id_at_end(key));
          ++values;
        }
        for (const auto& each : type.filters) {
          std::string packed;
          each.field->type->pack(each.field->in(entity.data()), packed);
          auto row_key = projections::filter_key(each.letter, packed, projections::id_at_end(key));
          REQUIRE(school.store(tenant).get(row_key).value());
          ++chosen;
        }
        places += type.lists.size();
        return true;
      };
      REQUIRE(school.store(tenant).scan(projections::entity_prefix(type.table), "", rows_max, check));
    }
  }
  REQUIRE(rows_of_kind(school, tenant, 'u') == values);
  REQUIRE(rows_of_kind(school, tenant, 'l') == places);
  REQUIRE(rows_of_kind(school, tenant, 'f') == chosen);
}

void require_laws(School& school, TenantId tenant) {
  Tables tables(school, tenant);
  require_statistics(tables, tenant);
  require_lists(school, tenant, tables);
  require_rows_of_every_type(school, tenant);
}

// Each count of the tenant's statistics that is not 0, by its place.
std::set<std::size_t> counted(School& school, TenantId tenant) {
  auto all = entities<TenantStatistics>(school, tenant);
  const TenantStatistics& counts = all.begin()->second;
  std::set<std::size_t> places;
  std::size_t place = 0;
  for (const Field& field : Describe<TenantStatistics>::fields) {
    bool is_count = field.type == &value_type<std::uint64_t>;
    if (is_count && *static_cast<const std::uint64_t*>(field.in(&counts)) > 0) places.insert(place);
    ++place;
  }
  return places;
}

}  // namespace

TEST_CASE("every statistic equals what it counts, on random walks and in tables made again from the log") {
  School school;
  std::vector<TenantId> tenants = {school.create_tenant("alpha"), school.create_tenant("beta")};
  constexpr int batches = 25, batch = 400;
  std::set<std::size_t> met;
  std::size_t with_events = 0;
  for (std::size_t index = 0; index < tenants.size(); ++index) {
    RandomCommands walk(static_cast<std::uint32_t>(101 + index));
    for (int step = 0; step < batches; ++step) {
      CAPTURE(index, step);
      std::vector<Value> commands;
      for (int each = 0; each < batch; ++each) {
        std::visit([&](auto command) { commands.emplace_back(std::move(command)); }, walk.command());
      }
      with_events += school.send_all(tenants[index], commands);
      require_laws(school, tenants[index]);
      met.merge(counted(school, tenants[index]));
    }
  }
  CHECK(with_events > 1'000);
  CHECK(met.size() == field_count<TenantStatistics> - 1);  // all but the id: the walk has been everywhere
  school.rebuild();
  for (TenantId tenant : tenants) require_laws(school, tenant);
}

}  // namespace tenantry::test
