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
  using E = roster::Term;
  static constexpr std::string_view name = "AddTerm";
  static constexpr std::string_view about = "Adds a term.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).generated(), field<&T::name>(like<&E::name>),
                 field<&T::starts_on>(like<&E::starts_on>),
                 field<&T::ends_on>(like<&E::ends_on>).described("last day, not before the first")};
};

template <>
struct Describe<roster::CorrectTerm> {
  using T = roster::CorrectTerm;
  using E = roster::Term;
  static constexpr std::string_view name = "CorrectTerm";
  static constexpr std::string_view about = "Corrects a term. What is left out stays as it is.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>).from_path(), field<&T::name>(like<&E::name>).kept(),
      field<&T::starts_on>(like<&E::starts_on>).described("first day; no class of the term starts earlier").kept(),
      field<&T::ends_on>(like<&E::ends_on>)
          .described("last day, not before the first; no class of the term ends later")
          .kept()};
};

template <>
struct Describe<roster::AddCourse> {
  using T = roster::AddCourse;
  using E = roster::Course;
  static constexpr std::string_view name = "AddCourse";
  static constexpr std::string_view about = "Adds a course.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).generated(), field<&T::code>(like<&E::code>),
                                            field<&T::title>(like<&E::title>)};
};

template <>
struct Describe<roster::CorrectCourse> {
  using T = roster::CorrectCourse;
  using E = roster::Course;
  static constexpr std::string_view name = "CorrectCourse";
  static constexpr std::string_view about = "Corrects a course. What is left out stays as it is.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(), field<&T::code>(like<&E::code>).kept(),
                 field<&T::title>(like<&E::title>).kept()};
};

template <>
struct Describe<roster::OpenClass> {
  using T = roster::OpenClass;
  using E = roster::Class;
  static constexpr std::string_view name = "OpenClass";
  static constexpr std::string_view about = "Opens a class of a course in a term, for enrolment.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).generated(),
                 field<&T::course>(like<&E::course>),
                 field<&T::term>(like<&E::term>),
                 field<&T::name>(like<&E::name>),
                 field<&T::capacity>(like<&E::capacity>),
                 field<&T::starts_on>(like<&E::starts_on>).described("first day, in the term"),
                 field<&T::ends_on>(like<&E::ends_on>).described("last day, in the term, not before the first")};
};

template <>
struct Describe<roster::CorrectClass> {
  using T = roster::CorrectClass;
  using E = roster::Class;
  static constexpr std::string_view name = "CorrectClass";
  static constexpr std::string_view about =
      "Corrects a class. What is left out stays as it is. Nothing of a closed class changes.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(), field<&T::name>(like<&E::name>).kept(),
                 field<&T::capacity>(like<&E::capacity>)
                     .described("most active enrolments, 1 to 100000; not below those that there are")
                     .kept(),
                 field<&T::starts_on>(like<&E::starts_on>).described("first day, in the term").kept(),
                 field<&T::ends_on>(like<&E::ends_on>).described("last day, in the term, not before the first").kept()};
};

template <>
struct Describe<roster::CloseClass> {
  using T = roster::CloseClass;
  using E = roster::Class;
  static constexpr std::string_view name = "CloseClass";
  static constexpr std::string_view about = "Closes a class: nobody can be enrolled or assigned any more.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<roster::RegisterStudent> {
  using T = roster::RegisterStudent;
  using E = roster::Student;
  static constexpr std::string_view name = "RegisterStudent";
  static constexpr std::string_view about = "Registers a student. One name alone is enough, given or family name.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).generated(), field<&T::number>(like<&E::number>),
                 field<&T::given_name>(like<&E::given_name>), field<&T::family_name>(like<&E::family_name>),
                 field<&T::email>(like<&E::email>)};
};

template <>
struct Describe<roster::CorrectStudent> {
  using T = roster::CorrectStudent;
  using E = roster::Student;
  static constexpr std::string_view name = "CorrectStudent";
  static constexpr std::string_view about =
      "Corrects a student. What is left out stays as it is. Null removes a name or the e-mail; one name stays. "
      "Nothing of a deactivated student changes.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(), field<&T::number>(like<&E::number>).kept(),
                 field<&T::given_name>(like<&E::given_name>), field<&T::family_name>(like<&E::family_name>),
                 field<&T::email>(like<&E::email>)};
};

template <>
struct Describe<roster::DeactivateStudent> {
  using T = roster::DeactivateStudent;
  using E = roster::Student;
  static constexpr std::string_view name = "DeactivateStudent";
  static constexpr std::string_view about = "Deactivates a student.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<roster::ReactivateStudent> {
  using T = roster::ReactivateStudent;
  using E = roster::Student;
  static constexpr std::string_view name = "ReactivateStudent";
  static constexpr std::string_view about = "Makes a deactivated student active again.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<roster::RegisterTeacher> {
  using T = roster::RegisterTeacher;
  using E = roster::Teacher;
  static constexpr std::string_view name = "RegisterTeacher";
  static constexpr std::string_view about = "Registers a teacher. One name alone is enough, given or family name.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).generated(), field<&T::number>(like<&E::number>),
                 field<&T::given_name>(like<&E::given_name>), field<&T::family_name>(like<&E::family_name>),
                 field<&T::email>(like<&E::email>)};
};

template <>
struct Describe<roster::CorrectTeacher> {
  using T = roster::CorrectTeacher;
  using E = roster::Teacher;
  static constexpr std::string_view name = "CorrectTeacher";
  static constexpr std::string_view about =
      "Corrects a teacher. What is left out stays as it is. Null removes a name or the e-mail; one name stays. "
      "Nothing of a deactivated teacher changes.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(), field<&T::number>(like<&E::number>).kept(),
                 field<&T::given_name>(like<&E::given_name>), field<&T::family_name>(like<&E::family_name>),
                 field<&T::email>(like<&E::email>)};
};

template <>
struct Describe<roster::DeactivateTeacher> {
  using T = roster::DeactivateTeacher;
  using E = roster::Teacher;
  static constexpr std::string_view name = "DeactivateTeacher";
  static constexpr std::string_view about = "Deactivates a teacher.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<roster::ReactivateTeacher> {
  using T = roster::ReactivateTeacher;
  using E = roster::Teacher;
  static constexpr std::string_view name = "ReactivateTeacher";
  static constexpr std::string_view about = "Makes a deactivated teacher active again.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<roster::EnrolStudent> {
  using T = roster::EnrolStudent;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "EnrolStudent";
  static constexpr std::string_view about =
      "Enrols a student in a class. The student is active and the class is open and has room.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).generated(), field<&T::class_id>(like<&E::class_id>),
                 field<&T::student>(like<&E::student>),
                 field<&T::enrolled_on>(like<&E::enrolled_on>)
                     .described("first day, if known; not after the last day of the class")};
};

template <>
struct Describe<roster::WithdrawStudent> {
  using T = roster::WithdrawStudent;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "WithdrawStudent";
  static constexpr std::string_view about = "Withdraws a student from a class; not from one that is completed.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(),
                 field<&T::withdrawn_on>(like<&E::withdrawn_on>).described("last day, if known; not before enrolledOn"),
                 field<&T::reason>("reason", like<&E::withdrawal_reason>).described("why")};
};

template <>
struct Describe<roster::ReEnrolStudent> {
  using T = roster::ReEnrolStudent;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "ReEnrolStudent";
  static constexpr std::string_view about =
      "Enrols a withdrawn student again. The student is active and the class is open and has room.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>).from_path(),
      field<&T::enrolled_on>(like<&E::enrolled_on>)
          .described(
              "first day, neither before withdrawnOn nor after the last day of the class; if left out, as before")
          .kept()};
};

template <>
struct Describe<roster::CompleteEnrolment> {
  using T = roster::CompleteEnrolment;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "CompleteEnrolment";
  static constexpr std::string_view about = "Completes an enrolment with an outcome.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>).from_path(), field<&T::outcome>(like<&E::outcome>).described("how it ended"),
      field<&T::completed_on>(like<&E::completed_on>)
          .described("day of completion, if known; neither before enrolledOn nor before the first day of the class")};
};

template <>
struct Describe<roster::ReopenEnrolment> {
  using T = roster::ReopenEnrolment;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "ReopenEnrolment";
  static constexpr std::string_view about =
      "Takes back a completion made by mistake: the enrolment becomes active again. The student is active and the "
      "class "
      "is open and has room.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<roster::TransferStudent> {
  using T = roster::TransferStudent;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "TransferStudent";
  static constexpr std::string_view about =
      "Moves an active enrolment to another class of the course, which is open and has room; the student is active. "
      "Results that are recorded stay with their assessments; more in the former class cannot be recorded.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(),
                 field<&T::class_id>(like<&E::class_id>).described("the class that the student moves to")};
};

template <>
struct Describe<roster::CorrectEnrolment> {
  using T = roster::CorrectEnrolment;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "CorrectEnrolment";
  static constexpr std::string_view about =
      "Corrects an enrolment without changing its status. What is left out stays as it is; null removes it.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(),
                 field<&T::enrolled_on>(like<&E::enrolled_on>)
                     .described("first day, if known; not after the last day of the class"),
                 field<&T::withdrawn_on>(like<&E::withdrawn_on>)
                     .described("last day, if known; of a withdrawn enrolment; not before enrolledOn"),
                 field<&T::completed_on>(like<&E::completed_on>)
                     .described("day of completion, if known; of a completed enrolment; neither before enrolledOn nor "
                                "before the first day of the class"),
                 field<&T::withdrawal_reason>(like<&E::withdrawal_reason>)
                     .described("why the student was withdrawn; of a withdrawn one"),
                 field<&T::outcome>(like<&E::outcome>).described("how it ended; of a completed enrolment").kept()};
};

template <>
struct Describe<roster::AssignTeacher> {
  using T = roster::AssignTeacher;
  using E = roster::TeachingAssignment;
  static constexpr bool may_change_what_is_there = true;
  static constexpr std::string_view name = "AssignTeacher";
  static constexpr std::string_view about =
      "Assigns a teacher to a class. Of a pair that was assigned before it changes the role, or takes the assignment "
      "up "
      "again, under its own id. The teacher is active and the class is open.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).generated(), field<&T::class_id>(like<&E::class_id>),
                 field<&T::teacher>(like<&E::teacher>), field<&T::role>(like<&E::role>)};
};

template <>
struct Describe<roster::UnassignTeacher> {
  using T = roster::UnassignTeacher;
  using E = roster::TeachingAssignment;
  static constexpr std::string_view name = "UnassignTeacher";
  static constexpr std::string_view about = "Ends the assignment of a teacher to a class.";
  static constexpr Permission permission = Permission::manage_roster;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).from_path()};
};

template <>
struct Describe<roster::AddAssessment> {
  using T = roster::AddAssessment;
  using E = roster::Assessment;
  static constexpr std::string_view name = "AddAssessment";
  static constexpr std::string_view about = "Adds an assessment to a class.";
  static constexpr Permission permission = Permission::teach;
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>).generated(),
                                            field<&T::class_id>(like<&E::class_id>),
                                            field<&T::title>(like<&E::title>),
                                            field<&T::category>(like<&E::category>),
                                            field<&T::weight>(like<&E::weight>),
                                            field<&T::maximum_score>(like<&E::maximum_score>)
                                                .described("what a score is out of, above 0; 100 if left out")
                                                .defaulted(),
                                            field<&T::due_on>(like<&E::due_on>),
                                            field<&T::extra_credit>(like<&E::extra_credit>).defaulted()};
};

template <>
struct Describe<roster::CorrectAssessment> {
  using T = roster::CorrectAssessment;
  using E = roster::Assessment;
  static constexpr std::string_view name = "CorrectAssessment";
  static constexpr std::string_view about =
      "Corrects an assessment. What is left out stays as it is. A null due day removes it.";
  static constexpr Permission permission = Permission::teach;
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>).from_path(),
                 field<&T::title>(like<&E::title>).kept(),
                 field<&T::category>(like<&E::category>).kept(),
                 field<&T::weight>(like<&E::weight>).kept(),
                 field<&T::maximum_score>(like<&E::maximum_score>)
                     .described("what a score is out of, above 0; no recorded score is above the limit")
                     .kept(),
                 field<&T::due_on>(like<&E::due_on>),
                 field<&T::extra_credit>(like<&E::extra_credit>).kept()};
};

template <>
struct Describe<roster::RecordResult> {
  using T = roster::RecordResult;
  using E = roster::Result;
  static constexpr std::string_view name = "RecordResult";
  static constexpr std::string_view about = "Records the result of a student in an assessment.";
  static constexpr Permission permission = Permission::teach;
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>).generated(),
      field<&T::assessment>(like<&E::assessment>),
      field<&T::student>(like<&E::student>),
      field<&T::score>(like<&E::score>)
          .described("score, 0 to the maximum of the assessment, or twice that with extra credit; empty if not marked"),
      field<&T::submitted_on>(like<&E::submitted_on>),
      field<&T::transferred>(like<&E::transferred>).defaulted()};
};

template <>
struct Describe<roster::CorrectResult> {
  using T = roster::CorrectResult;
  using E = roster::Result;
  static constexpr std::string_view name = "CorrectResult";
  static constexpr std::string_view about = "Corrects a result. What is left out stays as it is; null removes it.";
  static constexpr Permission permission = Permission::teach;
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>).from_path(),
      field<&T::score>(like<&E::score>)
          .described("score, 0 to the maximum of the assessment, or twice that with extra credit; empty if not marked"),
      field<&T::submitted_on>(like<&E::submitted_on>)};
};

// Events.

inline constexpr std::string_view names_upcast_about =
    "Version 1 always had both names; since then one of them may be absent. Nothing is changed.";
inline constexpr std::string_view extra_credit_upcast_about =
    "The version before had no extraCredit, since no score could be above the maximum: extraCredit becomes false.";

template <>
struct Describe<roster::TermAdded> {
  using T = roster::TermAdded;
  using E = roster::Term;
  static constexpr std::string_view name = "tenantry.roster.term-added";
  static constexpr std::string_view about = "A term was added.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::name>(like<&E::name>),
                 field<&T::starts_on>(like<&E::starts_on>), field<&T::ends_on>(like<&E::ends_on>)};
};

template <>
struct Describe<roster::TermCorrected> {
  using T = roster::TermCorrected;
  using E = roster::Term;
  static constexpr std::string_view name = "tenantry.roster.term-corrected";
  static constexpr std::string_view about = "A term was corrected; the values that hold now.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::name>(like<&E::name>),
                 field<&T::starts_on>(like<&E::starts_on>), field<&T::ends_on>(like<&E::ends_on>)};
};

template <>
struct Describe<roster::CourseAdded> {
  using T = roster::CourseAdded;
  using E = roster::Course;
  static constexpr std::string_view name = "tenantry.roster.course-added";
  static constexpr std::string_view about = "A course was added.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::code>(like<&E::code>), field<&T::title>(like<&E::title>)};
};

template <>
struct Describe<roster::CourseCorrected> {
  using T = roster::CourseCorrected;
  using E = roster::Course;
  static constexpr std::string_view name = "tenantry.roster.course-corrected";
  static constexpr std::string_view about = "A course was corrected; the values that hold now.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::code>(like<&E::code>), field<&T::title>(like<&E::title>)};
};

template <>
struct Describe<roster::ClassOpened> {
  using T = roster::ClassOpened;
  using E = roster::Class;
  static constexpr std::string_view name = "tenantry.roster.class-opened";
  static constexpr std::string_view about = "A class of a course in a term was opened for enrolment.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>),
                                            field<&T::course>(like<&E::course>),
                                            field<&T::term>(like<&E::term>),
                                            field<&T::name>(like<&E::name>),
                                            field<&T::capacity>(like<&E::capacity>),
                                            field<&T::starts_on>(like<&E::starts_on>),
                                            field<&T::ends_on>(like<&E::ends_on>)};
};

template <>
struct Describe<roster::ClassCorrected> {
  using T = roster::ClassCorrected;
  using E = roster::Class;
  static constexpr std::string_view name = "tenantry.roster.class-corrected";
  static constexpr std::string_view about = "A class was corrected; the values that hold now.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::name>(like<&E::name>), field<&T::capacity>(like<&E::capacity>),
                 field<&T::starts_on>(like<&E::starts_on>), field<&T::ends_on>(like<&E::ends_on>)};
};

template <>
struct Describe<roster::ClassClosed> {
  using T = roster::ClassClosed;
  using E = roster::Class;
  static constexpr std::string_view name = "tenantry.roster.class-closed";
  static constexpr std::string_view about = "A class was closed: no more enrolments or assignments.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<roster::StudentRegistered> {
  using T = roster::StudentRegistered;
  using E = roster::Student;
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
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>), field<&T::number>(like<&E::number>), field<&T::given_name>(like<&E::given_name>),
      field<&T::family_name>(like<&E::family_name>), field<&T::email>(like<&E::email>)};
};

template <>
struct Describe<roster::StudentCorrected> {
  using T = roster::StudentCorrected;
  using E = roster::Student;
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
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>), field<&T::number>(like<&E::number>), field<&T::given_name>(like<&E::given_name>),
      field<&T::family_name>(like<&E::family_name>), field<&T::email>(like<&E::email>)};
};

template <>
struct Describe<roster::StudentDeactivated> {
  using T = roster::StudentDeactivated;
  using E = roster::Student;
  static constexpr std::string_view name = "tenantry.roster.student-deactivated";
  static constexpr std::string_view about = "A student was deactivated.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<roster::StudentReactivated> {
  using T = roster::StudentReactivated;
  using E = roster::Student;
  static constexpr std::string_view name = "tenantry.roster.student-reactivated";
  static constexpr std::string_view about = "A student was made active again.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<roster::TeacherRegistered> {
  using T = roster::TeacherRegistered;
  using E = roster::Teacher;
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
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>), field<&T::number>(like<&E::number>), field<&T::given_name>(like<&E::given_name>),
      field<&T::family_name>(like<&E::family_name>), field<&T::email>(like<&E::email>)};
};

template <>
struct Describe<roster::TeacherCorrected> {
  using T = roster::TeacherCorrected;
  using E = roster::Teacher;
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
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>), field<&T::number>(like<&E::number>), field<&T::given_name>(like<&E::given_name>),
      field<&T::family_name>(like<&E::family_name>), field<&T::email>(like<&E::email>)};
};

template <>
struct Describe<roster::TeacherDeactivated> {
  using T = roster::TeacherDeactivated;
  using E = roster::Teacher;
  static constexpr std::string_view name = "tenantry.roster.teacher-deactivated";
  static constexpr std::string_view about = "A teacher was deactivated.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<roster::TeacherReactivated> {
  using T = roster::TeacherReactivated;
  using E = roster::Teacher;
  static constexpr std::string_view name = "tenantry.roster.teacher-reactivated";
  static constexpr std::string_view about = "A teacher was made active again.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>)};
};

template <>
struct Describe<roster::StudentEnrolled> {
  using T = roster::StudentEnrolled;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "tenantry.roster.student-enrolled";
  static constexpr std::string_view about = "A student was enrolled in a class.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::class_id>(like<&E::class_id>),
                 field<&T::student>(like<&E::student>), field<&T::enrolled_on>(like<&E::enrolled_on>)};
};

template <>
struct Describe<roster::StudentWithdrawn> {
  using T = roster::StudentWithdrawn;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "tenantry.roster.student-withdrawn";
  static constexpr std::string_view about = "A student was withdrawn from a class.";
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>), field<&T::class_id>(like<&E::class_id>), field<&T::student>(like<&E::student>),
      field<&T::withdrawn_on>(like<&E::withdrawn_on>), field<&T::reason>("reason", like<&E::withdrawal_reason>)};
};

template <>
struct Describe<roster::StudentReEnrolled> {
  using T = roster::StudentReEnrolled;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "tenantry.roster.student-re-enrolled";
  static constexpr std::string_view about = "A student who was withdrawn was enrolled again.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>), field<&T::class_id>(like<&E::class_id>),
                 field<&T::student>(like<&E::student>), field<&T::enrolled_on>(like<&E::enrolled_on>)};
};

template <>
struct Describe<roster::EnrolmentCompleted> {
  using T = roster::EnrolmentCompleted;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "tenantry.roster.enrolment-completed";
  static constexpr std::string_view about = "An enrolment was completed.";
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>), field<&T::class_id>(like<&E::class_id>), field<&T::student>(like<&E::student>),
      field<&T::outcome>(like<&E::outcome>).described("how it ended"), field<&T::completed_on>(like<&E::completed_on>)};
};

template <>
struct Describe<roster::EnrolmentReopened> {
  using T = roster::EnrolmentReopened;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "tenantry.roster.enrolment-reopened";
  static constexpr std::string_view about =
      "A completion made by mistake was taken back: the enrolment is active, without outcome and day of completion.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::class_id>(like<&E::class_id>),
                                            field<&T::student>(like<&E::student>)};
};

template <>
struct Describe<roster::StudentTransferred> {
  using T = roster::StudentTransferred;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "tenantry.roster.student-transferred";
  static constexpr std::string_view about = "A student's enrolment was moved to another class of the course.";
  static constexpr auto fields = std::array{
      field<&T::id>(like<&E::id>),
      field<&T::former_class>("formerClassId", like<&E::class_id>).described("the class before"),
      field<&T::class_id>(like<&E::class_id>).described("the class now"), field<&T::student>(like<&E::student>)};
};

template <>
struct Describe<roster::EnrolmentCorrected> {
  using T = roster::EnrolmentCorrected;
  using E = roster::Enrolment;
  static constexpr std::string_view name = "tenantry.roster.enrolment-corrected";
  static constexpr std::string_view about =
      "An enrolment was corrected; the values that hold now. Its status is what it was.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>),
                                            field<&T::class_id>(like<&E::class_id>),
                                            field<&T::student>(like<&E::student>),
                                            field<&T::enrolled_on>(like<&E::enrolled_on>),
                                            field<&T::withdrawn_on>(like<&E::withdrawn_on>),
                                            field<&T::completed_on>(like<&E::completed_on>),
                                            field<&T::withdrawal_reason>(like<&E::withdrawal_reason>),
                                            field<&T::outcome>(like<&E::outcome>)};
};

template <>
struct Describe<roster::TeacherAssigned> {
  using T = roster::TeacherAssigned;
  using E = roster::TeachingAssignment;
  static constexpr std::string_view name = "tenantry.roster.teacher-assigned";
  static constexpr std::string_view about = "A teacher was assigned to a class.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::class_id>(like<&E::class_id>),
                                            field<&T::teacher>(like<&E::teacher>), field<&T::role>(like<&E::role>)};
};

template <>
struct Describe<roster::TeacherUnassigned> {
  using T = roster::TeacherUnassigned;
  using E = roster::TeachingAssignment;
  static constexpr std::string_view name = "tenantry.roster.teacher-unassigned";
  static constexpr std::string_view about = "The assignment of a teacher to a class ended.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::class_id>(like<&E::class_id>),
                                            field<&T::teacher>(like<&E::teacher>)};
};

template <>
struct Describe<roster::AssessmentAdded> {
  using T = roster::AssessmentAdded;
  using E = roster::Assessment;
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
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>),         field<&T::class_id>(like<&E::class_id>),
                 field<&T::title>(like<&E::title>),   field<&T::category>(like<&E::category>),
                 field<&T::weight>(like<&E::weight>), field<&T::maximum_score>(like<&E::maximum_score>),
                 field<&T::due_on>(like<&E::due_on>), field<&T::extra_credit>(like<&E::extra_credit>)};
};

template <>
struct Describe<roster::AssessmentCorrected> {
  using T = roster::AssessmentCorrected;
  using E = roster::Assessment;
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
  static constexpr auto fields =
      std::array{field<&T::id>(like<&E::id>),         field<&T::class_id>(like<&E::class_id>),
                 field<&T::title>(like<&E::title>),   field<&T::category>(like<&E::category>),
                 field<&T::weight>(like<&E::weight>), field<&T::maximum_score>(like<&E::maximum_score>),
                 field<&T::due_on>(like<&E::due_on>), field<&T::extra_credit>(like<&E::extra_credit>)};
};

template <>
struct Describe<roster::ResultRecorded> {
  using T = roster::ResultRecorded;
  using E = roster::Result;
  static constexpr std::string_view name = "tenantry.roster.result-recorded";
  static constexpr std::string_view about = "The result of a student in an assessment was recorded.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>),
                                            field<&T::assessment>(like<&E::assessment>),
                                            field<&T::enrolment>(like<&E::enrolment>).unmentioned(),
                                            field<&T::student>(like<&E::student>),
                                            field<&T::score>(like<&E::score>),
                                            field<&T::submitted_on>(like<&E::submitted_on>),
                                            field<&T::transferred>(like<&E::transferred>)};
};

template <>
struct Describe<roster::ResultCorrected> {
  using T = roster::ResultCorrected;
  using E = roster::Result;
  static constexpr std::string_view name = "tenantry.roster.result-corrected";
  static constexpr std::string_view about = "A result was corrected; the values that hold now.";
  static constexpr auto fields = std::array{field<&T::id>(like<&E::id>), field<&T::assessment>(like<&E::assessment>),
                                            field<&T::student>(like<&E::student>), field<&T::score>(like<&E::score>),
                                            field<&T::submitted_on>(like<&E::submitted_on>)};
};

}  // namespace tenantry::events
