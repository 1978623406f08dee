// The roster's commands, declared: what a request may say and how long its texts may be. What the values mean together
// is for the rules to judge.
#pragma once

#include "domain/roster/commands.hpp"
#include "events/catalog/field.hpp"
#include "events/catalog/roster_entities.hpp"

namespace tenantry::events {

template <>
struct Describe<roster::AddTerm> {
  using T = roster::AddTerm;
  static constexpr std::string_view name = "AddTerm";
  static constexpr std::string_view about = "Adds a term.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the term").generated(),
      field("name", &T::name, "its name, unique in the tenant; case counts, white space around it does not")
          .length(1, 100),
      field("startsOn", &T::starts_on, "first day"), field("endsOn", &T::ends_on, "last day, not before the first")};
};

template <>
struct Describe<roster::CorrectTerm> {
  using T = roster::CorrectTerm;
  static constexpr std::string_view name = "CorrectTerm";
  static constexpr std::string_view about = "Corrects a term. What is left out stays as it is.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the term").from_path(),
      field("name", &T::name, "its name, unique in the tenant; case counts, white space around it does not")
          .kept()
          .length(1, 100),
      field("startsOn", &T::starts_on, "first day; no class of the term starts earlier").kept(),
      field("endsOn", &T::ends_on, "last day, not before the first; no class of the term ends later").kept()};
};

template <>
struct Describe<roster::AddCourse> {
  using T = roster::AddCourse;
  static constexpr std::string_view name = "AddCourse";
  static constexpr std::string_view about = "Adds a course.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the course").generated(),
                 field("code", &T::code, "its code, unique in the tenant; case counts, white space around it does not")
                     .length(1, 50),
                 field("title", &T::title, "its title").length(1, 200)};
};

template <>
struct Describe<roster::CorrectCourse> {
  using T = roster::CorrectCourse;
  static constexpr std::string_view name = "CorrectCourse";
  static constexpr std::string_view about = "Corrects a course. What is left out stays as it is.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the course").from_path(),
                 field("code", &T::code, "its code, unique in the tenant; case counts, white space around it does not")
                     .kept()
                     .length(1, 50),
                 field("title", &T::title, "its title").kept().length(1, 200)};
};

template <>
struct Describe<roster::OpenClass> {
  using T = roster::OpenClass;
  static constexpr std::string_view name = "OpenClass";
  static constexpr std::string_view about = "Opens a class of a course in a term, for enrolment.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the class").generated(),
                 field("courseId", &T::course, "the course that is held"),
                 field("termId", &T::term, "the term that it is held in"),
                 field("name", &T::name, "its name").length(1, 200),
                 field("capacity", &T::capacity, "most active enrolments, 1 to 100000").judged(1, 100'000),
                 field("startsOn", &T::starts_on, "first day, in the term"),
                 field("endsOn", &T::ends_on, "last day, in the term, not before the first")};
};

template <>
struct Describe<roster::CorrectClass> {
  using T = roster::CorrectClass;
  static constexpr std::string_view name = "CorrectClass";
  static constexpr std::string_view about =
      "Corrects a class. What is left out stays as it is. Nothing of a closed class changes.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the class").from_path(), field("name", &T::name, "its name").kept().length(1, 200),
      field("capacity", &T::capacity, "most active enrolments, 1 to 100000; not below those that there are")
          .kept()
          .judged(1, 100'000),
      field("startsOn", &T::starts_on, "first day, in the term").kept(),
      field("endsOn", &T::ends_on, "last day, in the term, not before the first").kept()};
};

template <>
struct Describe<roster::CloseClass> {
  using T = roster::CloseClass;
  static constexpr std::string_view name = "CloseClass";
  static constexpr std::string_view about = "Closes a class: nobody can be enrolled or assigned any more.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the class").from_path()};
};

template <>
struct Describe<roster::RegisterStudent> {
  using T = roster::RegisterStudent;
  static constexpr std::string_view name = "RegisterStudent";
  static constexpr std::string_view about = "Registers a student. One name alone is enough, given or family name.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the student").generated(),
                 field("number", &T::number,
                       "number of the student, unique in the tenant; case counts, white space around it does not")
                     .personal()
                     .length(1, 50),
                 field("givenName", &T::given_name, "given name, if there is one").personal().length(1, 100),
                 field("familyName", &T::family_name, "family name, if there is one").personal().length(1, 100),
                 field("email", &T::email, "e-mail address").personal().length(3, 254)};
};

template <>
struct Describe<roster::CorrectStudent> {
  using T = roster::CorrectStudent;
  static constexpr std::string_view name = "CorrectStudent";
  static constexpr std::string_view about =
      "Corrects a student. What is left out stays as it is. Null removes a name or the e-mail; one name stays. "
      "Nothing of a deactivated student changes.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the student").from_path(),
                 field("number", &T::number,
                       "number of the student, unique in the tenant; case counts, white space around it does not")
                     .kept()
                     .personal()
                     .length(1, 50),
                 field("givenName", &T::given_name, "given name, if there is one").personal().length(1, 100),
                 field("familyName", &T::family_name, "family name, if there is one").personal().length(1, 100),
                 field("email", &T::email, "e-mail address").personal().length(3, 254)};
};

template <>
struct Describe<roster::DeactivateStudent> {
  using T = roster::DeactivateStudent;
  static constexpr std::string_view name = "DeactivateStudent";
  static constexpr std::string_view about = "Deactivates a student.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the student").from_path()};
};

template <>
struct Describe<roster::ReactivateStudent> {
  using T = roster::ReactivateStudent;
  static constexpr std::string_view name = "ReactivateStudent";
  static constexpr std::string_view about = "Makes a deactivated student active again.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the student").from_path()};
};

template <>
struct Describe<roster::RegisterTeacher> {
  using T = roster::RegisterTeacher;
  static constexpr std::string_view name = "RegisterTeacher";
  static constexpr std::string_view about = "Registers a teacher. One name alone is enough, given or family name.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the teacher").generated(),
                 field("number", &T::number,
                       "number of the teacher, unique in the tenant; case counts, white space around it does not")
                     .personal()
                     .length(1, 50),
                 field("givenName", &T::given_name, "given name, if there is one").personal().length(1, 100),
                 field("familyName", &T::family_name, "family name, if there is one").personal().length(1, 100),
                 field("email", &T::email, "e-mail address").personal().length(3, 254)};
};

template <>
struct Describe<roster::CorrectTeacher> {
  using T = roster::CorrectTeacher;
  static constexpr std::string_view name = "CorrectTeacher";
  static constexpr std::string_view about =
      "Corrects a teacher. What is left out stays as it is. Null removes a name or the e-mail; one name stays. "
      "Nothing of a deactivated teacher changes.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the teacher").from_path(),
                 field("number", &T::number,
                       "number of the teacher, unique in the tenant; case counts, white space around it does not")
                     .kept()
                     .personal()
                     .length(1, 50),
                 field("givenName", &T::given_name, "given name, if there is one").personal().length(1, 100),
                 field("familyName", &T::family_name, "family name, if there is one").personal().length(1, 100),
                 field("email", &T::email, "e-mail address").personal().length(3, 254)};
};

template <>
struct Describe<roster::DeactivateTeacher> {
  using T = roster::DeactivateTeacher;
  static constexpr std::string_view name = "DeactivateTeacher";
  static constexpr std::string_view about = "Deactivates a teacher.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the teacher").from_path()};
};

template <>
struct Describe<roster::ReactivateTeacher> {
  using T = roster::ReactivateTeacher;
  static constexpr std::string_view name = "ReactivateTeacher";
  static constexpr std::string_view about = "Makes a deactivated teacher active again.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the teacher").from_path()};
};

template <>
struct Describe<roster::EnrolStudent> {
  using T = roster::EnrolStudent;
  static constexpr std::string_view name = "EnrolStudent";
  static constexpr std::string_view about =
      "Enrols a student in a class. The student is active and the class is open and has room.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the enrolment").generated(), field("classId", &T::class_id, "the class"),
                 field("studentId", &T::student, "the student"),
                 field("enrolledOn", &T::enrolled_on, "first day, if known; not after the last day of the class")};
};

template <>
struct Describe<roster::WithdrawStudent> {
  using T = roster::WithdrawStudent;
  static constexpr std::string_view name = "WithdrawStudent";
  static constexpr std::string_view about = "Withdraws a student from a class; not from one that is completed.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the enrolment").from_path(),
                 field("withdrawnOn", &T::withdrawn_on, "last day, if known; not before enrolledOn"),
                 field("reason", &T::reason, "why").personal().length(1, 500)};
};

template <>
struct Describe<roster::ReEnrolStudent> {
  using T = roster::ReEnrolStudent;
  static constexpr std::string_view name = "ReEnrolStudent";
  static constexpr std::string_view about =
      "Enrols a withdrawn student again. The student is active and the class is open and has room.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the enrolment").from_path(),
      field("enrolledOn", &T::enrolled_on,
            "first day, neither before withdrawnOn nor after the last day of the class; if left out, as before")
          .kept()};
};

template <>
struct Describe<roster::CompleteEnrolment> {
  using T = roster::CompleteEnrolment;
  static constexpr std::string_view name = "CompleteEnrolment";
  static constexpr std::string_view about = "Completes an enrolment with an outcome.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the enrolment").from_path(), field("outcome", &T::outcome, "how it ended"),
                 field("completedOn", &T::completed_on,
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
  static constexpr auto fields = std::tuple{field("id", &T::id, "the enrolment").from_path()};
};

template <>
struct Describe<roster::CorrectEnrolment> {
  using T = roster::CorrectEnrolment;
  static constexpr std::string_view name = "CorrectEnrolment";
  static constexpr std::string_view about =
      "Corrects an enrolment without changing its status. What is left out stays as it is; null removes it.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the enrolment").from_path(),
      field("enrolledOn", &T::enrolled_on, "first day, if known; not after the last day of the class"),
      field("withdrawnOn", &T::withdrawn_on, "last day, if known; of a withdrawn enrolment; not before enrolledOn"),
      field("completedOn", &T::completed_on,
            "day of completion, if known; of a completed enrolment; neither before enrolledOn nor before the first "
            "day of the class"),
      field("withdrawalReason", &T::withdrawal_reason, "why the student was withdrawn; of a withdrawn one")
          .personal()
          .length(1, 500),
      field("outcome", &T::outcome, "how it ended; of a completed enrolment").kept()};
};

template <>
struct Describe<roster::AssignTeacher> {
  using T = roster::AssignTeacher;
  static constexpr std::string_view name = "AssignTeacher";
  static constexpr std::string_view about =
      "Assigns a teacher to a class. Of a pair that was assigned before it changes the role, or takes the assignment "
      "up "
      "again, under its own id. The teacher is active and the class is open.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the assignment").generated(), field("classId", &T::class_id, "the class"),
      field("teacherId", &T::teacher, "the teacher"), field("role", &T::role, "what the teacher does in the class")};
};

template <>
struct Describe<roster::UnassignTeacher> {
  using T = roster::UnassignTeacher;
  static constexpr std::string_view name = "UnassignTeacher";
  static constexpr std::string_view about = "Ends the assignment of a teacher to a class.";
  static constexpr auto fields = std::tuple{field("id", &T::id, "the assignment").from_path()};
};

template <>
struct Describe<roster::AddAssessment> {
  using T = roster::AddAssessment;
  static constexpr std::string_view name = "AddAssessment";
  static constexpr std::string_view about = "Adds an assessment to a class.";
  static constexpr auto fields =
      std::tuple{field("id", &T::id, "the assessment").generated(),
                 field("classId", &T::class_id, "the class"),
                 field("title", &T::title, "its title").length(1, 200),
                 field("category", &T::category, "what kind it is: exam, coursework").length(1, 50),
                 field("weight", &T::weight, "share of the class in per cent, 0 to 100").judged(0, 100),
                 field("maximumScore", &T::maximum_score, "what a score is out of, above 0; 100 if left out")
                     .defaulted()
                     .judged_above(0),
                 field("dueOn", &T::due_on, "day that it is due"),
                 field("extraCredit", &T::extra_credit, extra_credit_about).defaulted()};
};

template <>
struct Describe<roster::CorrectAssessment> {
  using T = roster::CorrectAssessment;
  static constexpr std::string_view name = "CorrectAssessment";
  static constexpr std::string_view about =
      "Corrects an assessment. What is left out stays as it is. A null due day removes it.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the assessment").from_path(),
      field("title", &T::title, "its title").kept().length(1, 200),
      field("category", &T::category, "what kind it is: exam, coursework").kept().length(1, 50),
      field("weight", &T::weight, "share of the class in per cent, 0 to 100").kept().judged(0, 100),
      field("maximumScore", &T::maximum_score, "what a score is out of, above 0; no recorded score is above the limit")
          .kept()
          .judged_above(0),
      field("dueOn", &T::due_on, "day that it is due"),
      field("extraCredit", &T::extra_credit, extra_credit_about).kept()};
};

template <>
struct Describe<roster::RecordResult> {
  using T = roster::RecordResult;
  static constexpr std::string_view name = "RecordResult";
  static constexpr std::string_view about = "Records the result of a student in an assessment.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the result").generated(),
      field("assessmentId", &T::assessment, "the assessment"),
      field("studentId", &T::student, "the student"),
      field("score", &T::score,
            "score, 0 to the maximum of the assessment, or twice that with extra credit; empty if not marked")
          .judged(0, 1'000'000'000),
      field("submittedOn", &T::submitted_on, "day that it was handed in"),
      field("transferred", &T::transferred, "whether it was brought along from an earlier class").defaulted()};
};

template <>
struct Describe<roster::CorrectResult> {
  using T = roster::CorrectResult;
  static constexpr std::string_view name = "CorrectResult";
  static constexpr std::string_view about = "Corrects a result. What is left out stays as it is; null removes it.";
  static constexpr auto fields = std::tuple{
      field("id", &T::id, "the result").from_path(),
      field("score", &T::score,
            "score, 0 to the maximum of the assessment, or twice that with extra credit; empty if not marked")
          .judged(0, 1'000'000'000),
      field("submittedOn", &T::submitted_on, "day that it was handed in")};
};

}  // namespace tenantry::events
