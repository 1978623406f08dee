#include "tests/domain/roster/samples.hpp"

namespace tenantry::roster::samples {

const TermAdded autumn_added{autumn, "Autumn 2024", day("2024-09-01"), day("2024-12-20")};
const CourseAdded algebra_added{algebra, "MAT-1", "Algebra"};
// Room for two.
const ClassOpened a_opened{class_a, algebra, autumn, "Algebra A", 2, day("2024-09-02"), day("2024-12-19")};
const ClassOpened b_opened{class_b, algebra, autumn, "Algebra B", 9, day("2024-09-02"), day("2024-12-19")};
const StudentRegistered ada_registered{ada, "S-1", "Ada", "Lovelace", "ada@example.org"};
const StudentRegistered ben_registered{ben, "S-2", "Ben", "Nevis", std::nullopt};
const StudentRegistered cid_registered{cid, "S-3", "Cid", "Campeador", std::nullopt};
const TeacherRegistered tom_registered{tom, "T-1", "Tom", "Sawyer", "tom@example.org"};
const TeacherRegistered una_registered{una, "T-2", "Una", "Stubbs", std::nullopt};
const StudentEnrolled ada_enrolled{ada_in_a, class_a, ada, day("2024-09-03")};
const StudentEnrolled ben_enrolled{ben_in_a, class_a, ben, std::nullopt};
const StudentWithdrawn ada_withdrawn{ada_in_a, class_a, ada, day("2024-10-01"), "moved away"};
const EnrolmentCompleted ada_completed{ada_in_a, class_a, ada, Outcome::pass, day("2024-12-19")};
const TeacherAssigned tom_assigned{tom_in_a, class_a, tom, TeachingRole::lead};
const AssessmentAdded essay_added{
    essay, class_a, "Essay", "homework", Decimal::whole(20), Decimal::whole(50), day("2024-10-10")};
const ResultRecorded ada_essay_recorded{ada_essay, essay, ada_in_a, ada, Decimal::whole(41), day("2024-10-09"), false};

test::Events school() {
  return {autumn_added,   algebra_added,  a_opened,       b_opened,      ada_registered,
          ben_registered, cid_registered, tom_registered, una_registered};
}

test::Events school_and(test::Events more) {
  auto events = school();
  events.insert(events.end(), more.begin(), more.end());
  return events;
}

}  // namespace tenantry::roster::samples
