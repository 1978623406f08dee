// What can be asked of a roster. Plain values; texts have been checked for length, not for meaning.
//
// In a Correct… command an absent field keeps what is there. What may be empty is an optional of an optional there: an
// empty inner one clears it.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "domain/roster/entities.hpp"

namespace tenantry::roster {

struct AddTerm {
  Id<Term> id;
  std::string name;
  Date starts_on;
  Date ends_on;
};

struct CorrectTerm {
  Id<Term> id;
  std::optional<std::string> name;
  std::optional<Date> starts_on;
  std::optional<Date> ends_on;
};

struct AddCourse {
  Id<Course> id;
  std::string code;
  std::string title;
};

struct CorrectCourse {
  Id<Course> id;
  std::optional<std::string> code;
  std::optional<std::string> title;
};

struct OpenClass {
  Id<Class> id;
  Id<Course> course;
  Id<Term> term;
  std::string name;
  int capacity = 0;
  Date starts_on;
  Date ends_on;
};

struct CorrectClass {
  Id<Class> id;
  std::optional<std::string> name;
  std::optional<int> capacity;
  std::optional<Date> starts_on;
  std::optional<Date> ends_on;
};

struct CloseClass {
  Id<Class> id;
};

struct RegisterStudent {
  Id<Student> id;
  std::string number;
  std::optional<std::string> given_name;
  std::optional<std::string> family_name;
  std::optional<std::string> email;
};

struct CorrectStudent {
  Id<Student> id;
  std::optional<std::string> number;
  std::optional<std::optional<std::string>> given_name;
  std::optional<std::optional<std::string>> family_name;
  std::optional<std::optional<std::string>> email;
};

struct DeactivateStudent {
  Id<Student> id;
};

struct ReactivateStudent {
  Id<Student> id;
};

struct RegisterTeacher {
  Id<Teacher> id;
  std::string number;
  std::optional<std::string> given_name;
  std::optional<std::string> family_name;
  std::optional<std::string> email;
};

struct CorrectTeacher {
  Id<Teacher> id;
  std::optional<std::string> number;
  std::optional<std::optional<std::string>> given_name;
  std::optional<std::optional<std::string>> family_name;
  std::optional<std::optional<std::string>> email;
};

struct DeactivateTeacher {
  Id<Teacher> id;
};

struct ReactivateTeacher {
  Id<Teacher> id;
};

struct EnrolStudent {
  Id<Enrolment> id;
  Id<Class> class_id;
  Id<Student> student;
  std::optional<Date> enrolled_on;
};

struct WithdrawStudent {
  Id<Enrolment> id;
  std::optional<Date> withdrawn_on;
  std::optional<std::string> reason;
};

struct ReEnrolStudent {
  Id<Enrolment> id;
  std::optional<Date> enrolled_on;  // absent keeps the first day of enrolment
};

struct CompleteEnrolment {
  Id<Enrolment> id;
  Outcome outcome = Outcome::pass;
  std::optional<Date> completed_on;
};

struct ReopenEnrolment {
  Id<Enrolment> id;
};

// To another class of the course.
struct TransferStudent {
  Id<Enrolment> id;
  Id<Class> class_id;
};

struct CorrectEnrolment {
  Id<Enrolment> id;
  std::optional<std::optional<Date>> enrolled_on;
  std::optional<std::optional<Date>> withdrawn_on;
  std::optional<std::optional<Date>> completed_on;
  std::optional<std::optional<std::string>> withdrawal_reason;
  std::optional<Outcome> outcome;
};

struct AssignTeacher {
  Id<TeachingAssignment> id;
  Id<Class> class_id;
  Id<Teacher> teacher;
  TeachingRole role = TeachingRole::lead;
};

struct UnassignTeacher {
  Id<TeachingAssignment> id;
};

struct AddAssessment {
  Id<Assessment> id;
  Id<Class> class_id;
  std::string title;
  std::string category;
  Decimal weight;
  Decimal maximum_score = Decimal::whole(100);
  std::optional<Date> due_on;
  bool extra_credit = false;
};

struct CorrectAssessment {
  Id<Assessment> id;
  std::optional<std::string> title;
  std::optional<std::string> category;
  std::optional<Decimal> weight;
  std::optional<Decimal> maximum_score;
  std::optional<std::optional<Date>> due_on;
  std::optional<bool> extra_credit;
};

struct RecordResult {
  Id<Result> id;
  Id<Assessment> assessment;
  Id<Student> student;
  std::optional<Decimal> score;
  std::optional<Date> submitted_on;
  bool transferred = false;
};

struct CorrectResult {
  Id<Result> id;
  std::optional<std::optional<Decimal>> score;
  std::optional<std::optional<Date>> submitted_on;
};

using Command =
    std::variant<AddTerm, CorrectTerm, AddCourse, CorrectCourse, OpenClass, CorrectClass, CloseClass, RegisterStudent,
                 CorrectStudent, DeactivateStudent, ReactivateStudent, RegisterTeacher, CorrectTeacher,
                 DeactivateTeacher, ReactivateTeacher, EnrolStudent, WithdrawStudent, ReEnrolStudent, CompleteEnrolment,
                 ReopenEnrolment, TransferStudent, CorrectEnrolment, AssignTeacher, UnassignTeacher, AddAssessment,
                 CorrectAssessment, RecordResult, CorrectResult>;

}  // namespace tenantry::roster
