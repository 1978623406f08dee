// What an event is about and whose history shows it besides: both follow from the ids that it holds.
#include <catch2/catch.hpp>

#include "domain/directory/events.hpp"
#include "domain/roster/events.hpp"
#include "domain/tenancy/events.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/events/catalog_samples.hpp"

using namespace tenantry;
using namespace tenantry::events;
using test::fixed_id;

namespace {

using Subjects = std::vector<Subject>;

template <class E>
Subjects mentions(const E& event) {
  return event_mentions(Value{event});
}

const auto term = fixed_id<roster::Term>(2);
const auto course = fixed_id<roster::Course>(3);
const auto class_id = fixed_id<roster::Class>(4);
const auto student = fixed_id<roster::Student>(5);
const auto teacher = fixed_id<roster::Teacher>(6);
const auto enrolment = fixed_id<roster::Enrolment>(7);
const auto assignment = fixed_id<roster::TeachingAssignment>(8);
const auto assessment = fixed_id<roster::Assessment>(9);
const auto result = fixed_id<roster::Result>(10);

}  // namespace

TEST_CASE("an opened class is part of the histories of its course and its term", "[catalog]") {
  CHECK(mentions(roster::ClassOpened{.id = class_id, .course = course, .term = term}) ==
        Subjects{subject_of(course), subject_of(term)});
}

TEST_CASE("every event of an enrolment is part of the histories of its class and its student", "[catalog]") {
  const Subjects both{subject_of(class_id), subject_of(student)};
  CHECK(mentions(roster::StudentEnrolled{.id = enrolment, .class_id = class_id, .student = student}) == both);
  CHECK(mentions(roster::StudentWithdrawn{.id = enrolment, .class_id = class_id, .student = student}) == both);
  CHECK(mentions(roster::StudentReEnrolled{.id = enrolment, .class_id = class_id, .student = student}) == both);
  CHECK(mentions(roster::EnrolmentCompleted{.id = enrolment, .class_id = class_id, .student = student}) == both);
  CHECK(mentions(roster::EnrolmentReopened{.id = enrolment, .class_id = class_id, .student = student}) == both);
  const Id<roster::Class> other_class = fixed_id<roster::Class>(14);
  CHECK(mentions(roster::StudentTransferred{
            .id = enrolment, .former_class = other_class, .class_id = class_id, .student = student}) ==
        Subjects{subject_of(other_class), subject_of(class_id), subject_of(student)});
  CHECK(mentions(roster::EnrolmentCorrected{.id = enrolment, .class_id = class_id, .student = student}) == both);
}

TEST_CASE("an assignment's events are part of the histories of its class and its teacher", "[catalog]") {
  const Subjects both{subject_of(class_id), subject_of(teacher)};
  CHECK(mentions(roster::TeacherAssigned{.id = assignment, .class_id = class_id, .teacher = teacher}) == both);
  CHECK(mentions(roster::TeacherUnassigned{.id = assignment, .class_id = class_id, .teacher = teacher}) == both);
}

TEST_CASE("an assessment's events are part of the history of its class", "[catalog]") {
  const Subjects one{subject_of(class_id)};
  CHECK(mentions(roster::AssessmentAdded{.id = assessment, .class_id = class_id}) == one);
  CHECK(mentions(roster::AssessmentCorrected{.id = assessment, .class_id = class_id}) == one);
}

TEST_CASE("a result is part of the histories of its assessment and its student, not of the enrolment", "[catalog]") {
  const Subjects both{subject_of(assessment), subject_of(student)};
  CHECK(mentions(roster::ResultRecorded{
            .id = result, .assessment = assessment, .enrolment = enrolment, .student = student}) == both);
  CHECK(mentions(roster::ResultCorrected{.id = result, .assessment = assessment, .student = student}) == both);
}

TEST_CASE("events that name nothing else are part of no other history", "[catalog]") {
  CHECK(mentions(roster::TermAdded{.id = term}).empty());
  CHECK(mentions(roster::CourseAdded{.id = course}).empty());
  CHECK(mentions(roster::ClassCorrected{.id = class_id}).empty());
  CHECK(mentions(roster::ClassClosed{.id = class_id}).empty());
  CHECK(mentions(roster::StudentRegistered{.id = student}).empty());
  CHECK(mentions(roster::TeacherRegistered{.id = teacher}).empty());
  CHECK(mentions(tenancy::TenantCreated{.id = fixed_id<tenancy::Tenant>(1)}).empty());
  CHECK(mentions(directory::TenantRegistered{.tenant = fixed_id<tenancy::Tenant>(1)}).empty());
}

TEST_CASE("a registered tenant's event is about its registration, which has the tenant's own id", "[catalog]") {
  TenantId tenant = fixed_id<tenancy::Tenant>(1);
  Subject about = event_subject(Value{directory::TenantRegistered{.tenant = tenant}});
  CHECK(about.text() == "registrations/" + tenant.text());
  CHECK(about == subject(directory::TenantRegistered{.tenant = tenant}));
}

TEST_CASE("every event is about what its own context says, and that is an entity of the catalog", "[catalog]") {
  CHECK(event_subject(Value{tenancy::TenantRenamed{.id = fixed_id<tenancy::Tenant>(1)}}).text() ==
        "tenants/" + fixed_id<tenancy::Tenant>(1).text());
  CHECK(event_subject(Value{roster::StudentEnrolled{.id = enrolment, .class_id = class_id, .student = student}}) ==
        subject_of(enrolment));
  test::Random random{17};
  for (const Catalog* catalog : catalogs()) {
    for (const EventType& type : catalog->events) {
      INFO(type.name);
      Value event = test::sample(random, type).value;
      CHECK(find_entity_type(event_subject(event).collection) != nullptr);
      for (const Subject& mentioned : event_mentions(event)) {
        CHECK(find_entity_type(mentioned.collection) != nullptr);
        CHECK_FALSE(mentioned == event_subject(event));
      }
    }
  }
}
