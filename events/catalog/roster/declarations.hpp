// The roster's commands and events, declared. Of commands: what a request may say and how long its texts may be; what
// the values mean together is for the rules to judge. Texts of events have no limits: what was accepted once can always
// be read.
#pragma once

#include <utility>

#include "domain/roster/commands.hpp"
#include "domain/roster/events.hpp"
#include "events/catalog/field.hpp"
#include "events/catalog/roster/entities.hpp"
#include "events/catalog/roster/former_events.hpp"

namespace tenantry::events {

// Commands.

template <>
struct Describe<roster::AddTerm> {
  using T = roster::AddTerm;
  static constexpr std::string_view name = "AddTerm";
  static constexpr std::string_view about = "Adds a term.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the term").generated(),
      field<&T::name>("name", "its name, unique in the tenant; case counts, white space around it does not")
          .length(1, 100),
      field<&T::starts_on>("startsOn", "first day"), field<&T::ends_on>("endsOn", "last day, not before the first")};
};

template <>
struct Describe<roster::CorrectTerm> {
  using T = roster::CorrectTerm;
  static constexpr std::string_view name = "CorrectTerm";
  static constexpr std::string_view about = "Corrects a term. What is left out stays as it is.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the term").from_path(),
      field<&T::name>("name", "its name, unique in the tenant; case counts, white space around it does not")
          .kept()
          .length(1, 100),
      field<&T::starts_on>("startsOn", "first day; no class of the term starts earlier").kept(),
      field<&T::ends_on>("endsOn", "last day, not before the first; no class of the term ends later").kept()};
};

template <>
struct Describe<roster::AddCourse> {
  using T = roster::AddCourse;
  static constexpr std::string_view name = "AddCourse";
  static constexpr std::string_view about = "Adds a course.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the course").generated(),
                 field<&T::code>("code", "its code, unique in the tenant; case counts, white space around it does not")
                     .length(1, 50),
                 field<&T::title>("title", "its title").length(1, 200)};
};

template <>
struct Describe<roster::CorrectCourse> {
  using T = roster::CorrectCourse;
  static constexpr std::string_view name = "CorrectCourse";
  static constexpr std::string_view about = "Corrects a course. What is left out stays as it is.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the course").from_path(),
                 field<&T::code>("code", "its code, unique in the tenant; case counts, white space around it does not")
                     .kept()
                     .length(1, 50),
                 field<&T::title>("title", "its title").kept().length(1, 200)};
};

template <>
struct Describe<roster::OpenClass> {
  using T = roster::OpenClass;
  static constexpr std::string_view name = "OpenClass";
  static constexpr std::string_view about = "Opens a class of a course in a term, for enrolment.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the class").generated(),
                 field<&T::course>("courseId", "the course that is held"),
                 field<&T::term>("termId", "the term that it is held in"),
                 field<&T::name>("name", "its name").length(1, 200),
                 field<&T::capacity>("capacity", "most active enrolments, 1 to 100000").judged(1, 100'000),
                 field<&T::starts_on>("startsOn", "first day, in the term"),
                 field<&T::ends_on>("endsOn", "last day, in the term, not before the first")};
};

template <>
struct Describe<roster::CorrectClass> {
  using T = roster::CorrectClass;
  static constexpr std::string_view name = "CorrectClass";
  static constexpr std::string_view about =
      "Corrects a class. What is left out stays as it is. Nothing of a closed class changes.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the class").from_path(), field<&T::name>("name", "its name").kept().length(1, 200),
      field<&T::capacity>("capacity", "most active enrolments, 1 to 100000; not below those that there are")
          .kept()
          .judged(1, 100'000),
      field<&T::starts_on>("startsOn", "first day, in the term").kept(),
      field<&T::ends_on>("endsOn", "last day, in the term, not before the first").kept()};
};

template <>
struct Describe<roster::CloseClass> {
  using T = roster::CloseClass;
  static constexpr std::string_view name = "CloseClass";
  static constexpr std::string_view about = "Closes a class: nobody can be enrolled or assigned any more.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the class").from_path()};
};

template <>
struct Describe<roster::RegisterStudent> {
  using T = roster::RegisterStudent;
  static constexpr std::string_view name = "RegisterStudent";
  static constexpr std::string_view about = "Registers a student. One name alone is enough, given or family name.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the student").generated(),
      field<&T::number>("number",
                        "number of the student, unique in the tenant; case counts, white space around it does not")
          .personal()
          .length(1, 50),
      field<&T::given_name>("givenName", "given name, if there is one").personal().length(1, 100),
      field<&T::family_name>("familyName", "family name, if there is one").personal().length(1, 100),
      field<&T::email>("email", "e-mail address").personal().length(3, 254)};
};

template <>
struct Describe<roster::CorrectStudent> {
  using T = roster::CorrectStudent;
  static constexpr std::string_view name = "CorrectStudent";
  static constexpr std::string_view about =
      "Corrects a student. What is left out stays as it is. Null removes a name or the e-mail; one name stays. "
      "Nothing of a deactivated student changes.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the student").from_path(),
      field<&T::number>("number",
                        "number of the student, unique in the tenant; case counts, white space around it does not")
          .kept()
          .personal()
          .length(1, 50),
      field<&T::given_name>("givenName", "given name, if there is one").personal().length(1, 100),
      field<&T::family_name>("familyName", "family name, if there is one").personal().length(1, 100),
      field<&T::email>("email", "e-mail address").personal().length(3, 254)};
};

template <>
struct Describe<roster::DeactivateStudent> {
  using T = roster::DeactivateStudent;
  static constexpr std::string_view name = "DeactivateStudent";
  static constexpr std::string_view about = "Deactivates a student.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the student").from_path()};
};

template <>
struct Describe<roster::ReactivateStudent> {
  using T = roster::ReactivateStudent;
  static constexpr std::string_view name = "ReactivateStudent";
  static constexpr std::string_view about = "Makes a deactivated student active again.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the student").from_path()};
};

template <>
struct Describe<roster::RegisterTeacher> {
  using T = roster::RegisterTeacher;
  static constexpr std::string_view name = "RegisterTeacher";
  static constexpr std::string_view about = "Registers a teacher. One name alone is enough, given or family name.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the teacher").generated(),
      field<&T::number>("number",
                        "number of the teacher, unique in the tenant; case counts, white space around it does not")
          .personal()
          .length(1, 50),
      field<&T::given_name>("givenName", "given name, if there is one").personal().length(1, 100),
      field<&T::family_name>("familyName", "family name, if there is one").personal().length(1, 100),
      field<&T::email>("email", "e-mail address").personal().length(3, 254)};
};

template <>
struct Describe<roster::CorrectTeacher> {
  using T = roster::CorrectTeacher;
  static constexpr std::string_view name = "CorrectTeacher";
  static constexpr std::string_view about =
      "Corrects a teacher. What is left out stays as it is. Null removes a name or the e-mail; one name stays. "
      "Nothing of a deactivated teacher changes.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the teacher").from_path(),
      field<&T::number>("number",
                        "number of the teacher, unique in the tenant; case counts, white space around it does not")
          .kept()
          .personal()
          .length(1, 50),
      field<&T::given_name>("givenName", "given name, if there is one").personal().length(1, 100),
      field<&T::family_name>("familyName", "family name, if there is one").personal().length(1, 100),
      field<&T::email>("email", "e-mail address").personal().length(3, 254)};
};

template <>
struct Describe<roster::DeactivateTeacher> {
  using T = roster::DeactivateTeacher;
  static constexpr std::string_view name = "DeactivateTeacher";
  static constexpr std::string_view about = "Deactivates a teacher.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the teacher").from_path()};
};

template <>
struct Describe<roster::ReactivateTeacher> {
  using T = roster::ReactivateTeacher;
  static constexpr std::string_view name = "ReactivateTeacher";
  static constexpr std::string_view about = "Makes a deactivated teacher active again.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the teacher").from_path()};
};

template <>
struct Describe<roster::EnrolStudent> {
  using T = roster::EnrolStudent;
  static constexpr std::string_view name = "EnrolStudent";
  static constexpr std::string_view about =
      "Enrols a student in a class. The student is active and the class is open and has room.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the enrolment").generated(), field<&T::class_id>("classId", "the class"),
                 field<&T::student>("studentId", "the student"),
                 field<&T::enrolled_on>("enrolledOn", "first day, if known; not after the last day of the class")};
};

template <>
struct Describe<roster::WithdrawStudent> {
  using T = roster::WithdrawStudent;
  static constexpr std::string_view name = "WithdrawStudent";
  static constexpr std::string_view about = "Withdraws a student from a class; not from one that is completed.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the enrolment").from_path(),
                 field<&T::withdrawn_on>("withdrawnOn", "last day, if known; not before enrolledOn"),
                 field<&T::reason>("reason", "why").personal().length(1, 500)};
};

template <>
struct Describe<roster::ReEnrolStudent> {
  using T = roster::ReEnrolStudent;
  static constexpr std::string_view name = "ReEnrolStudent";
  static constexpr std::string_view about =
      "Enrols a withdrawn student again. The student is active and the class is open and has room.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the enrolment").from_path(),
      field<&T::enrolled_on>(
          "enrolledOn",
          "first day, neither before withdrawnOn nor after the last day of the class; if left out, as before")
          .kept()};
};

template <>
struct Describe<roster::CompleteEnrolment> {
  using T = roster::CompleteEnrolment;
  static constexpr std::string_view name = "CompleteEnrolment";
  static constexpr std::string_view about = "Completes an enrolment with an outcome.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the enrolment").from_path(), field<&T::outcome>("outcome", "how it ended"),
                 field<&T::completed_on>(
                     "completedOn",
                     "day of completion, if known; neither before enrolledOn nor before the first day of the class")};
};

template <>
struct Describe<roster::ReopenEnrolment> {
  using T = roster::ReopenEnrolment;
  static constexpr std::string_view name = "ReopenEnrolment";
  static constexpr std::string_view about =
      "Takes back a completion made by mistake: the enrolment becomes active again. The student is active and the "
      "class "
      "is open and has room.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the enrolment").from_path()};
};

template <>
struct Describe<roster::TransferStudent> {
  using T = roster::TransferStudent;
  static constexpr std::string_view name = "TransferStudent";
  static constexpr std::string_view about =
      "Moves an active enrolment to another class of the course, which is open and has room; the student is active. "
      "Results that are recorded stay with their assessments; more in the former class cannot be recorded.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the enrolment").from_path(),
                                            field<&T::class_id>("classId", "the class that the student moves to")};
};

template <>
struct Describe<roster::CorrectEnrolment> {
  using T = roster::CorrectEnrolment;
  static constexpr std::string_view name = "CorrectEnrolment";
  static constexpr std::string_view about =
      "Corrects an enrolment without changing its status. What is left out stays as it is; null removes it.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the enrolment").from_path(),
      field<&T::enrolled_on>("enrolledOn", "first day, if known; not after the last day of the class"),
      field<&T::withdrawn_on>("withdrawnOn", "last day, if known; of a withdrawn enrolment; not before enrolledOn"),
      field<&T::completed_on>(
          "completedOn",
          "day of completion, if known; of a completed enrolment; neither before enrolledOn nor before the first "
          "day of the class"),
      field<&T::withdrawal_reason>("withdrawalReason", "why the student was withdrawn; of a withdrawn one")
          .personal()
          .length(1, 500),
      field<&T::outcome>("outcome", "how it ended; of a completed enrolment").kept()};
};

template <>
struct Describe<roster::AssignTeacher> {
  using T = roster::AssignTeacher;
  static constexpr bool may_change_what_is_there = true;
  static constexpr std::string_view name = "AssignTeacher";
  static constexpr std::string_view about =
      "Assigns a teacher to a class. Of a pair that was assigned before it changes the role, or takes the assignment "
      "up "
      "again, under its own id. The teacher is active and the class is open.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the assignment").generated(), field<&T::class_id>("classId", "the class"),
      field<&T::teacher>("teacherId", "the teacher"), field<&T::role>("role", "what the teacher does in the class")};
};

template <>
struct Describe<roster::UnassignTeacher> {
  using T = roster::UnassignTeacher;
  static constexpr std::string_view name = "UnassignTeacher";
  static constexpr std::string_view about = "Ends the assignment of a teacher to a class.";
  static constexpr auto fields = std::array{field<&T::id>("id", "the assignment").from_path()};
};

template <>
struct Describe<roster::AddAssessment> {
  using T = roster::AddAssessment;
  static constexpr std::string_view name = "AddAssessment";
  static constexpr std::string_view about = "Adds an assessment to a class.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the assessment").generated(),
                 field<&T::class_id>("classId", "the class"),
                 field<&T::title>("title", "its title").length(1, 200),
                 field<&T::category>("category", "what kind it is: exam, coursework").length(1, 50),
                 field<&T::weight>("weight", "share of the class in per cent, 0 to 100").judged(0, 100),
                 field<&T::maximum_score>("maximumScore", "what a score is out of, above 0; 100 if left out")
                     .defaulted()
                     .judged_above(0),
                 field<&T::due_on>("dueOn", "day that it is due"),
                 field<&T::extra_credit>("extraCredit", extra_credit_about).defaulted()};
};

template <>
struct Describe<roster::CorrectAssessment> {
  using T = roster::CorrectAssessment;
  static constexpr std::string_view name = "CorrectAssessment";
  static constexpr std::string_view about =
      "Corrects an assessment. What is left out stays as it is. A null due day removes it.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the assessment").from_path(),
      field<&T::title>("title", "its title").kept().length(1, 200),
      field<&T::category>("category", "what kind it is: exam, coursework").kept().length(1, 50),
      field<&T::weight>("weight", "share of the class in per cent, 0 to 100").kept().judged(0, 100),
      field<&T::maximum_score>("maximumScore", "what a score is out of, above 0; no recorded score is above the limit")
          .kept()
          .judged_above(0),
      field<&T::due_on>("dueOn", "day that it is due"),
      field<&T::extra_credit>("extraCredit", extra_credit_about).kept()};
};

template <>
struct Describe<roster::RecordResult> {
  using T = roster::RecordResult;
  static constexpr std::string_view name = "RecordResult";
  static constexpr std::string_view about = "Records the result of a student in an assessment.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the result").generated(),
      field<&T::assessment>("assessmentId", "the assessment"),
      field<&T::student>("studentId", "the student"),
      field<&T::score>(
          "score", "score, 0 to the maximum of the assessment, or twice that with extra credit; empty if not marked")
          .judged(0, 1'000'000'000),
      field<&T::submitted_on>("submittedOn", "day that it was handed in"),
      field<&T::transferred>("transferred", "whether it was brought along from an earlier class").defaulted()};
};

template <>
struct Describe<roster::CorrectResult> {
  using T = roster::CorrectResult;
  static constexpr std::string_view name = "CorrectResult";
  static constexpr std::string_view about = "Corrects a result. What is left out stays as it is; null removes it.";
  static constexpr auto fields = std::array{
      field<&T::id>("id", "the result").from_path(),
      field<&T::score>(
          "score", "score, 0 to the maximum of the assessment, or twice that with extra credit; empty if not marked")
          .judged(0, 1'000'000'000),
      field<&T::submitted_on>("submittedOn", "day that it was handed in")};
};

// Events.

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
struct Describe<roster::StudentTransferred> {
  using T = roster::StudentTransferred;
  static constexpr std::string_view name = "tenantry.roster.student-transferred";
  static constexpr std::string_view about = "A student's enrolment was moved to another class of the course.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the enrolment"), field<&T::former_class>("formerClassId", "the class before"),
                 field<&T::class_id>("classId", "the class now"), field<&T::student>("studentId", "the student")};
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
