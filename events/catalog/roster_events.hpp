// The roster's events, declared. Texts have no limits of their own here: what was accepted once can always be read.
#pragma once

#include <utility>

#include "domain/roster/events.hpp"
#include "events/catalog/field.hpp"
#include "events/catalog/roster_entities.hpp"
#include "events/catalog/roster_former_events.hpp"

namespace tenantry::events {

template <>
struct Describe<roster::TermAdded> {
  using T = roster::TermAdded;
  static constexpr std::string_view name = "tenantry.roster.term-added";
  static constexpr std::string_view about = "A term was added.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the term"), field("name", &T::name, "its name"),
                 field("startsOn", &T::starts_on, "first day"), field("endsOn", &T::ends_on, "last day")};
};

template <>
struct Describe<roster::TermCorrected> {
  using T = roster::TermCorrected;
  static constexpr std::string_view name = "tenantry.roster.term-corrected";
  static constexpr std::string_view about = "A term was corrected; the values that hold now.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the term"), field("name", &T::name, "its name"),
                 field("startsOn", &T::starts_on, "first day"), field("endsOn", &T::ends_on, "last day")};
};

template <>
struct Describe<roster::CourseAdded> {
  using T = roster::CourseAdded;
  static constexpr std::string_view name = "tenantry.roster.course-added";
  static constexpr std::string_view about = "A course was added.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the course"), field("code", &T::code, "its code"),
                                            field("title", &T::title, "its title")};
};

template <>
struct Describe<roster::CourseCorrected> {
  using T = roster::CourseCorrected;
  static constexpr std::string_view name = "tenantry.roster.course-corrected";
  static constexpr std::string_view about = "A course was corrected; the values that hold now.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the course"), field("code", &T::code, "its code"),
                                            field("title", &T::title, "its title")};
};

template <>
struct Describe<roster::ClassOpened> {
  using T = roster::ClassOpened;
  static constexpr std::string_view name = "tenantry.roster.class-opened";
  static constexpr std::string_view about = "A class of a course in a term was opened for enrolment.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the class"),
                                            field("courseId", &T::course, "the course that is held"),
                                            field("termId", &T::term, "the term that it is held in"),
                                            field("name", &T::name, "its name"),
                                            field("capacity", &T::capacity, "most active enrolments"),
                                            field("startsOn", &T::starts_on, "first day"),
                                            field("endsOn", &T::ends_on, "last day")};
};

template <>
struct Describe<roster::ClassCorrected> {
  using T = roster::ClassCorrected;
  static constexpr std::string_view name = "tenantry.roster.class-corrected";
  static constexpr std::string_view about = "A class was corrected; the values that hold now.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the class"), field("name", &T::name, "its name"),
                 field("capacity", &T::capacity, "most active enrolments"),
                 field("startsOn", &T::starts_on, "first day"), field("endsOn", &T::ends_on, "last day")};
};

template <>
struct Describe<roster::ClassClosed> {
  using T = roster::ClassClosed;
  static constexpr std::string_view name = "tenantry.roster.class-closed";
  static constexpr std::string_view about = "A class was closed: no more enrolments or assignments.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the class")};
};

template <>
struct Describe<roster::StudentRegistered> {
  using T = roster::StudentRegistered;
  static constexpr std::string_view name = "tenantry.roster.student-registered";
  static constexpr std::string_view about = "A student was registered.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the student"),
                 field("number", &T::number, "number of the student, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name").personal(),
                 field("familyName", &T::family_name, "family name").personal(),
                 field("email", &T::email, "e-mail address").personal()};
};

template <>
struct Describe<roster::StudentCorrected> {
  using T = roster::StudentCorrected;
  static constexpr std::string_view name = "tenantry.roster.student-corrected";
  static constexpr std::string_view about = "A student was corrected; the values that hold now.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the student"),
                 field("number", &T::number, "number of the student, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name").personal(),
                 field("familyName", &T::family_name, "family name").personal(),
                 field("email", &T::email, "e-mail address").personal()};
};

template <>
struct Describe<roster::StudentDeactivated> {
  using T = roster::StudentDeactivated;
  static constexpr std::string_view name = "tenantry.roster.student-deactivated";
  static constexpr std::string_view about = "A student was deactivated.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the student")};
};

template <>
struct Describe<roster::TeacherRegistered> {
  using T = roster::TeacherRegistered;
  static constexpr std::string_view name = "tenantry.roster.teacher-registered";
  static constexpr std::string_view about = "A teacher was registered.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the teacher"),
                 field("number", &T::number, "number of the teacher, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name").personal(),
                 field("familyName", &T::family_name, "family name").personal(),
                 field("email", &T::email, "e-mail address").personal()};
};

template <>
struct Describe<roster::TeacherCorrected> {
  using T = roster::TeacherCorrected;
  static constexpr std::string_view name = "tenantry.roster.teacher-corrected";
  static constexpr std::string_view about = "A teacher was corrected; the values that hold now.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the teacher"),
                 field("number", &T::number, "number of the teacher, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name").personal(),
                 field("familyName", &T::family_name, "family name").personal(),
                 field("email", &T::email, "e-mail address").personal()};
};

template <>
struct Describe<roster::TeacherDeactivated> {
  using T = roster::TeacherDeactivated;
  static constexpr std::string_view name = "tenantry.roster.teacher-deactivated";
  static constexpr std::string_view about = "A teacher was deactivated.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the teacher")};
};

template <>
struct Describe<roster::StudentEnrolled> {
  using T = roster::StudentEnrolled;
  static constexpr std::string_view name = "tenantry.roster.student-enrolled";
  static constexpr std::string_view about = "A student was enrolled in a class.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the enrolment"), field("classId", &T::class_id, "the class"),
      field("studentId", &T::student, "the student"), field("enrolledOn", &T::enrolled_on, "first day, if known")};
};

template <>
struct Describe<roster::StudentWithdrawn> {
  using T = roster::StudentWithdrawn;
  static constexpr std::string_view name = "tenantry.roster.student-withdrawn";
  static constexpr std::string_view about = "A student was withdrawn from a class.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the enrolment"), field("classId", &T::class_id, "the class"),
      field("studentId", &T::student, "the student"), field("withdrawnOn", &T::withdrawn_on, "last day, if known"),
      field("reason", &T::reason, "why").personal()};
};

template <>
struct Describe<roster::StudentReEnrolled> {
  using T = roster::StudentReEnrolled;
  static constexpr std::string_view name = "tenantry.roster.student-re-enrolled";
  static constexpr std::string_view about = "A student who was withdrawn was enrolled again.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the enrolment"), field("classId", &T::class_id, "the class"),
      field("studentId", &T::student, "the student"), field("enrolledOn", &T::enrolled_on, "first day, if known")};
};

template <>
struct Describe<roster::EnrolmentCompleted> {
  using T = roster::EnrolmentCompleted;
  static constexpr std::string_view name = "tenantry.roster.enrolment-completed";
  static constexpr std::string_view about = "An enrolment was completed.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the enrolment"), field("classId", &T::class_id, "the class"),
                 field("studentId", &T::student, "the student"), field("outcome", &T::outcome, "how it ended"),
                 field("completedOn", &T::completed_on, "day of completion, if known")};
};

template <>
struct Describe<roster::TeacherAssigned> {
  using T = roster::TeacherAssigned;
  static constexpr std::string_view name = "tenantry.roster.teacher-assigned";
  static constexpr std::string_view about = "A teacher was assigned to a class.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the assignment"), field("classId", &T::class_id, "the class"),
      field("teacherId", &T::teacher, "the teacher"), field("role", &T::role, "what the teacher does in the class")};
};

template <>
struct Describe<roster::TeacherUnassigned> {
  using T = roster::TeacherUnassigned;
  static constexpr std::string_view name = "tenantry.roster.teacher-unassigned";
  static constexpr std::string_view about = "The assignment of a teacher to a class ended.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the assignment"), field("classId", &T::class_id, "the class"),
                 field("teacherId", &T::teacher, "the teacher")};
};

template <>
struct Describe<roster::AssessmentAdded> {
  using T = roster::AssessmentAdded;
  static constexpr std::string_view name = "tenantry.roster.assessment-added";
  static constexpr std::string_view about = "An assessment was added to a class.";
  using Former = AssessmentAddedV1;
  static constexpr std::string_view upcast_about =
      "Version 1 had no maximumScore, since every score was out of 100, and only whole weights: maximumScore becomes "
      "100.";
  static T upcast(AssessmentAddedV1 former) {
    return {.id = former.id,
            .class_id = former.class_id,
            .title = std::move(former.title),
            .category = std::move(former.category),
            .weight = Decimal::whole(former.weight),
            .maximum_score = Decimal::whole(100),
            .due_on = former.due_on};
  }
  static constexpr auto fields = std::tuple{field("id", &T::id, "the assessment"),
                                            field("classId", &T::class_id, "the class"),
                                            field("title", &T::title, "its title"),
                                            field("category", &T::category, "what kind it is: exam, coursework"),
                                            field("weight", &T::weight, "share of the class in per cent"),
                                            field("maximumScore", &T::maximum_score, "highest possible score"),
                                            field("dueOn", &T::due_on, "day that it is due")};
};

template <>
struct Describe<roster::AssessmentCorrected> {
  using T = roster::AssessmentCorrected;
  static constexpr std::string_view name = "tenantry.roster.assessment-corrected";
  static constexpr std::string_view about = "An assessment was corrected; the values that hold now.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the assessment"),
                                            field("classId", &T::class_id, "the class"),
                                            field("title", &T::title, "its title"),
                                            field("category", &T::category, "what kind it is: exam, coursework"),
                                            field("weight", &T::weight, "share of the class in per cent"),
                                            field("maximumScore", &T::maximum_score, "highest possible score"),
                                            field("dueOn", &T::due_on, "day that it is due")};
};

template <>
struct Describe<roster::ResultRecorded> {
  using T = roster::ResultRecorded;
  static constexpr std::string_view name = "tenantry.roster.result-recorded";
  static constexpr std::string_view about = "The result of a student in an assessment was recorded.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the result"),
                 field("assessmentId", &T::assessment, "the assessment"),
                 field("enrolmentId", &T::enrolment, "the enrolment of the student in the class"),
                 field("studentId", &T::student, "the student"),
                 field("score", &T::score, "score; empty if not marked"),
                 field("submittedOn", &T::submitted_on, "day that it was handed in"),
                 field("transferred", &T::transferred, "whether it was brought along from an earlier class")};
};

template <>
struct Describe<roster::ResultCorrected> {
  using T = roster::ResultCorrected;
  static constexpr std::string_view name = "tenantry.roster.result-corrected";
  static constexpr std::string_view about = "A result was corrected; the values that hold now.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the result"), field("assessmentId", &T::assessment, "the assessment"),
      field("studentId", &T::student, "the student"), field("score", &T::score, "score; empty if not marked"),
      field("submittedOn", &T::submitted_on, "day that it was handed in")};
};

}  // namespace tenantry::events
