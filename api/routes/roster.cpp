#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"
#include "domain/roster/entities.hpp"

namespace tenantry::api {
namespace {

using namespace roster;
using enum http::Method;

std::vector<Route> calendar_routes() {
  return {
      command(post, "/v1/terms", "AddTerm", 201, "Add a term"),
      all<Term>("/v1/terms", "List the terms",
                {{"name", "only the term with this name; white space around it does not count, case does"}}),
      one<Term>("/v1/terms/{id}", "Get a term"),
      command(patch, "/v1/terms/{id}", "CorrectTerm", 200, "Correct a term"),
      history<Term>("/v1/terms/{id}/history", "The events about a term"),
      members<Term, Class>("/v1/terms/{id}/classes", "List the classes of a term"),
      command(post, "/v1/courses", "AddCourse", 201, "Add a course"),
      all<Course>("/v1/courses", "List the courses",
                  {{"code", "only the course with this code; white space around it does not count, case does"}}),
      one<Course>("/v1/courses/{id}", "Get a course"),
      command(patch, "/v1/courses/{id}", "CorrectCourse", 200, "Correct a course"),
      history<Course>("/v1/courses/{id}/history", "The events about a course"),
      members<Course, Class>("/v1/courses/{id}/classes", "List the classes of a course"),
  };
}

std::vector<Route> class_routes() {
  return {
      command(post, "/v1/classes", "OpenClass", 201, "Open a class of a course in a term"),
      all<Class>("/v1/classes", "List the classes"),
      one<Class>("/v1/classes/{id}", "Get a class"),
      command(patch, "/v1/classes/{id}", "CorrectClass", 200, "Correct a class"),
      command(post, "/v1/classes/{id}/close", "CloseClass", 200, "Close a class"),
      history<Class>("/v1/classes/{id}/history", "The events about a class"),
      members<Class, Enrolment>("/v1/classes/{id}/enrolments", "The roster of a class"),
      members<Class, TeachingAssignment>("/v1/classes/{id}/teaching-assignments", "Who teaches a class"),
      members<Class, Assessment>("/v1/classes/{id}/assessments", "List the assessments of a class"),
      {.pattern = "/v1/classes/{id}/statistics",
       .summary = "Count what became of a class's enrolments",
       .answer = {AnswerShape::Kind::document, "ClassStatistics"},
       .check = check_id,
       .serve = serve_class_statistics},
      {.pattern = "/v1/statistics",
       .summary = "Count what the tenant holds",
       .answer = {AnswerShape::Kind::document, "TenantStatistics"},
       .serve = serve_tenant_statistics},
  };
}

std::vector<Route> people_routes() {
  return {
      command(post, "/v1/students", "RegisterStudent", 201, "Register a student"),
      all<Student>("/v1/students", "List the students",
                   {{"number", "only the student with this number; white space around it does not count, case does"}}),
      one<Student>("/v1/students/{id}", "Get a student"),
      command(patch, "/v1/students/{id}", "CorrectStudent", 200, "Correct a student"),
      command(post, "/v1/students/{id}/deactivate", "DeactivateStudent", 200, "Deactivate a student"),
      command(post, "/v1/students/{id}/reactivate", "ReactivateStudent", 200,
              "Make a deactivated student active again"),
      history<Student>("/v1/students/{id}/history", "The events about a student"),
      members<Student, Enrolment>("/v1/students/{id}/enrolments", "List the enrolments of a student"),
      members<Student, roster::Result>("/v1/students/{id}/results", "List the results of a student"),
      command(post, "/v1/teachers", "RegisterTeacher", 201, "Register a teacher"),
      all<Teacher>("/v1/teachers", "List the teachers",
                   {{"number", "only the teacher with this number; white space around it does not count, case does"}}),
      one<Teacher>("/v1/teachers/{id}", "Get a teacher"),
      command(patch, "/v1/teachers/{id}", "CorrectTeacher", 200, "Correct a teacher"),
      command(post, "/v1/teachers/{id}/deactivate", "DeactivateTeacher", 200, "Deactivate a teacher"),
      command(post, "/v1/teachers/{id}/reactivate", "ReactivateTeacher", 200,
              "Make a deactivated teacher active again"),
      history<Teacher>("/v1/teachers/{id}/history", "The events about a teacher"),
      members<Teacher, TeachingAssignment>("/v1/teachers/{id}/teaching-assignments", "List what a teacher teaches"),
  };
}

std::vector<Route> enrolment_routes() {
  return {
      command(post, "/v1/enrolments", "EnrolStudent", 201, "Enrol a student in a class"),
      all<Enrolment>("/v1/enrolments", "List the enrolments"),
      one<Enrolment>("/v1/enrolments/{id}", "Get an enrolment"),
      command(patch, "/v1/enrolments/{id}", "CorrectEnrolment", 200, "Correct an enrolment"),
      command(post, "/v1/enrolments/{id}/withdraw", "WithdrawStudent", 200, "Withdraw a student from a class"),
      command(post, "/v1/enrolments/{id}/re-enrol", "ReEnrolStudent", 200, "Enrol a student again"),
      command(post, "/v1/enrolments/{id}/complete", "CompleteEnrolment", 200, "Complete an enrolment with an outcome"),
      command(post, "/v1/enrolments/{id}/reopen", "ReopenEnrolment", 200, "Take back a completion made by mistake"),
      history<Enrolment>("/v1/enrolments/{id}/history", "The events about an enrolment"),
      command(post, "/v1/teaching-assignments", "AssignTeacher", 201, "Assign a teacher to a class"),
      all<TeachingAssignment>("/v1/teaching-assignments", "List the teaching assignments"),
      one<TeachingAssignment>("/v1/teaching-assignments/{id}", "Get a teaching assignment"),
      command(post, "/v1/teaching-assignments/{id}/end", "UnassignTeacher", 200, "End a teaching assignment"),
      history<TeachingAssignment>("/v1/teaching-assignments/{id}/history", "The events about a teaching assignment"),
  };
}

std::vector<Route> assessment_routes() {
  return {
      command(post, "/v1/assessments", "AddAssessment", 201, "Add an assessment to a class"),
      all<Assessment>("/v1/assessments", "List the assessments"),
      one<Assessment>("/v1/assessments/{id}", "Get an assessment"),
      command(patch, "/v1/assessments/{id}", "CorrectAssessment", 200, "Correct an assessment"),
      history<Assessment>("/v1/assessments/{id}/history", "The events about an assessment"),
      members<Assessment, roster::Result>("/v1/assessments/{id}/results", "List the results of an assessment"),
      command(post, "/v1/results", "RecordResult", 201, "Record a student's result"),
      all<roster::Result>("/v1/results", "List the results"),
      one<roster::Result>("/v1/results/{id}", "Get a result"),
      command(patch, "/v1/results/{id}", "CorrectResult", 200, "Correct a result"),
      history<roster::Result>("/v1/results/{id}/history", "The events about a result"),
  };
}

}  // namespace

std::vector<Route> roster_routes() {
  std::vector<Route> table;
  for (auto routes : {calendar_routes(), class_routes(), people_routes(), enrolment_routes(), assessment_routes()}) {
    table.insert(table.end(), routes.begin(), routes.end());
  }
  return table;
}

}  // namespace tenantry::api
