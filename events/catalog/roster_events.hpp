// The roster's events, declared. Texts have no limits of their own here: what was accepted once can always be read.
#pragma once

#include <utility>

#include "domain/roster/events.hpp"
#include "events/catalog/field.hpp"
#include "events/catalog/roster_entities.hpp"
#include "events/catalog/roster_former_events.hpp"

namespace tenantry::events {

inline constexpr std::string_view names_upcast_about =
    "Version 1 always had both names; since then one of them may be absent. Nothing is changed.";
inline constexpr std::string_view extra_credit_upcast_about =
    "The version before had no extraCredit, since no score could be above the maximum: extraCredit becomes false.";

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
  using Former = StudentRegisteredV1;
  static constexpr std::string_view upcast_about = names_upcast_about;
  static T upcast(Former former) {
    return {.id = former.id,
            .number = std::move(former.number),
            .given_name = std::move(former.given_name),
            .family_name = std::move(former.family_name),
            .email = std::move(former.email)};
  }
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the student"),
                 field("number", &T::number, "number of the student, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name, if there is one").personal(),
                 field("familyName", &T::family_name, "family name, if there is one").personal(),
                 field("email", &T::email, "e-mail address").personal()};
};

template <>
struct Describe<roster::StudentCorrected> {
  using T = roster::StudentCorrected;
  static constexpr std::string_view name = "tenantry.roster.student-corrected";
  static constexpr std::string_view about = "A student was corrected; the values that hold now.";
  using Former = StudentCorrectedV1;
  static constexpr std::string_view upcast_about = names_upcast_about;
  static T upcast(Former former) {
    return {.id = former.id,
            .number = std::move(former.number),
            .given_name = std::move(former.given_name),
            .family_name = std::move(former.family_name),
            .email = std::move(former.email)};
  }
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the student"),
                 field("number", &T::number, "number of the student, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name, if there is one").personal(),
                 field("familyName", &T::family_name, "family name, if there is one").personal(),
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
struct Describe<roster::StudentReactivated> {
  using T = roster::StudentReactivated;
  static constexpr std::string_view name = "tenantry.roster.student-reactivated";
  static constexpr std::string_view about = "A student was made active again.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the student")};
};

template <>
struct Describe<roster::TeacherRegistered> {
  using T = roster::TeacherRegistered;
  static constexpr std::string_view name = "tenantry.roster.teacher-registered";
  static constexpr std::string_view about = "A teacher was registered.";
  using Former = TeacherRegisteredV1;
  static constexpr std::string_view upcast_about = names_upcast_about;
  static T upcast(Former former) {
    return {.id = former.id,
            .number = std::move(former.number),
            .given_name = std::move(former.given_name),
            .family_name = std::move(former.family_name),
            .email = std::move(former.email)};
  }
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the teacher"),
                 field("number", &T::number, "number of the teacher, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name, if there is one").personal(),
                 field("familyName", &T::family_name, "family name, if there is one").personal(),
                 field("email", &T::email, "e-mail address").personal()};
};

template <>
struct Describe<roster::TeacherCorrected> {
  using T = roster::TeacherCorrected;
  static constexpr std::string_view name = "tenantry.roster.teacher-corrected";
  static constexpr std::string_view about = "A teacher was corrected; the values that hold now.";
  using Former = TeacherCorrectedV1;
  static constexpr std::string_view upcast_about = names_upcast_about;
  static T upcast(Former former) {
    return {.id = former.id,
            .number = std::move(former.number),
            .given_name = std::move(former.given_name),
            .family_name = std::move(former.family_name),
            .email = std::move(former.email)};
  }
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the teacher"),
                 field("number", &T::number, "number of the teacher, unique in the tenant").personal(),
                 field("givenName", &T::given_name, "given name, if there is one").personal(),
                 field("familyName", &T::family_name, "family name, if there is one").personal(),
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
struct Describe<roster::TeacherReactivated> {
  using T = roster::TeacherReactivated;
  static constexpr std::string_view name = "tenantry.roster.teacher-reactivated";
  static constexpr std::string_view about = "A teacher was made active again.";
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
struct Describe<roster::EnrolmentReopened> {
  using T = roster::EnrolmentReopened;
  static constexpr std::string_view name = "tenantry.roster.enrolment-reopened";
  static constexpr std::string_view about =
      "A completion made by mistake was taken back: the enrolment is active, without outcome and day of completion.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the enrolment"), field("classId", &T::class_id, "the class"),
                 field("studentId", &T::student, "the student")};
};

template <>
struct Describe<roster::EnrolmentCorrected> {
  using T = roster::EnrolmentCorrected;
  static constexpr std::string_view name = "tenantry.roster.enrolment-corrected";
  static constexpr std::string_view about =
      "An enrolment was corrected; the values that hold now. Its status is what it was.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the enrolment"),
                 field("classId", &T::class_id, "the class"),
                 field("studentId", &T::student, "the student"),
                 field("enrolledOn", &T::enrolled_on, "first day, if known"),
                 field("withdrawnOn", &T::withdrawn_on, "last day, if withdrawn and known"),
                 field("completedOn", &T::completed_on, "day of completion, if completed and known"),
                 field("withdrawalReason", &T::withdrawal_reason, "why the student was withdrawn").personal(),
                 field("outcome", &T::outcome, "how it ended, if completed")};
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
  using Former = AssessmentAddedV2;
  static constexpr std::string_view upcast_about = extra_credit_upcast_about;
  static T upcast(Former former) {
    return {.id = former.id,
            .class_id = former.class_id,
            .title = std::move(former.title),
            .category = std::move(former.category),
            .weight = former.weight,
            .maximum_score = former.maximum_score,
            .due_on = former.due_on,
            .extra_credit = false};
  }
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
struct Describe<roster::AssessmentCorrected> {
  using T = roster::AssessmentCorrected;
  static constexpr std::string_view name = "tenantry.roster.assessment-corrected";
  static constexpr std::string_view about = "An assessment was corrected; the values that hold now.";
  using Former = AssessmentCorrectedV1;
  static constexpr std::string_view upcast_about = extra_credit_upcast_about;
  static T upcast(Former former) {
    return {.id = former.id,
            .class_id = former.class_id,
            .title = std::move(former.title),
            .category = std::move(former.category),
            .weight = former.weight,
            .maximum_score = former.maximum_score,
            .due_on = former.due_on,
            .extra_credit = false};
  }
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
