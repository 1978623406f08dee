#include "projections/statistics.hpp"

#include "events/catalog/roster.hpp"
#include "projections/projector.hpp"

namespace tenantry::projections {
namespace {

struct Count {
  TenantChanges& changes;

  template <class Change>
  void tenant(Change change) const {
    Id<TenantStatistics> id{changes.tenant().value};
    const TenantStatistics* found = changes.find(id);
    TenantStatistics statistics = found ? *found : TenantStatistics{.id = id};
    change(statistics);
    changes.put(statistics);
  }

  template <class Change>
  void of_class(const Id<roster::Class>& class_id, Change change) const {
    Id<ClassStatistics> id{class_id.value};
    const ClassStatistics* found = changes.find(id);
    ClassStatistics statistics = found ? *found : ClassStatistics{.id = id};
    change(statistics);
    changes.put(statistics);
  }

  // The same change to the counts of the class and of the tenant.
  template <class Change>
  void both(const Id<roster::Class>& class_id, Change change) const {
    of_class(class_id, change);
    tenant(change);
  }

  void operator()(const roster::TermAdded&) const {
    tenant([](auto& statistics) { ++statistics.terms; });
  }
  void operator()(const roster::CourseAdded&) const {
    tenant([](auto& statistics) { ++statistics.courses; });
  }
  void operator()(const roster::ClassOpened& event) const {
    of_class(event.id, [](auto&) {});  // a class without enrolments has statistics too
    tenant([](auto& statistics) { ++statistics.classes; });
  }
  void operator()(const roster::StudentRegistered&) const {
    tenant([](auto& statistics) { ++statistics.students; });
  }
  void operator()(const roster::TeacherRegistered&) const {
    tenant([](auto& statistics) { ++statistics.teachers; });
  }
  void operator()(const roster::StudentEnrolled& event) const {
    both(event.class_id, [](auto& statistics) { ++statistics.registrations, ++statistics.active; });
  }
  void operator()(const roster::StudentWithdrawn& event) const {
    both(event.class_id, [](auto& statistics) { --statistics.active, ++statistics.withdrawn; });
  }
  void operator()(const roster::StudentReEnrolled& event) const {
    both(event.class_id, [](auto& statistics) { ++statistics.active, --statistics.withdrawn; });
  }
  void operator()(const roster::EnrolmentCompleted& event) const {
    both(event.class_id, [&](auto& statistics) {
      --statistics.active;
      ++statistics.completed;
      switch (event.outcome) {
        case roster::Outcome::pass:
          ++statistics.passed;
          break;
        case roster::Outcome::fail:
          ++statistics.failed;
          break;
        case roster::Outcome::distinction:
          ++statistics.distinctions;
          break;
      }
    });
  }
  void operator()(const roster::AssessmentAdded& event) const {
    both(event.class_id, [](auto& statistics) { ++statistics.assessments; });
  }
  void operator()(const roster::ResultRecorded& event) const {
    const roster::Assessment* assessment = changes.find(event.assessment);
    if (assessment == nullptr) throw ProjectionFailure("it records a result of an assessment that does not exist");
    both(assessment->class_id, [](auto& statistics) { ++statistics.results; });
  }
  // Corrections and endings change no count.
  void operator()(const auto&) const {}
};

}  // namespace

void project_statistics(TenantChanges& changes, const events::AnyEvent& event) {
  if (const auto* of_roster = std::get_if<roster::Event>(&event)) std::visit(Count{changes}, *of_roster);
}

}  // namespace tenantry::projections
