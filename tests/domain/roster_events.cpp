// What the events of a roster are about, whom they mention, and what happens to one that cannot be applied.
#include "tests/domain/roster_samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
std::vector<std::string> mentioned(const auto& event) {
  std::vector<std::string> texts;
  for (const Subject& each : mentions(event)) texts.push_back(each.text());
  return texts;
}
template <class... Ids>
std::vector<std::string> texts(const Ids&... ids) {
  return {subject_of(ids).text()...};
}
}  // namespace

TEST_CASE("an event is about the entity that it changes") {
  CHECK(subject(ada_enrolled).text() == "enrolments/" + ada_in_a.text());
  CHECK(subject(ada_withdrawn) == subject_of(ada_in_a));
  CHECK(subject(tom_assigned).text() == "teaching-assignments/" + tom_in_a.text());
  CHECK(subject(ada_essay_recorded).text() == "results/" + ada_essay.text());
  CHECK(subject(a_opened).text() == "classes/" + class_a.text());
}

TEST_CASE("an event mentions those whose history it belongs to as well") {
  CHECK(mentioned(a_opened) == texts(algebra, autumn));
  CHECK(mentioned(ClassClosed{class_a}).empty());
  CHECK(mentioned(ada_registered).empty());
  CHECK(mentioned(ada_enrolled) == texts(class_a, ada));
  CHECK(mentioned(ada_withdrawn) == texts(class_a, ada));
  CHECK(mentioned(StudentReEnrolled{ada_in_a, class_a, ada, {}}) == texts(class_a, ada));
  CHECK(mentioned(ada_completed) == texts(class_a, ada));
  CHECK(mentioned(EnrolmentReopened{ada_in_a, class_a, ada}) == texts(class_a, ada));
  CHECK(mentioned(EnrolmentCorrected{ada_in_a, class_a, ada, {}, {}, {}, {}, {}}) == texts(class_a, ada));
  CHECK(mentioned(tom_assigned) == texts(class_a, tom));
  CHECK(mentioned(TeacherUnassigned{tom_in_a, class_a, tom}) == texts(class_a, tom));
  CHECK(mentioned(essay_added) == texts(class_a));
  CHECK(mentioned(ada_essay_recorded) == texts(ada, essay));
  CHECK(mentioned(ResultCorrected{ada_essay, essay, ada, {}, {}}) == texts(ada, essay));
}

TEST_CASE("an event that changes what is not there cannot be applied") {
  std::vector<Event> orphans = {TermCorrected{autumn, "Autumn", {}, {}},
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
                                EnrolmentCorrected{ada_in_a, class_a, ada, {}, {}, {}, {}, {}},
                                TeacherUnassigned{tom_in_a, class_a, tom},
                                AssessmentCorrected{essay, class_a, "Essay", "homework", {}, {}, {}},
                                ResultCorrected{ada_essay, essay, ada, {}, {}}};
  for (const Event& event : orphans) {
    INFO("event " << event.index());
    CHECK_THROWS_AS(support::replayed<RosterMemory>({event}), std::runtime_error);
  }
}

}  // namespace tenantry::roster
