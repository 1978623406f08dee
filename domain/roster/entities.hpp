// Who is taught what, when and by whom: the entities of the roster, modelled on 1EdTech OneRoster 1.2
// (term = academic session, enrolment = a student's enrollment, teaching assignment = a teacher's, assessment = line
// item). Plain values. Dates are days without time zone; an absent one is not known, which is not the same as "today".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "domain/kernel/date.hpp"
#include "domain/kernel/decimal.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::roster {

struct Term {
  static constexpr std::string_view collection = "terms";
  Id<Term> id;
  std::string name;
  Date starts_on;
  Date ends_on;  // the last day

  bool operator==(const Term&) const = default;
};

struct Course {
  static constexpr std::string_view collection = "courses";
  Id<Course> id;
  std::string code;
  std::string title;

  bool operator==(const Course&) const = default;
};

enum class ClassStatus { open, closed };

// A course held in a term.
struct Class {
  static constexpr std::string_view collection = "classes";
  Id<Class> id;
  Id<Course> course;
  Id<Term> term;
  std::string name;
  int capacity = 0;
  Date starts_on;
  Date ends_on;  // the last day
  ClassStatus status = ClassStatus::open;
  int enrolled = 0;  // active enrolments

  bool operator==(const Class&) const = default;
};

struct Student {
  static constexpr std::string_view collection = "students";
  static constexpr bool is_person = true;
  Id<Student> id;
  std::string number;
  std::optional<std::string> given_name;   // one of the two names is always there:
  std::optional<std::string> family_name;  // many people have one name alone
  std::optional<std::string> email;
  bool active = true;

  bool operator==(const Student&) const = default;
};

struct Teacher {
  static constexpr std::string_view collection = "teachers";
  static constexpr bool is_person = true;
  Id<Teacher> id;
  std::string number;
  std::optional<std::string> given_name;   // one of the two names is always there:
  std::optional<std::string> family_name;  // many people have one name alone
  std::optional<std::string> email;
  bool active = true;

  bool operator==(const Teacher&) const = default;
};

enum class EnrolmentStatus { active, withdrawn, completed };
enum class Outcome { pass, fail, distinction };

// A student in a class; one for each pair, however often the student leaves and returns.
struct Enrolment {
  static constexpr std::string_view collection = "enrolments";
  Id<Enrolment> id;
  Id<Class> class_id;
  Id<Student> student;
  EnrolmentStatus status = EnrolmentStatus::active;
  std::optional<Date> enrolled_on;
  std::optional<Date> withdrawn_on;
  std::optional<Date> completed_on;
  std::optional<std::string> withdrawal_reason;
  std::optional<Outcome> outcome;  // if completed

  bool operator==(const Enrolment&) const = default;
};

enum class TeachingRole { lead, assistant };

// A teacher of a class; one for each pair.
struct TeachingAssignment {
  static constexpr std::string_view collection = "teaching-assignments";
  Id<TeachingAssignment> id;
  Id<Class> class_id;
  Id<Teacher> teacher;
  TeachingRole role = TeachingRole::lead;
  bool active = true;

  bool operator==(const TeachingAssignment&) const = default;
};

struct Assessment {
  static constexpr std::string_view collection = "assessments";
  Id<Assessment> id;
  Id<Class> class_id;
  std::string title;
  std::string category;
  Decimal weight;  // in per cent of the class
  Decimal maximum_score;
  std::optional<Date> due_on;
  bool extra_credit = false;  // a score may be above the maximum: see score_limit()

  bool operator==(const Assessment&) const = default;
};

// What a student reached in an assessment; one for each pair.
struct Result {
  static constexpr std::string_view collection = "results";
  Id<Result> id;
  Id<Assessment> assessment;
  Id<Enrolment> enrolment;
  Id<Student> student;
  std::optional<Decimal> score;  // absent: handed in, not marked
  std::optional<Date> submitted_on;
  bool transferred = false;  // brought along from an earlier class

  bool operator==(const Result&) const = default;
};

using Entities = std::tuple<Term, Course, Class, Student, Teacher, Enrolment, TeachingAssignment, Assessment, Result>;

}  // namespace tenantry::roster
