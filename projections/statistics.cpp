#include "projections/statistics.hpp"

#include "events/catalog/roster.hpp"
#include "projections/projector.hpp"

namespace tenantry::projections {
namespace {

// The count of an outcome, of a ClassStatistics or a TenantStatistics.
template <class Statistics>
std::uint64_t& count_of(Statistics& statistics, roster::Outcome outcome) {
  switch (outcome) {
    case roster::Outcome::pass:
      return statistics.passed;
    case roster::Outcome::fail:
      return statistics.failed;
    case roster::Outcome::distinction:
      return statistics.distinctions;
  }
  throw ProjectionFailure("it names an outcome that there is not");
}

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
      --statistics.active, ++statistics.completed;
      ++count_of(statistics, event.outcome);
    });
  }
  void operator()(const roster::EnrolmentReopened& event) const {
    auto former = outcome_before(event.id);
    if (!former) throw ProjectionFailure("it reopens an enrolment that is not completed");
    both(event.class_id, [&](auto& statistics) {
      ++statistics.active, --statistics.completed;
      --count_of(statistics, *former);
    });
  }
  void operator()(const roster::EnrolmentCorrected& event) const {
    auto former = outcome_before(event.id);
    if (former == event.outcome) return;
    both(event.class_id, [&](auto& statistics) {
      if (former) --count_of(statistics, *former);
      if (event.outcome) ++count_of(statistics, *event.outcome);
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
  // These change no count: a deactivated student was ever registered, and so was one who is active again.
  template <class E>
  requires OneOf<E, roster::TermCorrected, roster::CourseCorrected, roster::ClassCorrected, roster::ClassClosed,
                 roster::StudentCorrected, roster::StudentDeactivated, roster::StudentReactivated,
                 roster::TeacherCorrected, roster::TeacherDeactivated, roster::TeacherReactivated,
                 roster::TeacherAssigned, roster::TeacherUnassigned, roster::AssessmentCorrected,
                 roster::ResultCorrected>
  void operator()(const E&) const {}

  void operator()(const roster::Event& event) const { std::visit(*this, event); }
  void operator()(const directory::Event&) const {}
  void operator()(const tenancy::Event&) const {}

 private:
  // The enrolment's outcome as it is counted so far.
  std::optional<roster::Outcome> outcome_before(const Id<roster::Enrolment>& id) const {
    const roster::Enrolment* enrolment = changes.find(id);
    if (enrolment == nullptr) throw ProjectionFailure("it changes an enrolment that does not exist");
    return enrolment->outcome;
  }
};

}  // namespace

void project_statistics(TenantChanges& changes, const events::AnyEvent& event) {
  std::visit(Count{changes}, event);
}

}  // namespace tenantry::projections
