// Enrolments: joining a class, leaving it, returning and completing.
#include "tests/domain/roster_samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
const EnrolStudent enrol_ada{ada_in_a, class_a, ada, day("2024-09-03")};
const EnrolStudent enrol_cid{id<Enrolment>(3), class_a, cid, std::nullopt};
const WithdrawStudent withdraw_ada{ada_in_a, day("2024-10-01"), "moved away"};
const ReEnrolStudent re_enrol_ada{ada_in_a, day("2024-10-15")};
const CompleteEnrolment complete_ada{ada_in_a, Outcome::pass, day("2024-12-19")};
const StudentReEnrolled ada_re_enrolled{ada_in_a, class_a, ada, day("2024-10-15")};
const ClassClosed a_closed{class_a};
}  // namespace

TEST_CASE("a student is enrolled and takes a place") {
  auto memory = given(school()).when(enrol_ada).then({ada_enrolled});
  CHECK(memory->enrolments.at(ada_in_a).status == EnrolmentStatus::active);
  CHECK(memory->enrolments.at(ada_in_a).enrolled_on == day("2024-09-03"));
  CHECK(memory->classes.at(class_a).enrolled == 1);
  CHECK(memory->classes.at(class_b).enrolled == 0);
  CHECK(memory->enrolment_pairs.content().at(pair_key(class_a, ada)) == ada_in_a);
}

TEST_CASE("a student may be in two classes, each an enrolment of its own") {
  EnrolStudent in_b{id<Enrolment>(4), class_b, ada, std::nullopt};
  given(school_and({ada_enrolled})).when(in_b).then({StudentEnrolled{in_b.id, class_b, ada, std::nullopt}});
}

TEST_CASE("enrolling an enrolled student makes nothing and answers the enrolment that is there") {
  EnrolStudent again{id<Enrolment>(9), class_a, ada, day("2024-09-09")};
  given(school_and({ada_enrolled})).when(again).then_holds(ada_in_a);
  given(school_and({ada_enrolled, ben_enrolled})).when(again).then_holds(ada_in_a);  // though the class is full
  given(school_and({ada_enrolled, a_closed})).when(again).then_holds(ada_in_a);
  given(school_and({ada_enrolled, StudentDeactivated{ada}})).when(again).then_holds(ada_in_a);
}

TEST_CASE("an enrolment is refused") {
  auto command = enrol_ada;
  SECTION("in an unknown class") {
    command.class_id = id<Class>(9);
    given(school()).when(command).then_refused(Refused::class_unknown, "classId");
  }
  SECTION("of an unknown student") {
    command.student = id<Student>(9);
    given(school()).when(command).then_refused(Refused::student_unknown, "studentId");
  }
  SECTION("of a deactivated student") {
    given(school_and({StudentDeactivated{ada}})).when(command).then_refused(Refused::student_inactive, "studentId");
  }
  SECTION("in a closed class") {
    given(school_and({a_closed})).when(command).then_refused(Refused::class_closed, "classId");
  }
  SECTION("in a full class") {
    given(school_and({ada_enrolled, ben_enrolled})).when(enrol_cid).then_refused(Refused::class_full, "classId");
  }
  SECTION("under an id that is in use") {
    command.student = ben;
    given(school_and({ada_enrolled})).when(command).then_refused(Refused::enrolment_exists, "id");
  }
  SECTION("of one who has left: that enrolment is taken up again") {
    given(school_and({ada_enrolled, ada_withdrawn})).when(command).then_refused(Refused::enrolment_withdrawn, "");
  }
  SECTION("of one who has completed") {
    given(school_and({ada_enrolled, ada_completed})).when(command).then_refused(Refused::enrolment_completed, "");
  }
}

TEST_CASE("those who leave or complete make room") {
  StudentEnrolled cid_enrolled{enrol_cid.id, class_a, cid, std::nullopt};
  given(school_and({ada_enrolled, ben_enrolled, ada_withdrawn})).when(enrol_cid).then({cid_enrolled});
  given(school_and({ada_enrolled, ben_enrolled, ada_completed})).when(enrol_cid).then({cid_enrolled});
}

TEST_CASE("a student is withdrawn, with or without a day and a reason") {
  auto memory = given(school_and({ada_enrolled})).when(withdraw_ada).then({ada_withdrawn});
  const Enrolment& row = memory->enrolments.at(ada_in_a);
  CHECK(row.status == EnrolmentStatus::withdrawn);
  CHECK(row.withdrawn_on == day("2024-10-01"));
  CHECK(row.withdrawal_reason == "moved away");
  CHECK(memory->classes.at(class_a).enrolled == 0);
  given(school_and({ada_enrolled}))
      .when(WithdrawStudent{ada_in_a, {}, {}})
      .then({StudentWithdrawn{ada_in_a, class_a, ada, {}, {}}});
}

TEST_CASE("a withdrawal is possible when joining is not") {
  given(school_and({ada_enrolled, a_closed, StudentDeactivated{ada}})).when(withdraw_ada).then({ada_withdrawn});
}

TEST_CASE("a withdrawal is refused") {
  given(school()).when(withdraw_ada).then_refused(Refused::enrolment_unknown, "id");
  given(school_and({ada_enrolled, ada_completed})).when(withdraw_ada).then_refused(Refused::enrolment_completed, "");
  auto enrolled = given(school_and({ada_enrolled}));
  enrolled.when(WithdrawStudent{ada_in_a, {}, " "}).then_refused(Refused::text_blank, "reason");
  enrolled.when(WithdrawStudent{ada_in_a, day("2024-09-02"), {}})
      .then_refused(Refused::dates_out_of_order, "withdrawnOn");
}

TEST_CASE("a withdrawn student returns to the same enrolment, and the withdrawal is forgotten") {
  auto memory = given(school_and({ada_enrolled, ada_withdrawn})).when(re_enrol_ada).then({ada_re_enrolled});
  Enrolment expected;
  expected.id = ada_in_a;
  expected.class_id = class_a;
  expected.student = ada;
  expected.enrolled_on = day("2024-10-15");
  CHECK(memory->enrolments.at(ada_in_a) == expected);
  CHECK(memory->classes.at(class_a).enrolled == 1);
}

TEST_CASE("a return without a day keeps the first day of enrolment") {
  given(school_and({ada_enrolled, ada_withdrawn}))
      .when(ReEnrolStudent{ada_in_a, {}})
      .then({StudentReEnrolled{ada_in_a, class_a, ada, day("2024-09-03")}});
}

TEST_CASE("a return is refused") {
  auto left = given(school_and({ada_enrolled, ben_enrolled, ada_withdrawn}));
  SECTION("to an unknown enrolment") {
    given(school()).when(re_enrol_ada).then_refused(Refused::enrolment_unknown, "id");
  }
  SECTION("of one who has completed") {
    given(school_and({ada_enrolled, ada_completed})).when(re_enrol_ada).then_refused(Refused::enrolment_completed, "");
  }
  SECTION("of a deactivated student") {
    left.also(StudentDeactivated{ada}).when(re_enrol_ada).then_refused(Refused::student_inactive, "");
  }
  SECTION("to a closed class") {
    left.also(a_closed).when(re_enrol_ada).then_refused(Refused::class_closed, "");
  }
  SECTION("to a class that has filled up") {
    left.also(StudentEnrolled{enrol_cid.id, class_a, cid, {}}).when(re_enrol_ada).then_refused(Refused::class_full, "");
  }
  SECTION("before the withdrawal") {
    left.when(ReEnrolStudent{ada_in_a, day("2024-09-30")}).then_refused(Refused::dates_out_of_order, "enrolledOn");
  }
  SECTION("not at all, of one who is there") {
    given(school_and({ada_enrolled})).when(re_enrol_ada).then_holds(ada_in_a);
  }
}

TEST_CASE("an enrolment is completed with an outcome") {
  for (Outcome outcome : {Outcome::pass, Outcome::fail, Outcome::distinction}) {
    auto memory = given(school_and({ada_enrolled}))
                      .when(CompleteEnrolment{ada_in_a, outcome, day("2024-12-19")})
                      .then({EnrolmentCompleted{ada_in_a, class_a, ada, outcome, day("2024-12-19")}});
    CHECK(memory->enrolments.at(ada_in_a).status == EnrolmentStatus::completed);
    CHECK(memory->enrolments.at(ada_in_a).outcome == outcome);
    CHECK(memory->enrolments.at(ada_in_a).completed_on == day("2024-12-19"));
    CHECK(memory->classes.at(class_a).enrolled == 0);
  }
  given(school_and({ada_enrolled, a_closed, StudentDeactivated{ada}})).when(complete_ada).then({ada_completed});
}

TEST_CASE("a completion is refused") {
  given(school()).when(complete_ada).then_refused(Refused::enrolment_unknown, "id");
  given(school_and({ada_enrolled, ada_withdrawn})).when(complete_ada).then_refused(Refused::enrolment_withdrawn, "");
  given(school_and({ada_enrolled}))
      .when(CompleteEnrolment{ada_in_a, Outcome::pass, day("2024-09-01")})
      .then_refused(Refused::dates_out_of_order, "completedOn");
  auto completed = given(school_and({ada_enrolled, ada_completed}));
  completed.when(CompleteEnrolment{ada_in_a, Outcome::fail, {}}).then_refused(Refused::enrolment_completed, "outcome");
  completed.when(CompleteEnrolment{ada_in_a, Outcome::pass, {}}).then_holds(ada_in_a);
}

}  // namespace tenantry::roster
