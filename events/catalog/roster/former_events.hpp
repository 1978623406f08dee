// Older versions of the roster's events: still in logs, read for ever, written no more. Nothing here ever changes.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "domain/roster/entities.hpp"
#include "events/catalog/field.hpp"

namespace tenantry::events {

// tenantry.roster.assessment-added.v1
struct AssessmentAddedV1 {
  Id<roster::Assessment> id;
  Id<roster::Class> class_id;
  std::string title;
  std::string category;
  int weight = 0;
  std::optional<Date> due_on;
};

template <>
struct Describe<AssessmentAddedV1> {
  using T = AssessmentAddedV1;
  static constexpr std::string_view name = "tenantry.roster.assessment-added";
  static constexpr std::string_view about = "An assessment was added to a class; every score is out of 100.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the assessment"),
                                            field<&T::class_id>("classId", "the class"),
                                            field<&T::title>("title", "its title"),
                                            field<&T::category>("category", "what kind it is: exam, coursework"),
                                            field<&T::weight>("weight", "share of the class in whole per cent"),
                                            field<&T::due_on>("dueOn", "day that it is due")};
};

// tenantry.roster.student-registered.v1
struct StudentRegisteredV1 {
  Id<roster::Student> id;
  std::string number;
  std::string given_name;
  std::string family_name;
  std::optional<std::string> email;
};

template <>
struct Describe<StudentRegisteredV1> {
  using T = StudentRegisteredV1;
  static constexpr std::string_view name = "tenantry.roster.student-registered";
  static constexpr std::string_view about = "A student was registered.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the student"),
                 field<&T::number>("number", "number of the student, unique in the tenant").personal(),
                 field<&T::given_name>("givenName", "given name").personal(),
                 field<&T::family_name>("familyName", "family name").personal(),
                 field<&T::email>("email", "e-mail address").personal()};
};

// tenantry.roster.student-corrected.v1
struct StudentCorrectedV1 {
  Id<roster::Student> id;
  std::string number;
  std::string given_name;
  std::string family_name;
  std::optional<std::string> email;
};

template <>
struct Describe<StudentCorrectedV1> {
  using T = StudentCorrectedV1;
  static constexpr std::string_view name = "tenantry.roster.student-corrected";
  static constexpr std::string_view about = "A student was corrected; the values that hold now.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the student"),
                 field<&T::number>("number", "number of the student, unique in the tenant").personal(),
                 field<&T::given_name>("givenName", "given name").personal(),
                 field<&T::family_name>("familyName", "family name").personal(),
                 field<&T::email>("email", "e-mail address").personal()};
};

// tenantry.roster.teacher-registered.v1
struct TeacherRegisteredV1 {
  Id<roster::Teacher> id;
  std::string number;
  std::string given_name;
  std::string family_name;
  std::optional<std::string> email;
};

template <>
struct Describe<TeacherRegisteredV1> {
  using T = TeacherRegisteredV1;
  static constexpr std::string_view name = "tenantry.roster.teacher-registered";
  static constexpr std::string_view about = "A teacher was registered.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the teacher"),
                 field<&T::number>("number", "number of the teacher, unique in the tenant").personal(),
                 field<&T::given_name>("givenName", "given name").personal(),
                 field<&T::family_name>("familyName", "family name").personal(),
                 field<&T::email>("email", "e-mail address").personal()};
};

// tenantry.roster.teacher-corrected.v1
struct TeacherCorrectedV1 {
  Id<roster::Teacher> id;
  std::string number;
  std::string given_name;
  std::string family_name;
  std::optional<std::string> email;
};

template <>
struct Describe<TeacherCorrectedV1> {
  using T = TeacherCorrectedV1;
  static constexpr std::string_view name = "tenantry.roster.teacher-corrected";
  static constexpr std::string_view about = "A teacher was corrected; the values that hold now.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the teacher"),
                 field<&T::number>("number", "number of the teacher, unique in the tenant").personal(),
                 field<&T::given_name>("givenName", "given name").personal(),
                 field<&T::family_name>("familyName", "family name").personal(),
                 field<&T::email>("email", "e-mail address").personal()};
};

// tenantry.roster.assessment-added.v2
struct AssessmentAddedV2 {
  Id<roster::Assessment> id;
  Id<roster::Class> class_id;
  std::string title;
  std::string category;
  Decimal weight;
  Decimal maximum_score;
  std::optional<Date> due_on;
};

template <>
struct Describe<AssessmentAddedV2> {
  using T = AssessmentAddedV2;
  static constexpr std::string_view name = "tenantry.roster.assessment-added";
  static constexpr std::string_view about = "An assessment was added to a class.";
  using Former = AssessmentAddedV1;
  static constexpr std::string_view upcast_about =
      "Version 1 had no maximumScore, since every score was out of 100, and only whole weights: maximumScore becomes "
      "100.";
  static T upcast(Former former) {
    return {.id = former.id,
            .class_id = former.class_id,
            .title = std::move(former.title),
            .category = std::move(former.category),
            .weight = Decimal::whole(former.weight),
            .maximum_score = Decimal::whole(100),
            .due_on = former.due_on};
  }
  static constexpr auto fields = std::array{field<&T::id>("id", "the assessment"),
                                            field<&T::class_id>("classId", "the class"),
                                            field<&T::title>("title", "its title"),
                                            field<&T::category>("category", "what kind it is: exam, coursework"),
                                            field<&T::weight>("weight", "share of the class in per cent"),
                                            field<&T::maximum_score>("maximumScore", "highest possible score"),
                                            field<&T::due_on>("dueOn", "day that it is due")};
};

// tenantry.roster.assessment-corrected.v1
struct AssessmentCorrectedV1 {
  Id<roster::Assessment> id;
  Id<roster::Class> class_id;
  std::string title;
  std::string category;
  Decimal weight;
  Decimal maximum_score;
  std::optional<Date> due_on;
};

template <>
struct Describe<AssessmentCorrectedV1> {
  using T = AssessmentCorrectedV1;
  static constexpr std::string_view name = "tenantry.roster.assessment-corrected";
  static constexpr std::string_view about = "An assessment was corrected; the values that hold now.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the assessment"),
                                            field<&T::class_id>("classId", "the class"),
                                            field<&T::title>("title", "its title"),
                                            field<&T::category>("category", "what kind it is: exam, coursework"),
                                            field<&T::weight>("weight", "share of the class in per cent"),
                                            field<&T::maximum_score>("maximumScore", "highest possible score"),
                                            field<&T::due_on>("dueOn", "day that it is due")};
};

}  // namespace tenantry::events
