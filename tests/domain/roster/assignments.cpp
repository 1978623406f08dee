// Teaching assignments: who teaches a class, in which role.
#include "tests/domain/roster/samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
const AssignTeacher assign_tom{tom_in_a, class_a, tom, TeachingRole::lead};
const TeacherUnassigned tom_unassigned{tom_in_a, class_a, tom};
}  // namespace

TEST_CASE("a teacher is assigned to a class") {
  auto tables = given(school()).when(assign_tom).then({tom_assigned});
  CHECK(tables.at(tom_in_a).active);
  CHECK(tables.at(tom_in_a).role == TeachingRole::lead);
  CHECK(Rows{tables}.assignment_pairs.holder(class_a, tom) == tom_in_a);
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
  auto tables = given(school_and({tom_assigned}))
                    .when(assistant)
                    .then({TeacherAssigned{tom_in_a, class_a, tom, TeachingRole::assistant}});
  CHECK(tables.all<TeachingAssignment>().size() == 1);
}

TEST_CASE("an assignment that ended begins anew under its own id") {
  AssignTeacher again{id<TeachingAssignment>(9), class_a, tom, TeachingRole::lead};
  auto tables = given(school_and({tom_assigned, tom_unassigned})).when(again).then({tom_assigned});
  CHECK(tables.at(tom_in_a).active);
}

TEST_CASE("an assignment is refused") {
  auto command = assign_tom;
  SECTION("to an unknown class") {
    command.class_id = id<Class>(9);
    given(school()).when(command).then_refused(refused.class_unknown, "classId");
  }
  SECTION("of an unknown teacher") {
    command.teacher = id<Teacher>(9);
    given(school()).when(command).then_refused(refused.teacher_unknown, "teacherId");
  }
  SECTION("of a deactivated teacher") {
    given(school_and({TeacherDeactivated{tom}})).when(command).then_refused(refused.teacher_inactive, "teacherId");
  }
  SECTION("to a closed class") {
    given(school_and({ClassClosed{class_a}})).when(command).then_refused(refused.class_closed, "classId");
  }
  SECTION("under an id that is in use") {
    command.teacher = una;
    given(school_and({tom_assigned})).when(command).then_refused(refused.assignment_exists, "id");
  }
}

TEST_CASE("an assignment ends, also when none could begin") {
  auto tables = given(school_and({tom_assigned})).when(UnassignTeacher{tom_in_a}).then({tom_unassigned});
  CHECK_FALSE(tables.at(tom_in_a).active);
  given(school_and({tom_assigned, ClassClosed{class_a}, TeacherDeactivated{tom}}))
      .when(UnassignTeacher{tom_in_a})
      .then({tom_unassigned});
  given(school()).when(UnassignTeacher{tom_in_a}).then_refused(refused.assignment_unknown, "id");
}

}  // namespace tenantry::roster
