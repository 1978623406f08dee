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
  // Everything else changes what is listed already.
  void operator()(const auto&) const {}
};

}  // namespace

void project_rosters(TenantChanges& changes, const events::AnyEvent& event) {
  if (const auto* of_roster = std::get_if<roster::Event>(&event)) std::visit(ListNewcomers{changes}, *of_roster);
}

}  // namespace tenantry::projections
