// The roster's entities and enums, declared: how they look to readers of the API and in the tables.
#pragma once

#include <array>

#include "domain/roster/entities.hpp"
#include "events/catalog/type.hpp"

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
  static constexpr char table = 't';
  static constexpr std::string_view name = "Term";
  static constexpr std::string_view about = "A term: when classes are held.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the term"),
                 field<&T::name>("name", "its name, unique in the tenant; case counts, white space around it does not")
                     .length(1, 100)
                     .unique('t'),
                 field<&T::starts_on>("startsOn", "first day"), field<&T::ends_on>("endsOn", "last day")};
};

template <>
struct Describe<roster::Course> {
  using T = roster::Course;
  static constexpr char table = 'c';
  static constexpr std::string_view name = "Course";
  static constexpr std::string_view about = "A course: what is taught.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the course"),
                 field<&T::code>("code", "its code, unique in the tenant; case counts, white space around it does not")
                     .length(1, 50)
                     .unique('c'),
                 field<&T::title>("title", "its title").length(1, 200)};
};

template <>
struct Describe<roster::Class> {
  using T = roster::Class;
  static constexpr char table = 'k';
  static constexpr std::string_view noun = "class";
  static constexpr std::string_view name = "Class";
  static constexpr std::string_view about = "A course held in a term.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the class"),
                 field<&T::course>("courseId", "the course that is held").listed('c'),
                 field<&T::term>("termId", "the term that it is held in").listed('t'),
                 field<&T::name>("name", "its name").length(1, 200),
                 field<&T::capacity>("capacity", "most active enrolments, 1 to 100000").judged(1, 100'000),
                 field<&T::starts_on>("startsOn", "first day"),
                 field<&T::ends_on>("endsOn", "last day"),
                 field<&T::status>("status", "whether it takes enrolments").filtered('k'),
                 field<&T::enrolled>("enrolled", "active enrolments")};
};

template <>
struct Describe<roster::Student> {
  using T = roster::Student;
  static constexpr char table = 's';
  static constexpr std::string_view name = "Student";
  static constexpr std::string_view about = "A student.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the student"),
      field<&T::number>("number",
                        "number of the student, unique in the tenant; case counts, white space around it does not")
          .length(1, 50)
          .personal()
          .unique('s'),
      field<&T::given_name>("givenName", "given name, if there is one").length(1, 100).personal(),
      field<&T::family_name>("familyName", "family name, if there is one").length(1, 100).personal(),
      field<&T::email>("email", "e-mail address").length(3, 254).personal(),
      field<&T::active>("active", "whether the student can be enrolled")};
};

template <>
struct Describe<roster::Teacher> {
  using T = roster::Teacher;
  static constexpr char table = 'p';
  static constexpr std::string_view name = "Teacher";
  static constexpr std::string_view about = "A teacher.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the teacher"),
      field<&T::number>("number",
                        "number of the teacher, unique in the tenant; case counts, white space around it does not")
          .length(1, 50)
          .personal()
          .unique('p'),
      field<&T::given_name>("givenName", "given name, if there is one").length(1, 100).personal(),
      field<&T::family_name>("familyName", "family name, if there is one").length(1, 100).personal(),
      field<&T::email>("email", "e-mail address").length(3, 254).personal(),
      field<&T::active>("active", "whether the teacher can be assigned").filtered('p')};
};

template <>
struct Describe<roster::Enrolment> {
  using T = roster::Enrolment;
  static constexpr char table = 'e';
  static constexpr std::string_view name = "Enrolment";
  static constexpr std::string_view about = "A student in a class.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the enrolment"),
                 field<&T::class_id>("classId", "the class").listed('k'),
                 field<&T::student>("studentId", "the student").listed('s'),
                 field<&T::status>("status", "where the enrolment stands").filtered('e'),
                 field<&T::enrolled_on>("enrolledOn", "first day, if known"),
                 field<&T::withdrawn_on>("withdrawnOn", "last day, if known"),
                 field<&T::completed_on>("completedOn", "day of completion, if known"),
                 field<&T::withdrawal_reason>("withdrawalReason", "why the student was withdrawn")
                     .length(1, 500)
                     .personal_of("studentId"),
                 field<&T::outcome>("outcome", "how it ended, if completed")};
  static constexpr auto keys = std::array{key<&T::class_id, &T::student>('e')};
};

template <>
struct Describe<roster::TeachingAssignment> {
  using T = roster::TeachingAssignment;
  static constexpr char table = 'g';
  static constexpr std::string_view name = "TeachingAssignment";
  static constexpr std::string_view about = "A teacher of a class.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the assignment"), field<&T::class_id>("classId", "the class").listed('g'),
                 field<&T::teacher>("teacherId", "the teacher").listed('p'),
                 field<&T::role>("role", "what the teacher does in the class"),
                 field<&T::active>("active", "whether it lasts").filtered('g')};
  static constexpr auto keys = std::array{key<&T::class_id, &T::teacher>('a')};
};

inline constexpr std::string_view extra_credit_about =
    "whether a score may be above the maximum: up to twice the maximum";

template <>
struct Describe<roster::Assessment> {
  using T = roster::Assessment;
  static constexpr char table = 'a';
  static constexpr std::string_view name = "Assessment";
  static constexpr std::string_view about = "Something that students of a class are assessed by.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the assessment"),
                 field<&T::class_id>("classId", "the class").listed('a'),
                 field<&T::title>("title", "its title").length(1, 200),
                 field<&T::category>("category", "what kind it is: exam, coursework").length(1, 50),
                 field<&T::weight>("weight", "share of the class in per cent, 0 to 100").judged(0, 100),
                 field<&T::maximum_score>("maximumScore", "what a score is out of").judged_above(0),
                 field<&T::due_on>("dueOn", "day that it is due"),
                 field<&T::extra_credit>("extraCredit", extra_credit_about)};
};

template <>
struct Describe<roster::Result> {
  using T = roster::Result;
  static constexpr char table = 'x';
  static constexpr std::string_view name = "Result";
  static constexpr std::string_view about = "What a student reached in an assessment.";
  static constexpr Permission permission = Permission::read_roster;
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the result"),
                 field<&T::assessment>("assessmentId", "the assessment").listed('x'),
                 field<&T::enrolment>("enrolmentId", "the enrolment of the student in the class"),
                 field<&T::student>("studentId", "the student").listed('r'),
                 field<&T::score>("score", "score; empty if not marked").judged(0, 1'000'000'000),
                 field<&T::submitted_on>("submittedOn", "day that it was handed in"),
                 field<&T::transferred>("transferred", "whether it was brought along from an earlier class")};
  static constexpr auto keys = std::array{key<&T::assessment, &T::student>('x')};
};

}  // namespace tenantry::events
