// Teaching assignments: who teaches a class, in which role.
#include "tests/domain/roster_samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
const AssignTeacher assign_tom{tom_in_a, class_a, tom, TeachingRole::lead};
const TeacherUnassigned tom_unassigned{tom_in_a, class_a, tom};
}  // namespace

TEST_CASE("a teacher is assigned to a class") {
  auto memory = given(school()).when(assign_tom).then({tom_assigned});
  CHECK(memory->assignments.at(tom_in_a).active);
  CHECK(memory->assignments.at(tom_in_a).role == TeachingRole::lead);
  CHECK(memory->assignment_pairs.content().at(pair_key(class_a, tom)) == tom_in_a);
  AssignTeacher una_too{id<TeachingAssignment>(2), class_a, una, TeachingRole::lead};
  given(school_and({tom_assigned})).when(una_too).then({TeacherAssigned{una_too.id, class_a, una, TeachingRole::lead}});
}

TEST_CASE("assigning an assigned teacher makes nothing and answers the assignment that is there") {
  AssignTeacher again{id<TeachingAssignment>(9), class_a, tom, TeachingRole::lead};
  given(school_and({tom_assigned})).when(again).then_holds(tom_in_a);
  given(school_and({tom_assigned, ClassClosed{class_a}, TeacherDeactivated{tom}})).when(again).then_holds(tom_in_a);
}

TEST_CASE("assigning in another role changes the role of the assignment that is there") {
  AssignTeacher assistant{id<TeachingAssignment>(9), class_a, tom, TeachingRole::assistant};
  auto memory = given(school_and({tom_assigned}))
                    .when(assistant)
                    .then({TeacherAssigned{tom_in_a, class_a, tom, TeachingRole::assistant}});
  CHECK(memory->assignments.content().size() == 1);
}

TEST_CASE("an assignment that ended begins anew under its own id") {
  AssignTeacher again{id<TeachingAssignment>(9), class_a, tom, TeachingRole::lead};
  auto memory = given(school_and({tom_assigned, tom_unassigned})).when(again).then({tom_assigned});
  CHECK(memory->assignments.at(tom_in_a).active);
}

TEST_CASE("an assignment is refused") {
  auto command = assign_tom;
  SECTION("to an unknown class") {
    command.class_id = id<Class>(9);
    given(school()).when(command).then_refused(Refused::class_unknown, "classId");
  }
  SECTION("of an unknown teacher") {
    command.teacher = id<Teacher>(9);
    given(school()).when(command).then_refused(Refused::teacher_unknown, "teacherId");
  }
  SECTION("of a deactivated teacher") {
    given(school_and({TeacherDeactivated{tom}})).when(command).then_refused(Refused::teacher_inactive, "teacherId");
  }
  SECTION("to a closed class") {
    given(school_and({ClassClosed{class_a}})).when(command).then_refused(Refused::class_closed, "classId");
  }
  SECTION("under an id that is in use") {
    command.teacher = una;
    given(school_and({tom_assigned})).when(command).then_refused(Refused::assignment_exists, "id");
  }
}

TEST_CASE("an assignment ends, also when none could begin") {
  auto memory = given(school_and({tom_assigned})).when(UnassignTeacher{tom_in_a}).then({tom_unassigned});
  CHECK_FALSE(memory->assignments.at(tom_in_a).active);
  given(school_and({tom_assigned, ClassClosed{class_a}, TeacherDeactivated{tom}}))
      .when(UnassignTeacher{tom_in_a})
      .then({tom_unassigned});
  given(school()).when(UnassignTeacher{tom_in_a}).then_refused(Refused::assignment_unknown, "id");
}

}  // namespace tenantry::roster
