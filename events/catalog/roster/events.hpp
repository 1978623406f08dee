// The roster's events, declared. Texts have no limits of their own here: what was accepted once can always be read.
#pragma once

#include <utility>

#include "domain/roster/events.hpp"
#include "events/catalog/field.hpp"
#include "events/catalog/roster/entities.hpp"
#include "events/catalog/roster/former_events.hpp"

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
      std::array{field<&T::id>("id", "the term"), field<&T::name>("name", "its name"),
                 field<&T::starts_on>("startsOn", "first day"), field<&T::ends_on>("endsOn", "last day")};
};

template <>
struct Describe<roster::TermCorrected> {
  using T = roster::TermCorrected;
  static constexpr std::string_view name = "tenantry.roster.term-corrected";
  static constexpr std::string_view about = "A term was corrected; the values that hold now.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the term"), field<&T::name>("name", "its name"),
                 field<&T::starts_on>("startsOn", "first day"), field<&T::ends_on>("endsOn", "last day")};
};

template <>
struct Describe<roster::CourseAdded> {
  using T = roster::CourseAdded;
  static constexpr std::string_view name = "tenantry.roster.course-added";
  static constexpr std::string_view about = "A course was added.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the course"), field<&T::code>("code", "its code"),
                                            field<&T::title>("title", "its title")};
};

template <>
struct Describe<roster::CourseCorrected> {
  using T = roster::CourseCorrected;
  static constexpr std::string_view name = "tenantry.roster.course-corrected";
  static constexpr std::string_view about = "A course was corrected; the values that hold now.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the course"), field<&T::code>("code", "its code"),
                                            field<&T::title>("title", "its title")};
};

template <>
struct Describe<roster::ClassOpened> {
  using T = roster::ClassOpened;
  static constexpr std::string_view name = "tenantry.roster.class-opened";
  static constexpr std::string_view about = "A class of a course in a term was opened for enrolment.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the class"),
                                            field<&T::course>("courseId", "the course that is held"),
                                            field<&T::term>("termId", "the term that it is held in"),
                                            field<&T::name>("name", "its name"),
                                            field<&T::capacity>("capacity", "most active enrolments"),
                                            field<&T::starts_on>("startsOn", "first day"),
                                            field<&T::ends_on>("endsOn", "last day")};
};

template <>
struct Describe<roster::ClassCorrected> {
  using T = roster::ClassCorrected;
  static constexpr std::string_view name = "tenantry.roster.class-corrected";
  static constexpr std::string_view about = "A class was corrected; the values that hold now.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the class"), field<&T::name>("name", "its name"),
                 field<&T::capacity>("capacity", "most active enrolments"),
                 field<&T::starts_on>("startsOn", "first day"), field<&T::ends_on>("endsOn", "last day")};
};

template <>
struct Describe<roster::ClassClosed> {
  using T = roster::ClassClosed;
  static constexpr std::string_view name = "tenantry.roster.class-closed";
  static constexpr std::string_view about = "A class was closed: no more enrolments or assignments.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the class")};
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
      std::array{field<&T::id>("id", "the student"),
                 field<&T::number>("number", "number of the student, unique in the tenant").personal(),
                 field<&T::given_name>("givenName", "given name, if there is one").personal(),
                 field<&T::family_name>("familyName", "family name, if there is one").personal(),
                 field<&T::email>("email", "e-mail address").personal()};
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
      std::array{field<&T::id>("id", "the student"),
                 field<&T::number>("number", "number of the student, unique in the tenant").personal(),
                 field<&T::given_name>("givenName", "given name, if there is one").personal(),
                 field<&T::family_name>("familyName", "family name, if there is one").personal(),
                 field<&T::email>("email", "e-mail address").personal()};
};

template <>
struct Describe<roster::StudentDeactivated> {
  using T = roster::StudentDeactivated;
  static constexpr std::string_view name = "tenantry.roster.student-deactivated";
  static constexpr std::string_view about = "A student was deactivated.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the student")};
};

template <>
struct Describe<roster::StudentReactivated> {
  using T = roster::StudentReactivated;
  static constexpr std::string_view name = "tenantry.roster.student-reactivated";
  static constexpr std::string_view about = "A student was made active again.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the student")};
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
      std::array{field<&T::id>("id", "the teacher"),
                 field<&T::number>("number", "number of the teacher, unique in the tenant").personal(),
                 field<&T::given_name>("givenName", "given name, if there is one").personal(),
                 field<&T::family_name>("familyName", "family name, if there is one").personal(),
                 field<&T::email>("email", "e-mail address").personal()};
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
      std::array{field<&T::id>("id", "the teacher"),
                 field<&T::number>("number", "number of the teacher, unique in the tenant").personal(),
                 field<&T::given_name>("givenName", "given name, if there is one").personal(),
                 field<&T::family_name>("familyName", "family name, if there is one").personal(),
                 field<&T::email>("email", "e-mail address").personal()};
};

template <>
struct Describe<roster::TeacherDeactivated> {
  using T = roster::TeacherDeactivated;
  static constexpr std::string_view name = "tenantry.roster.teacher-deactivated";
  static constexpr std::string_view about = "A teacher was deactivated.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the teacher")};
};

template <>
struct Describe<roster::TeacherReactivated> {
  using T = roster::TeacherReactivated;
  static constexpr std::string_view name = "tenantry.roster.teacher-reactivated";
  static constexpr std::string_view about = "A teacher was made active again.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the teacher")};
};

template <>
struct Describe<roster::StudentEnrolled> {
  using T = roster::StudentEnrolled;
  static constexpr std::string_view name = "tenantry.roster.student-enrolled";
  static constexpr std::string_view about = "A student was enrolled in a class.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the enrolment"), field<&T::class_id>("classId", "the class"),
      field<&T::student>("studentId", "the student"), field<&T::enrolled_on>("enrolledOn", "first day, if known")};
};

template <>
struct Describe<roster::StudentWithdrawn> {
  using T = roster::StudentWithdrawn;
  static constexpr std::string_view name = "tenantry.roster.student-withdrawn";
  static constexpr std::string_view about = "A student was withdrawn from a class.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the enrolment"), field<&T::class_id>("classId", "the class"),
      field<&T::student>("studentId", "the student"), field<&T::withdrawn_on>("withdrawnOn", "last day, if known"),
      field<&T::reason>("reason", "why").personal()};
};

template <>
struct Describe<roster::StudentReEnrolled> {
  using T = roster::StudentReEnrolled;
  static constexpr std::string_view name = "tenantry.roster.student-re-enrolled";
  static constexpr std::string_view about = "A student who was withdrawn was enrolled again.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the enrolment"), field<&T::class_id>("classId", "the class"),
      field<&T::student>("studentId", "the student"), field<&T::enrolled_on>("enrolledOn", "first day, if known")};
};

template <>
struct Describe<roster::EnrolmentCompleted> {
  using T = roster::EnrolmentCompleted;
  static constexpr std::string_view name = "tenantry.roster.enrolment-completed";
  static constexpr std::string_view about = "An enrolment was completed.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the enrolment"), field<&T::class_id>("classId", "the class"),
                 field<&T::student>("studentId", "the student"), field<&T::outcome>("outcome", "how it ended"),
                 field<&T::completed_on>("completedOn", "day of completion, if known")};
};

template <>
struct Describe<roster::EnrolmentReopened> {
  using T = roster::EnrolmentReopened;
  static constexpr std::string_view name = "tenantry.roster.enrolment-reopened";
  static constexpr std::string_view about =
      "A completion made by mistake was taken back: the enrolment is active, without outcome and day of completion.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the enrolment"), field<&T::class_id>("classId", "the class"),
                 field<&T::student>("studentId", "the student")};
};

template <>
struct Describe<roster::EnrolmentCorrected> {
  using T = roster::EnrolmentCorrected;
  static constexpr std::string_view name = "tenantry.roster.enrolment-corrected";
  static constexpr std::string_view about =
      "An enrolment was corrected; the values that hold now. Its status is what it was.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the enrolment"),
                 field<&T::class_id>("classId", "the class"),
                 field<&T::student>("studentId", "the student"),
                 field<&T::enrolled_on>("enrolledOn", "first day, if known"),
                 field<&T::withdrawn_on>("withdrawnOn", "last day, if withdrawn and known"),
                 field<&T::completed_on>("completedOn", "day of completion, if completed and known"),
                 field<&T::withdrawal_reason>("withdrawalReason", "why the student was withdrawn").personal(),
                 field<&T::outcome>("outcome", "how it ended, if completed")};
};

template <>
struct Describe<roster::TeacherAssigned> {
  using T = roster::TeacherAssigned;
  static constexpr std::string_view name = "tenantry.roster.teacher-assigned";
  static constexpr std::string_view about = "A teacher was assigned to a class.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the assignment"), field<&T::class_id>("classId", "the class"),
      field<&T::teacher>("teacherId", "the teacher"), field<&T::role>("role", "what the teacher does in the class")};
};

template <>
struct Describe<roster::TeacherUnassigned> {
  using T = roster::TeacherUnassigned;
  static constexpr std::string_view name = "tenantry.roster.teacher-unassigned";
  static constexpr std::string_view about = "The assignment of a teacher to a class ended.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the assignment"), field<&T::class_id>("classId", "the class"),
                 field<&T::teacher>("teacherId", "the teacher")};
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
  static constexpr auto fields = std::array{field<&T::id>("id", "the assessment"),
                                            field<&T::class_id>("classId", "the class"),
                                            field<&T::title>("title", "its title"),
                                            field<&T::category>("category", "what kind it is: exam, coursework"),
                                            field<&T::weight>("weight", "share of the class in per cent"),
                                            field<&T::maximum_score>("maximumScore", "what a score is out of"),
                                            field<&T::due_on>("dueOn", "day that it is due"),
                                            field<&T::extra_credit>("extraCredit", extra_credit_about)};
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
  static constexpr auto fields = std::array{field<&T::id>("id", "the assessment"),
                                            field<&T::class_id>("classId", "the class"),
                                            field<&T::title>("title", "its title"),
                                            field<&T::category>("category", "what kind it is: exam, coursework"),
                                            field<&T::weight>("weight", "share of the class in per cent"),
                                            field<&T::maximum_score>("maximumScore", "what a score is out of"),
                                            field<&T::due_on>("dueOn", "day that it is due"),
                                            field<&T::extra_credit>("extraCredit", extra_credit_about)};
};

template <>
struct Describe<roster::ResultRecorded> {
  using T = roster::ResultRecorded;
  static constexpr std::string_view name = "tenantry.roster.result-recorded";
  static constexpr std::string_view about = "The result of a student in an assessment was recorded.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the result"),
                 field<&T::assessment>("assessmentId", "the assessment"),
                 field<&T::enrolment>("enrolmentId", "the enrolment of the student in the class").unmentioned(),
                 field<&T::student>("studentId", "the student"),
                 field<&T::score>("score", "score; empty if not marked"),
                 field<&T::submitted_on>("submittedOn", "day that it was handed in"),
                 field<&T::transferred>("transferred", "whether it was brought along from an earlier class")};
};

template <>
struct Describe<roster::ResultCorrected> {
  using T = roster::ResultCorrected;
  static constexpr std::string_view name = "tenantry.roster.result-corrected";
  static constexpr std::string_view about = "A result was corrected; the values that hold now.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the result"), field<&T::assessment>("assessmentId", "the assessment"),
      field<&T::student>("studentId", "the student"), field<&T::score>("score", "score; empty if not marked"),
      field<&T::submitted_on>("submittedOn", "day that it was handed in")};
};

}  // namespace tenantry::events
