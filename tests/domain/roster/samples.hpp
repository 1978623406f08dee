// A small school for the tests of the roster: one of everything, as the events that made it.
#pragma once

#include "domain/roster/commands.hpp"
#include "domain/roster/events.hpp"
#include "domain/roster/rules.hpp"
#include "tests/support/given.hpp"

namespace tenantry::roster::samples {

using test::given;
using test::id;

inline Date day(std::string_view text) {
  return Date::parse(text).value();
}

inline const Id<Term> autumn = id<Term>(1);
inline const Id<Course> algebra = id<Course>(1);
inline const Id<Class> class_a = id<Class>(1);
inline const Id<Class> class_b = id<Class>(2);
inline const Id<Student> ada = id<Student>(1);
inline const Id<Student> ben = id<Student>(2);
inline const Id<Student> cid = id<Student>(3);
inline const Id<Teacher> tom = id<Teacher>(1);
inline const Id<Teacher> una = id<Teacher>(2);
inline const Id<Enrolment> ada_in_a = id<Enrolment>(1);
inline const Id<Enrolment> ben_in_a = id<Enrolment>(2);
inline const Id<TeachingAssignment> tom_in_a = id<TeachingAssignment>(1);
inline const Id<Assessment> essay = id<Assessment>(1);
inline const Id<Result> ada_essay = id<Result>(1);

// Defined in samples.cpp: for use inside test cases, not in the initial values of other files' variables.
extern const TermAdded autumn_added;
extern const CourseAdded algebra_added;
extern const ClassOpened a_opened;  // room for two
extern const ClassOpened b_opened;
extern const StudentRegistered ada_registered;
extern const StudentRegistered ben_registered;
extern const StudentRegistered cid_registered;
extern const TeacherRegistered tom_registered;
extern const TeacherRegistered una_registered;
extern const StudentEnrolled ada_enrolled;
extern const StudentEnrolled ben_enrolled;
extern const StudentWithdrawn ada_withdrawn;
extern const EnrolmentCompleted ada_completed;
extern const TeacherAssigned tom_assigned;
extern const AssessmentAdded essay_added;
extern const ResultRecorded ada_essay_recorded;

// The school with both classes open, everybody registered and nobody in a class; then more.
test::Events school();
test::Events school_and(test::Events more);

}  // namespace tenantry::roster::samples
