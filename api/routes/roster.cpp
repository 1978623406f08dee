#include "api/routes/resource.hpp"
#include "api/routes/table.hpp"
#include "domain/contexts.hpp"
#include "domain/roster/commands.hpp"
#include "domain/roster/entities.hpp"

namespace tenantry::api {

template <>
std::vector<Route> routes_of<roster::Context>() {
  using namespace roster;
  return joined({
      resource<Term>({creates<AddTerm>("Add a term"), corrects<CorrectTerm>("Correct a term")}),
      resource<Course>({creates<AddCourse>("Add a course"), corrects<CorrectCourse>("Correct a course")}),
      resource<Class>({creates<OpenClass>("Open a class of a course in a term"),
                       corrects<CorrectClass>("Correct a class"), does<CloseClass>("close", "Close a class")}),
      resource<Student>({creates<RegisterStudent>("Register a student"), corrects<CorrectStudent>("Correct a student"),
                         does<DeactivateStudent>("deactivate", "Deactivate a student"),
                         does<ReactivateStudent>("reactivate", "Make a deactivated student active again")}),
      resource<Teacher>({creates<RegisterTeacher>("Register a teacher"), corrects<CorrectTeacher>("Correct a teacher"),
                         does<DeactivateTeacher>("deactivate", "Deactivate a teacher"),
                         does<ReactivateTeacher>("reactivate", "Make a deactivated teacher active again")}),
      resource<Enrolment>({creates<EnrolStudent>("Enrol a student in a class"),
                           corrects<CorrectEnrolment>("Correct an enrolment"),
                           does<WithdrawStudent>("withdraw", "Withdraw a student from a class"),
                           does<ReEnrolStudent>("re-enrol", "Enrol a student again"),
                           does<CompleteEnrolment>("complete", "Complete an enrolment with an outcome"),
                           does<ReopenEnrolment>("reopen", "Take back a completion made by mistake"),
                           does<TransferStudent>("transfer", "Move a student to another class of the course")}),
      resource<TeachingAssignment>({creates<AssignTeacher>("Assign a teacher to a class"),
                                    does<UnassignTeacher>("end", "End a teaching assignment")}),
      resource<Assessment>({creates<AddAssessment>("Add an assessment to a class"),
                            corrects<CorrectAssessment>("Correct an assessment")}),
      resource<roster::Result>(
          {creates<RecordResult>("Record a student's result"), corrects<CorrectResult>("Correct a result")}),
  });
}

}  // namespace tenantry::api
