#include "projections/rosters.hpp"

namespace tenantry::projections {
namespace {

// The lists that rules read, classes_of_term and results_of_assessment, are the rules' own (tenant_tables.hpp).
struct ListNewcomers {
  TenantChanges& changes;

  template <class Parent, class Child>
  void add(List list, const Id<Parent>& parent, const Id<Child>& child) const {
    changes.append_row(list_key(list, parent.value, child.value));
  }

  void operator()(const roster::ClassOpened& event) const { add(List::classes_of_course, event.course, event.id); }
  void operator()(const roster::StudentEnrolled& event) const {
    add(List::enrolments_of_class, event.class_id, event.id);
    add(List::enrolments_of_student, event.student, event.id);
  }
  void operator()(const roster::TeacherAssigned& event) const {
    add(List::assignments_of_class, event.class_id, event.id);
    add(List::assignments_of_teacher, event.teacher, event.id);
  }
  void operator()(const roster::AssessmentAdded& event) const {
    add(List::assessments_of_class, event.class_id, event.id);
  }
  void operator()(const roster::ResultRecorded& event) const { add(List::results_of_student, event.student, event.id); }
  // What changes what is listed already, or is on no list of this projection.
  template <class E>
  requires OneOf<E, roster::TermAdded, roster::TermCorrected, roster::CourseAdded, roster::CourseCorrected,
                 roster::ClassCorrected, roster::ClassClosed, roster::StudentRegistered, roster::StudentCorrected,
                 roster::StudentDeactivated, roster::StudentReactivated, roster::TeacherRegistered,
                 roster::TeacherCorrected, roster::TeacherDeactivated, roster::TeacherReactivated,
                 roster::StudentWithdrawn, roster::StudentReEnrolled, roster::EnrolmentCompleted,
                 roster::EnrolmentReopened, roster::EnrolmentCorrected, roster::TeacherUnassigned,
                 roster::AssessmentCorrected, roster::ResultCorrected>
  void operator()(const E&) const {}

  void operator()(const roster::Event& event) const { std::visit(*this, event); }
  void operator()(const directory::Event&) const {}
  void operator()(const tenancy::Event&) const {}
};

}  // namespace

void project_rosters(TenantChanges& changes, const events::AnyEvent& event) {
  std::visit(ListNewcomers{changes}, event);
}

}  // namespace tenantry::projections
