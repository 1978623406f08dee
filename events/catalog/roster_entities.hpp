// The roster's entities and enums, declared: how they look to readers of the API and in the tables.
#pragma once

#include <array>
#include <tuple>

#include "domain/roster/entities.hpp"
#include "events/catalog/field.hpp"

namespace tenantry::events {

template <>
struct Describe<roster::ClassStatus> {
  static constexpr auto choices =
      std::array{choice(roster::ClassStatus::open, "open"), choice(roster::ClassStatus::closed, "closed")};
};

template <>
struct Describe<roster::EnrolmentStatus> {
  static constexpr auto choices = std::array{choice(roster::EnrolmentStatus::active, "active"),
                                             choice(roster::EnrolmentStatus::withdrawn, "withdrawn"),
                                             choice(roster::EnrolmentStatus::completed, "completed")};
};

template <>
struct Describe<roster::Outcome> {
  static constexpr auto choices =
      std::array{choice(roster::Outcome::pass, "pass"), choice(roster::Outcome::fail, "fail"),
                 choice(roster::Outcome::distinction, "distinction")};
};

template <>
struct Describe<roster::TeachingRole> {
  static constexpr auto choices =
      std::array{choice(roster::TeachingRole::lead, "lead"), choice(roster::TeachingRole::assistant, "assistant")};
};

template <>
struct Describe<roster::Term> {
  using T = roster::Term;
  static constexpr std::string_view name = "Term";
  static constexpr std::string_view about = "A term: when classes are held.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the term"), field("name", &T::name, "its name, unique in the tenant"),
                 field("startsOn", &T::starts_on, "first day"), field("endsOn", &T::ends_on, "last day")};
};

template <>
struct Describe<roster::Course> {
  using T = roster::Course;
  static constexpr std::string_view name = "Course";
  static constexpr std::string_view about = "A course: what is taught.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the course"), field("code", &T::code, "its code, unique in the tenant"),
                 field("title", &T::title, "its title")};
};

template <>
struct Describe<roster::Class> {
  using T = roster::Class;
  static constexpr std::string_view name = "Class";
  static constexpr std::string_view about = "A course held in a term.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the class"),
                                            field("courseId", &T::course, "the course that is held"),
                                            field("termId", &T::term, "the term that it is held in"),
                                            field("name", &T::name, "its name"),
                                            field("capacity", &T::capacity, "most active enrolments"),
                                            field("startsOn", &T::starts_on, "first day"),
                                            field("endsOn", &T::ends_on, "last day"),
                                            field("status", &T::status, "whether it takes enrolments"),
                                            field("enrolled", &T::enrolled, "active enrolments")};
};

template <>
struct Describe<roster::Student> {
  using T = roster::Student;
  static constexpr std::string_view name = "Student";
  static constexpr std::string_view about = "A student.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the student"),
                 field("number", &T::number, "number of the student, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name, if there is one").personal(),
                 field("familyName", &T::family_name, "family name, if there is one").personal(),
                 field("email", &T::email, "e-mail address").personal(),
                 field("active", &T::active, "whether the student can be enrolled")};
};

template <>
struct Describe<roster::Teacher> {
  using T = roster::Teacher;
  static constexpr std::string_view name = "Teacher";
  static constexpr std::string_view about = "A teacher.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the teacher"),
                 field("number", &T::number, "number of the teacher, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name, if there is one").personal(),
                 field("familyName", &T::family_name, "family name, if there is one").personal(),
                 field("email", &T::email, "e-mail address").personal(),
                 field("active", &T::active, "whether the teacher can be assigned")};
};

template <>
struct Describe<roster::Enrolment> {
  using T = roster::Enrolment;
  static constexpr std::string_view name = "Enrolment";
  static constexpr std::string_view about = "A student in a class.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the enrolment"),
                 field("classId", &T::class_id, "the class"),
                 field("studentId", &T::student, "the student"),
                 field("status", &T::status, "where the enrolment stands"),
                 field("enrolledOn", &T::enrolled_on, "first day, if known"),
                 field("withdrawnOn", &T::withdrawn_on, "last day, if known"),
                 field("completedOn", &T::completed_on, "day of completion, if known"),
                 field("withdrawalReason", &T::withdrawal_reason, "why the student was withdrawn").personal(),
                 field("outcome", &T::outcome, "how it ended, if completed")};
};

template <>
struct Describe<roster::TeachingAssignment> {
  using T = roster::TeachingAssignment;
  static constexpr std::string_view name = "TeachingAssignment";
  static constexpr std::string_view about = "A teacher of a class.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the assignment"), field("classId", &T::class_id, "the class"),
      field("teacherId", &T::teacher, "the teacher"), field("role", &T::role, "what the teacher does in the class"),
      field("active", &T::active, "whether it lasts")};
};

inline constexpr std::string_view extra_credit_about =
    "whether a score may be above the maximum: up to twice the maximum";

template <>
struct Describe<roster::Assessment> {
  using T = roster::Assessment;
  static constexpr std::string_view name = "Assessment";
  static constexpr std::string_view about = "Something that students of a class are assessed by.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the assessment"),
                                            field("classId", &T::class_id, "the class"),
                                            field("title", &T::title, "its title"),
                                            field("category", &T::category, "what kind it is: exam, coursework"),
                                            field("weight", &T::weight, "share of the class in per cent"),
                                            field("maximumScore", &T::maximum_score, "what a score is out of"),
                                            field("dueOn", &T::due_on, "day that it is due"),
                                            field("extraCredit", &T::extra_credit, extra_credit_about)};
};

template <>
struct Describe<roster::Result> {
  using T = roster::Result;
  static constexpr std::string_view name = "Result";
  static constexpr std::string_view about = "What a student reached in an assessment.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the result"),
                 field("assessmentId", &T::assessment, "the assessment"),
                 field("enrolmentId", &T::enrolment, "the enrolment of the student in the class"),
                 field("studentId", &T::student, "the student"),
                 field("score", &T::score, "score; empty if not marked"),
                 field("submittedOn", &T::submitted_on, "day that it was handed in"),
                 field("transferred", &T::transferred, "whether it was brought along from an earlier class")};
};

using RosterEntities = std::tuple<roster::Term, roster::Course, roster::Class, roster::Student, roster::Teacher,
                                  roster::Enrolment, roster::TeachingAssignment, roster::Assessment, roster::Result>;

}  // namespace tenantry::events
