// What happened in a roster, complete: applying an event needs nothing but the event and the rows. A …Corrected event
// carries every field that can be corrected, with its new value or the one it keeps.
//
// Every event is about the entity whose `id` it holds.
// A published struct never changes; a new version is a new struct and an upcaster (events/catalog/).
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/roster/entities.hpp"

namespace tenantry::roster {

struct TermAdded {
  Id<Term> id;
  std::string name;
  Date starts_on;
  Date ends_on;

  bool operator==(const TermAdded&) const = default;
};

struct TermCorrected {
  Id<Term> id;
  std::string name;
  Date starts_on;
  Date ends_on;

  bool operator==(const TermCorrected&) const = default;
};

struct CourseAdded {
  Id<Course> id;
  std::string code;
  std::string title;

  bool operator==(const CourseAdded&) const = default;
};

struct CourseCorrected {
  Id<Course> id;
  std::string code;
  std::string title;

  bool operator==(const CourseCorrected&) const = default;
};

struct ClassOpened {
  Id<Class> id;
  Id<Course> course;
  Id<Term> term;
  std::string name;
  int capacity = 0;
  Date starts_on;
  Date ends_on;

  bool operator==(const ClassOpened&) const = default;
};

struct ClassCorrected {
  Id<Class> id;
  std::string name;
  int capacity = 0;
  Date starts_on;
  Date ends_on;

  bool operator==(const ClassCorrected&) const = default;
};

struct ClassClosed {
  Id<Class> id;

  bool operator==(const ClassClosed&) const = default;
};

struct StudentRegistered {
  Id<Student> id;
  std::string number;
  std::optional<std::string> given_name;
  std::optional<std::string> family_name;
  std::optional<std::string> email;

  bool operator==(const StudentRegistered&) const = default;
};

struct StudentCorrected {
  Id<Student> id;
  std::string number;
  std::optional<std::string> given_name;
  std::optional<std::string> family_name;
  std::optional<std::string> email;

  bool operator==(const StudentCorrected&) const = default;
};

struct StudentDeactivated {
  Id<Student> id;

  bool operator==(const StudentDeactivated&) const = default;
};

struct StudentReactivated {
  Id<Student> id;

  bool operator==(const StudentReactivated&) const = default;
};

struct TeacherRegistered {
  Id<Teacher> id;
  std::string number;
  std::optional<std::string> given_name;
  std::optional<std::string> family_name;
  std::optional<std::string> email;

  bool operator==(const TeacherRegistered&) const = default;
};

struct TeacherCorrected {
  Id<Teacher> id;
  std::string number;
  std::optional<std::string> given_name;
  std::optional<std::string> family_name;
  std::optional<std::string> email;

  bool operator==(const TeacherCorrected&) const = default;
};

struct TeacherDeactivated {
  Id<Teacher> id;

  bool operator==(const TeacherDeactivated&) const = default;
};

struct TeacherReactivated {
  Id<Teacher> id;

  bool operator==(const TeacherReactivated&) const = default;
};

struct StudentEnrolled {
  Id<Enrolment> id;
  Id<Class> class_id;
  Id<Student> student;
  std::optional<Date> enrolled_on;

  bool operator==(const StudentEnrolled&) const = default;
};

struct StudentWithdrawn {
  Id<Enrolment> id;
  Id<Class> class_id;
  Id<Student> student;
  std::optional<Date> withdrawn_on;
  std::optional<std::string> reason;

  bool operator==(const StudentWithdrawn&) const = default;
};

struct StudentReEnrolled {
  Id<Enrolment> id;
  Id<Class> class_id;
  Id<Student> student;
  std::optional<Date> enrolled_on;

  bool operator==(const StudentReEnrolled&) const = default;
};

struct EnrolmentCompleted {
  Id<Enrolment> id;
  Id<Class> class_id;
  Id<Student> student;
  Outcome outcome = Outcome::pass;
  std::optional<Date> completed_on;

  bool operator==(const EnrolmentCompleted&) const = default;
};

// A completion made by mistake was taken back: the enrolment is active, without outcome and day of completion.
struct EnrolmentReopened {
  Id<Enrolment> id;
  Id<Class> class_id;
  Id<Student> student;

  bool operator==(const EnrolmentReopened&) const = default;
};

// The status stays; what does not belong to it is absent.
struct StudentTransferred {
  Id<Enrolment> id;
  Id<Class> former_class;
  Id<Class> class_id;
  Id<Student> student;

  bool operator==(const StudentTransferred&) const = default;
};

struct EnrolmentCorrected {
  Id<Enrolment> id;
  Id<Class> class_id;
  Id<Student> student;
  std::optional<Date> enrolled_on;
  std::optional<Date> withdrawn_on;
  std::optional<Date> completed_on;
  std::optional<std::string> withdrawal_reason;
  std::optional<Outcome> outcome;

  bool operator==(const EnrolmentCorrected&) const = default;
};

struct TeacherAssigned {
  Id<TeachingAssignment> id;
  Id<Class> class_id;
  Id<Teacher> teacher;
  TeachingRole role = TeachingRole::lead;

  bool operator==(const TeacherAssigned&) const = default;
};

struct TeacherUnassigned {
  Id<TeachingAssignment> id;
  Id<Class> class_id;
  Id<Teacher> teacher;

  bool operator==(const TeacherUnassigned&) const = default;
};

struct AssessmentAdded {
  Id<Assessment> id;
  Id<Class> class_id;
  std::string title;
  std::string category;
  Decimal weight;
  Decimal maximum_score;
  std::optional<Date> due_on;
  bool extra_credit = false;

  bool operator==(const AssessmentAdded&) const = default;
};

struct AssessmentCorrected {
  Id<Assessment> id;
  Id<Class> class_id;
  std::string title;
  std::string category;
  Decimal weight;
  Decimal maximum_score;
  std::optional<Date> due_on;
  bool extra_credit = false;

  bool operator==(const AssessmentCorrected&) const = default;
};

struct ResultRecorded {
  Id<Result> id;
  Id<Assessment> assessment;
  Id<Enrolment> enrolment;
  Id<Student> student;
  std::optional<Decimal> score;
  std::optional<Date> submitted_on;
  bool transferred = false;

  bool operator==(const ResultRecorded&) const = default;
};

struct ResultCorrected {
  Id<Result> id;
  Id<Assessment> assessment;
  Id<Student> student;
  std::optional<Decimal> score;
  std::optional<Date> submitted_on;

  bool operator==(const ResultCorrected&) const = default;
};

using Event = std::variant<TermAdded, TermCorrected, CourseAdded, CourseCorrected, ClassOpened, ClassCorrected,
                           ClassClosed, StudentRegistered, StudentCorrected, StudentDeactivated, StudentReactivated,
                           TeacherRegistered, TeacherCorrected, TeacherDeactivated, TeacherReactivated, StudentEnrolled,
                           StudentWithdrawn, StudentReEnrolled, EnrolmentCompleted, EnrolmentReopened,
                           StudentTransferred, EnrolmentCorrected, TeacherAssigned, TeacherUnassigned, AssessmentAdded,
                           AssessmentCorrected, ResultRecorded, ResultCorrected>;

}  // namespace tenantry::roster
