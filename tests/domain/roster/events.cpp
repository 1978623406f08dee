// What the events of a roster are about, and what happens to one that cannot be applied.
#include "tests/domain/roster/samples.hpp"

namespace tenantry::roster {

using namespace samples;

TEST_CASE("an event is about the entity that it changes") {
  CHECK(subject(ada_enrolled).text() == "enrolments/" + ada_in_a.text());
  CHECK(subject(ada_withdrawn) == subject_of(ada_in_a));
  CHECK(subject(tom_assigned).text() == "teaching-assignments/" + tom_in_a.text());
  CHECK(subject(ada_essay_recorded).text() == "results/" + ada_essay.text());
  CHECK(subject(a_opened).text() == "classes/" + class_a.text());
}

TEST_CASE("an event that changes what is not there cannot be applied") {
  test::Events orphans = {TermCorrected{autumn, "Autumn", {}, {}},
                          CourseCorrected{algebra, "MAT-1", "Algebra"},
                          ClassCorrected{class_a, "A", 1, {}, {}},
                          ClassClosed{class_a},
                          StudentCorrected{ada, "S-1", "Ada", "Lovelace", {}},
                          StudentDeactivated{ada},
                          StudentReactivated{ada},
                          TeacherCorrected{tom, "T-1", "Tom", "Sawyer", {}},
                          TeacherDeactivated{tom},
                          TeacherReactivated{tom},
                          ada_enrolled,
                          ada_withdrawn,
                          StudentReEnrolled{ada_in_a, class_a, ada, {}},
                          ada_completed,
                          EnrolmentReopened{ada_in_a, class_a, ada},
                          StudentTransferred{ada_in_a, class_a, class_b, ada},
                          EnrolmentCorrected{ada_in_a, class_a, ada, {}, {}, {}, {}, {}},
                          TeacherUnassigned{tom_in_a, class_a, tom},
                          AssessmentCorrected{essay, class_a, "Essay", "homework", {}, {}, {}},
                          ResultCorrected{ada_essay, essay, ada, {}, {}}};
  for (const test::AnyEvent& event : orphans) {
    INFO("event about " << event.about().text());
    CHECK_THROWS_AS(test::replayed({event}), std::runtime_error);
  }
}

}  // namespace tenantry::roster
