// Enrolments: joining a class, leaving it, returning and completing.
#include "tests/domain/roster/samples.hpp"

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

CorrectEnrolment correct_ada() {
  return {.id = ada_in_a,
          .enrolled_on = {},
          .withdrawn_on = {},
          .completed_on = {},
          .withdrawal_reason = {},
          .outcome = {}};
}
EnrolmentCorrected ada_with(std::optional<Date> enrolled_on) {
  return {ada_in_a, class_a, ada, enrolled_on, {}, {}, {}, {}};
}
}  // namespace

TEST_CASE("a student is enrolled and takes a place") {
  auto tables = given(school()).when(enrol_ada).then({ada_enrolled});
  CHECK(tables.at(ada_in_a).status == EnrolmentStatus::active);
  CHECK(tables.at(ada_in_a).enrolled_on == day("2024-09-03"));
  CHECK(tables.at(class_a).enrolled == 1);
  CHECK(tables.at(class_b).enrolled == 0);
  CHECK(Rows{tables}.enrolment_pairs.holder(class_a, ada) == ada_in_a);
}

TEST_CASE("a student may be in two classes, each an enrolment of its own") {
  EnrolStudent in_b{id<Enrolment>(4), class_b, ada, std::nullopt};
  given(school_and({ada_enrolled})).when(in_b).then({StudentEnrolled{in_b.id, class_b, ada, std::nullopt}});
}

TEST_CASE("enrolling an enrolled student makes nothing and answers the enrolment that is there") {
  EnrolStudent again{id<Enrolment>(9), class_a, ada, day("2024-09-03")};
  given(school_and({ada_enrolled})).when(again).then_holds(ada_in_a);
  given(school_and({ada_enrolled, ben_enrolled})).when(again).then_holds(ada_in_a);  // though the class is full
  given(school_and({ada_enrolled, a_closed})).when(again).then_holds(ada_in_a);
  given(school_and({ada_enrolled, StudentDeactivated{ada}})).when(again).then_holds(ada_in_a);
}

TEST_CASE("enrolling an enrolled student on another day is refused, and no day is content with the one that is there") {
  EnrolStudent another_day{id<Enrolment>(9), class_a, ada, day("2024-09-09")};
  EnrolStudent no_day{id<Enrolment>(9), class_a, ada, std::nullopt};
  auto enrolled = given(school_and({ada_enrolled, ben_enrolled}));
  enrolled.when(another_day).then_refused(refused.enrolment_active, "enrolledOn");
  enrolled.when(no_day).then_holds(ada_in_a);
  EnrolStudent first_day{ben_in_a, class_a, ben, day("2024-09-03")};  // none is known of Ben
  enrolled.when(first_day).then_refused(refused.enrolment_active, "enrolledOn");
}

TEST_CASE("nobody joins after the last day of the class, and many join before the first") {
  auto command = enrol_ada;
  auto enrolled = ada_enrolled;
  for (const char* allowed : {"2023-10-15", "2024-09-01", "2024-12-19"}) {
    command.enrolled_on = enrolled.enrolled_on = day(allowed);
    given(school()).when(command).then({enrolled});
  }
  command.enrolled_on = day("2024-12-20");
  given(school()).when(command).then_refused(refused.enrolment_outside_class, "enrolledOn");
  given(school_and({ada_enrolled, ada_withdrawn}))
      .when(ReEnrolStudent{ada_in_a, day("2024-12-20")})
      .then_refused(refused.enrolment_outside_class, "enrolledOn");
}

TEST_CASE("leaving is allowed on any day from the first of the enrolment") {
  auto early = given(school_and({StudentEnrolled{ada_in_a, class_a, ada, day("2024-08-01")}}));
  early.when(WithdrawStudent{ada_in_a, day("2024-08-15"), {}})
      .then({StudentWithdrawn{ada_in_a, class_a, ada, day("2024-08-15"), {}}});
  early.when(WithdrawStudent{ada_in_a, day("2025-06-13"), {}})
      .then({StudentWithdrawn{ada_in_a, class_a, ada, day("2025-06-13"), {}}});
}

TEST_CASE("nobody completes before the first day of the class") {
  auto early = given(school_and({StudentEnrolled{ada_in_a, class_a, ada, day("2024-08-01")}}));
  early.when(CompleteEnrolment{ada_in_a, Outcome::pass, day("2024-09-01")})
      .then_refused(refused.enrolment_outside_class, "completedOn");
  for (const char* allowed : {"2024-09-02", "2025-01-31"}) {
    early.when(CompleteEnrolment{ada_in_a, Outcome::pass, day(allowed)})
        .then({EnrolmentCompleted{ada_in_a, class_a, ada, Outcome::pass, day(allowed)}});
  }
}

TEST_CASE("an enrolment is refused") {
  auto command = enrol_ada;
  SECTION("in an unknown class") {
    command.class_id = id<Class>(9);
    given(school()).when(command).then_refused(refused.class_unknown, "classId");
  }
  SECTION("of an unknown student") {
    command.student = id<Student>(9);
    given(school()).when(command).then_refused(refused.student_unknown, "studentId");
  }
  SECTION("of a deactivated student") {
    given(school_and({StudentDeactivated{ada}})).when(command).then_refused(refused.student_inactive, "studentId");
  }
  SECTION("in a closed class") {
    given(school_and({a_closed})).when(command).then_refused(refused.class_closed, "classId");
  }
  SECTION("in a full class") {
    given(school_and({ada_enrolled, ben_enrolled})).when(enrol_cid).then_refused(refused.class_full, "classId");
  }
  SECTION("under an id that is in use") {
    command.student = ben;
    given(school_and({ada_enrolled})).when(command).then_refused(refused.enrolment_exists, "id");
  }
  SECTION("of one who has left: that enrolment is taken up again") {
    given(school_and({ada_enrolled, ada_withdrawn})).when(command).then_refused(refused.enrolment_withdrawn, "");
  }
  SECTION("of one who has completed") {
    given(school_and({ada_enrolled, ada_completed})).when(command).then_refused(refused.enrolment_completed, "");
  }
}

TEST_CASE("those who leave or complete make room") {
  StudentEnrolled cid_enrolled{enrol_cid.id, class_a, cid, std::nullopt};
  given(school_and({ada_enrolled, ben_enrolled, ada_withdrawn})).when(enrol_cid).then({cid_enrolled});
  given(school_and({ada_enrolled, ben_enrolled, ada_completed})).when(enrol_cid).then({cid_enrolled});
}

TEST_CASE("a student is withdrawn, with or without a day and a reason") {
  auto tables = given(school_and({ada_enrolled})).when(withdraw_ada).then({ada_withdrawn});
  const Enrolment& row = tables.at(ada_in_a);
  CHECK(row.status == EnrolmentStatus::withdrawn);
  CHECK(row.withdrawn_on == day("2024-10-01"));
  CHECK(row.withdrawal_reason == "moved away");
  CHECK(tables.at(class_a).enrolled == 0);
  given(school_and({ada_enrolled}))
      .when(WithdrawStudent{ada_in_a, {}, {}})
      .then({StudentWithdrawn{ada_in_a, class_a, ada, {}, {}}});
}

TEST_CASE("withdrawing the withdrawn holds with the same values, and is refused with others") {
  auto left = given(school_and({ada_enrolled, ada_withdrawn}));
  left.when(withdraw_ada).then_holds(ada_in_a);
  left.when(WithdrawStudent{ada_in_a, {}, {}}).then_holds(ada_in_a);
  left.when(WithdrawStudent{ada_in_a, {}, " moved away\u00a0"}).then_holds(ada_in_a);
  left.when(WithdrawStudent{ada_in_a, day("2024-10-02"), {}}).then_refused(refused.enrolment_withdrawn, "withdrawnOn");
  left.when(WithdrawStudent{ada_in_a, day("2024-10-01"), "ill"}).then_refused(refused.enrolment_withdrawn, "reason");
  auto without = given(school_and({ada_enrolled, StudentWithdrawn{ada_in_a, class_a, ada, {}, {}}}));
  without.when(withdraw_ada).then_refused(refused.enrolment_withdrawn, "withdrawnOn");
  without.when(WithdrawStudent{ada_in_a, {}, "ill"}).then_refused(refused.enrolment_withdrawn, "reason");
}

TEST_CASE("a withdrawal is possible when joining is not") {
  given(school_and({ada_enrolled, a_closed, StudentDeactivated{ada}})).when(withdraw_ada).then({ada_withdrawn});
}

TEST_CASE("a withdrawal is refused") {
  given(school()).when(withdraw_ada).then_refused(refused.enrolment_unknown, "id");
  given(school_and({ada_enrolled, ada_completed})).when(withdraw_ada).then_refused(refused.enrolment_completed, "");
  auto enrolled = given(school_and({ada_enrolled}));
  enrolled.when(WithdrawStudent{ada_in_a, {}, " "}).then_refused(refused.text_blank, "reason");
  enrolled.when(WithdrawStudent{ada_in_a, day("2024-09-02"), {}})
      .then_refused(refused.dates_out_of_order, "withdrawnOn");
}

TEST_CASE("a withdrawn student returns to the same enrolment, and the withdrawal is forgotten") {
  auto tables = given(school_and({ada_enrolled, ada_withdrawn})).when(re_enrol_ada).then({ada_re_enrolled});
  Enrolment expected;
  expected.id = ada_in_a;
  expected.class_id = class_a;
  expected.student = ada;
  expected.enrolled_on = day("2024-10-15");
  CHECK(tables.at(ada_in_a) == expected);
  CHECK(tables.at(class_a).enrolled == 1);
}

TEST_CASE("a return without a day keeps the first day of enrolment") {
  given(school_and({ada_enrolled, ada_withdrawn}))
      .when(ReEnrolStudent{ada_in_a, {}})
      .then({StudentReEnrolled{ada_in_a, class_a, ada, day("2024-09-03")}});
}

TEST_CASE("a return is refused") {
  auto left = given(school_and({ada_enrolled, ben_enrolled, ada_withdrawn}));
  SECTION("to an unknown enrolment") {
    given(school()).when(re_enrol_ada).then_refused(refused.enrolment_unknown, "id");
  }
  SECTION("of one who has completed") {
    given(school_and({ada_enrolled, ada_completed})).when(re_enrol_ada).then_refused(refused.enrolment_completed, "");
  }
  SECTION("of a deactivated student") {
    left.also(StudentDeactivated{ada}).when(re_enrol_ada).then_refused(refused.student_inactive, "");
  }
  SECTION("to a closed class") {
    left.also(a_closed).when(re_enrol_ada).then_refused(refused.class_closed, "");
  }
  SECTION("to a class that has filled up") {
    left.also(StudentEnrolled{enrol_cid.id, class_a, cid, {}}).when(re_enrol_ada).then_refused(refused.class_full, "");
  }
  SECTION("before the withdrawal") {
    left.when(ReEnrolStudent{ada_in_a, day("2024-09-30")}).then_refused(refused.dates_out_of_order, "enrolledOn");
  }
  SECTION("of one who is there since another day") {
    given(school_and({ada_enrolled})).when(re_enrol_ada).then_refused(refused.enrolment_active, "enrolledOn");
  }
  SECTION("not at all, of one who is there") {
    given(school_and({ada_enrolled})).when(ReEnrolStudent{ada_in_a, {}}).then_holds(ada_in_a);
    given(school_and({ada_enrolled})).when(ReEnrolStudent{ada_in_a, day("2024-09-03")}).then_holds(ada_in_a);
  }
}

TEST_CASE("an enrolment is completed with an outcome") {
  for (Outcome outcome : {Outcome::pass, Outcome::fail, Outcome::distinction}) {
    auto tables = given(school_and({ada_enrolled}))
                      .when(CompleteEnrolment{ada_in_a, outcome, day("2024-12-19")})
                      .then({EnrolmentCompleted{ada_in_a, class_a, ada, outcome, day("2024-12-19")}});
    CHECK(tables.at(ada_in_a).status == EnrolmentStatus::completed);
    CHECK(tables.at(ada_in_a).outcome == outcome);
    CHECK(tables.at(ada_in_a).completed_on == day("2024-12-19"));
    CHECK(tables.at(class_a).enrolled == 0);
  }
  given(school_and({ada_enrolled, a_closed, StudentDeactivated{ada}})).when(complete_ada).then({ada_completed});
}

TEST_CASE("a completion is refused") {
  given(school()).when(complete_ada).then_refused(refused.enrolment_unknown, "id");
  given(school_and({ada_enrolled, ada_withdrawn})).when(complete_ada).then_refused(refused.enrolment_withdrawn, "");
  given(school_and({ada_enrolled}))
      .when(CompleteEnrolment{ada_in_a, Outcome::pass, day("2024-09-01")})
      .then_refused(refused.dates_out_of_order, "completedOn");
  auto completed = given(school_and({ada_enrolled, ada_completed}));
  completed.when(CompleteEnrolment{ada_in_a, Outcome::fail, {}}).then_refused(refused.enrolment_completed, "outcome");
  completed.when(CompleteEnrolment{ada_in_a, Outcome::pass, {}}).then_holds(ada_in_a);
  completed.when(complete_ada).then_holds(ada_in_a);
  completed.when(CompleteEnrolment{ada_in_a, Outcome::pass, day("2024-12-18")})
      .then_refused(refused.enrolment_completed, "completedOn");
}

TEST_CASE("a completion made by mistake is taken back") {
  auto tables = given(school_and({ada_enrolled, ada_completed}))
                    .when(ReopenEnrolment{ada_in_a})
                    .then({EnrolmentReopened{ada_in_a, class_a, ada}});
  Enrolment expected;
  expected.id = ada_in_a;
  expected.class_id = class_a;
  expected.student = ada;
  expected.enrolled_on = day("2024-09-03");
  CHECK(tables.at(ada_in_a) == expected);
  CHECK(tables.at(class_a).enrolled == 1);
  given(school_and({ada_enrolled, ada_completed, EnrolmentReopened{ada_in_a, class_a, ada}}))
      .when(CompleteEnrolment{ada_in_a, Outcome::fail, {}})
      .then({EnrolmentCompleted{ada_in_a, class_a, ada, Outcome::fail, {}}});
}

TEST_CASE("a completion is not taken back") {
  auto completed = given(school_and({ada_enrolled, ben_enrolled, ada_completed}));
  ReopenEnrolment command{ada_in_a};
  SECTION("of an unknown enrolment") {
    given(school()).when(command).then_refused(refused.enrolment_unknown, "id");
  }
  SECTION("of one who has left") {
    given(school_and({ada_enrolled, ada_withdrawn})).when(command).then_refused(refused.enrolment_withdrawn, "");
  }
  SECTION("of a deactivated student") {
    completed.also(StudentDeactivated{ada}).when(command).then_refused(refused.student_inactive, "");
  }
  SECTION("in a closed class") {
    completed.also(a_closed).when(command).then_refused(refused.class_closed, "");
  }
  SECTION("in a class that has filled up") {
    completed.also(StudentEnrolled{enrol_cid.id, class_a, cid, {}}).when(command).then_refused(refused.class_full, "");
  }
  SECTION("where there is none") {
    given(school_and({ada_enrolled})).when(command).then_holds(ada_in_a);
  }
}

TEST_CASE("an enrolment is corrected, whatever its status, and keeps what is not corrected and the status") {
  auto command = correct_ada();
  SECTION("the first day, of an active one") {
    command.enrolled_on = std::optional{day("2024-09-04")};
    auto tables = given(school_and({ada_enrolled})).when(command).then({ada_with(day("2024-09-04"))});
    CHECK(tables.at(ada_in_a).status == EnrolmentStatus::active);
    CHECK(tables.at(ada_in_a).enrolled_on == day("2024-09-04"));
    CHECK(tables.at(class_a).enrolled == 1);
  }
  SECTION("the first day: cleared") {
    command.enrolled_on.emplace(std::nullopt);
    given(school_and({ada_enrolled})).when(command).then({ada_with(std::nullopt)});
  }
  SECTION("day and reason of a withdrawal") {
    auto corrected = ada_with(day("2024-09-03"));
    corrected.withdrawn_on = day("2024-10-02");
    corrected.withdrawal_reason = "ill";
    command.withdrawn_on = std::optional{day("2024-10-02")};
    command.withdrawal_reason = std::optional<std::string>{"ill\u00a0"};
    auto tables = given(school_and({ada_enrolled, ada_withdrawn})).when(command).then({corrected});
    CHECK(tables.at(ada_in_a).status == EnrolmentStatus::withdrawn);
    CHECK(tables.at(ada_in_a).withdrawn_on == day("2024-10-02"));
    CHECK(tables.at(ada_in_a).withdrawal_reason == "ill");
    CHECK(tables.at(class_a).enrolled == 0);
  }
  SECTION("the reason of a withdrawal: cleared") {
    auto corrected = ada_with(day("2024-09-03"));
    corrected.withdrawn_on = day("2024-10-01");
    command.withdrawal_reason.emplace(std::nullopt);
    given(school_and({ada_enrolled, ada_withdrawn})).when(command).then({corrected});
  }
  SECTION("outcome and day of a completion, in a closed class too") {
    auto corrected = ada_with(day("2024-09-03"));
    corrected.completed_on = day("2024-12-20");
    corrected.outcome = Outcome::distinction;
    command.completed_on = std::optional{day("2024-12-20")};
    command.outcome = Outcome::distinction;
    auto tables = given(school_and({ada_enrolled, ada_completed, a_closed, StudentDeactivated{ada}}))
                      .when(command)
                      .then({corrected});
    CHECK(tables.at(ada_in_a).status == EnrolmentStatus::completed);
    CHECK(tables.at(ada_in_a).outcome == Outcome::distinction);
    CHECK(tables.at(ada_in_a).completed_on == day("2024-12-20"));
  }
  SECTION("nothing") {
    command.withdrawn_on.emplace(std::nullopt);  // there is none
    given(school_and({ada_enrolled})).when(command).then_holds(ada_in_a);
  }
}

TEST_CASE("a reason from before texts were normalised is kept when it is given as it is stored") {
  for (std::string reason : {"ill\u00a0", "\ufe0f"}) {
    CAPTURE(reason);
    StudentWithdrawn old{ada_in_a, class_a, ada, day("2024-10-01"), reason};
    auto left = given(school_and({ada_enrolled, old}));
    left.when(WithdrawStudent{ada_in_a, day("2024-10-01"), reason}).then_holds(ada_in_a);
    auto command = correct_ada();
    command.withdrawal_reason.emplace(reason);
    left.when(command).then_holds(ada_in_a);
    command.withdrawn_on.emplace(day("2024-10-02"));
    left.when(command).then(
        {EnrolmentCorrected{ada_in_a, class_a, ada, day("2024-09-03"), day("2024-10-02"), {}, reason, {}}});
  }
  given(school_and({ada_enrolled}))
      .when(WithdrawStudent{ada_in_a, {}, "\ufe0f"})
      .then_refused(refused.text_blank, "reason");
}

TEST_CASE("the correction of an enrolment is refused") {
  auto command = correct_ada();
  auto active = given(school_and({ada_enrolled}));
  auto left = given(school_and({ada_enrolled, ada_withdrawn}));
  auto completed = given(school_and({ada_enrolled, ada_completed}));
  SECTION("of an unknown enrolment") {
    given(school()).when(command).then_refused(refused.enrolment_unknown, "id");
  }
  SECTION("where the value does not belong to the status") {
    auto day_left = correct_ada(), reason = correct_ada(), outcome = correct_ada(), day_completed = correct_ada();
    day_left.withdrawn_on = std::optional{day("2024-10-02")};
    reason.withdrawal_reason = std::optional<std::string>{"ill"};
    outcome.outcome = Outcome::fail;
    day_completed.completed_on = std::optional{day("2024-12-20")};
    active.when(day_left).then_refused(refused.enrolment_active, "withdrawnOn");
    active.when(reason).then_refused(refused.enrolment_active, "withdrawalReason");
    active.when(outcome).then_refused(refused.enrolment_active, "outcome");
    active.when(day_completed).then_refused(refused.enrolment_active, "completedOn");
    left.when(outcome).then_refused(refused.enrolment_withdrawn, "outcome");
    left.when(day_completed).then_refused(refused.enrolment_withdrawn, "completedOn");
    completed.when(day_left).then_refused(refused.enrolment_completed, "withdrawnOn");
    completed.when(reason).then_refused(refused.enrolment_completed, "withdrawalReason");
  }
  SECTION("with a blank reason") {
    command.withdrawal_reason = std::optional<std::string>{"\u3000"};
    left.when(command).then_refused(refused.text_blank, "withdrawalReason");
  }
  SECTION("with days out of order, naming the one that is corrected") {
    command.withdrawn_on = std::optional{day("2024-09-02")};
    left.when(command).then_refused(refused.dates_out_of_order, "withdrawnOn");
    command = correct_ada();
    command.enrolled_on = std::optional{day("2024-10-02")};
    left.when(command).then_refused(refused.dates_out_of_order, "enrolledOn");
    command = correct_ada();
    command.completed_on = std::optional{day("2024-09-02")};
    completed.when(command).then_refused(refused.dates_out_of_order, "completedOn");
  }
  SECTION("with days that do not fit the class's") {
    command.enrolled_on = std::optional{day("2024-12-20")};
    active.when(command).then_refused(refused.enrolment_outside_class, "enrolledOn");
    command = correct_ada();
    command.enrolled_on.emplace(std::nullopt);
    command.completed_on = std::optional{day("2024-09-01")};
    completed.when(command).then_refused(refused.enrolment_outside_class, "completedOn");
  }
}

TEST_CASE("days from before they were held to the class's stay, and do not hinder other corrections") {
  StudentEnrolled late{ada_in_a, class_a, ada, day("2025-02-01")};
  StudentWithdrawn left{ada_in_a, class_a, ada, day("2025-02-02"), {}};
  CHECK(test::replayed(school_and({late})).at(ada_in_a).enrolled_on == day("2025-02-01"));
  auto command = correct_ada();
  command.withdrawal_reason = std::optional<std::string>{"ill"};
  EnrolmentCorrected corrected{ada_in_a, class_a, ada, day("2025-02-01"), day("2025-02-02"), {}, "ill", {}};
  given(school_and({late, left})).when(command).then({corrected});
  given(school_and({late, left}))
      .when(ReEnrolStudent{ada_in_a, {}})
      .then({StudentReEnrolled{ada_in_a, class_a, ada, day("2025-02-01")}});
}

TEST_CASE("a student who is transferred is in the other class alone, and gives up the place in the former one") {
  TransferStudent to_b{ada_in_a, class_b};
  auto tables =
      given(school_and({ada_enrolled})).when(to_b).then({StudentTransferred{ada_in_a, class_a, class_b, ada}});
  CHECK(tables.at(ada_in_a).class_id == class_b);
  CHECK(tables.at(ada_in_a).status == EnrolmentStatus::active);
  CHECK(tables.at(ada_in_a).enrolled_on == day("2024-09-03"));
  CHECK(tables.at(class_a).enrolled == 0);
  CHECK(tables.at(class_b).enrolled == 1);
  CHECK(Rows{tables}.enrolment_pairs.holder(class_b, ada) == ada_in_a);
  CHECK_FALSE(Rows{tables}.enrolment_pairs.holder(class_a, ada));
}

TEST_CASE("a transfer to the class that the student is in holds already, and back again is another transfer") {
  auto in_a = given(school_and({ada_enrolled, a_closed}));
  in_a.when(TransferStudent{ada_in_a, class_a}).then_holds(ada_in_a);
  given(school_and({ada_enrolled, StudentTransferred{ada_in_a, class_a, class_b, ada}}))
      .when(TransferStudent{ada_in_a, class_a})
      .then({StudentTransferred{ada_in_a, class_b, class_a, ada}});
}

TEST_CASE("only an active enrolment is transferred, to an open class of the course that has room") {
  const TransferStudent to_b{ada_in_a, class_b};
  const Id<Class> physics = id<Class>(7);
  const Id<Course> other = id<Course>(7);
  test::Events elsewhere{ada_enrolled, CourseAdded{other, "PHY", "Physics"},
                         ClassOpened{physics, other, autumn, "P", 10, day("2024-09-02"), day("2024-12-19")}};
  given(school()).when(to_b).then_refused(refused.enrolment_unknown, "id");
  given(school_and({ada_enrolled}))
      .when(TransferStudent{ada_in_a, physics})
      .then_refused(refused.class_unknown, "classId");
  given(school_and(elsewhere))
      .when(TransferStudent{ada_in_a, physics})
      .then_refused(refused.class_of_another_course, "classId");
  given(school_and({ada_enrolled, ada_withdrawn})).when(to_b).then_refused(refused.enrolment_withdrawn, "");
  given(school_and({ada_enrolled, ada_completed})).when(to_b).then_refused(refused.enrolment_completed, "");
  given(school_and({ada_enrolled, ClassClosed{class_b}})).when(to_b).then_refused(refused.class_closed, "classId");
  given(school_and({ada_enrolled, StudentDeactivated{ada}})).when(to_b).then_refused(refused.student_inactive, "");
  given(school_and({ada_enrolled, StudentEnrolled{id<Enrolment>(9), class_b, ada, {}}}))
      .when(to_b)
      .then_refused(refused.student_in_class, "classId");
  StudentEnrolled in_b{id<Enrolment>(9), class_b, cid, {}};
  given(school_and({in_b, ada_enrolled, ben_enrolled}))  // class A is full
      .when(TransferStudent{in_b.id, class_a})
      .then_refused(refused.class_full, "classId");
}

TEST_CASE("results stay where they were reached, and none is added in the former class") {
  auto transferred = given(
      school_and({ada_enrolled, essay_added, ada_essay_recorded, StudentTransferred{ada_in_a, class_a, class_b, ada}}));
  auto corrected = transferred.when(CorrectResult{.id = ada_essay, .score = Decimal{7'00}, .submitted_on = {}});
  auto tables =
      corrected.then({ResultCorrected{ada_essay, essay, ada, Decimal{7'00}, ada_essay_recorded.submitted_on}});
  CHECK(tables.at(ada_essay).enrolment == ada_in_a);
  given(school_and({ada_enrolled, essay_added, StudentTransferred{ada_in_a, class_a, class_b, ada}}))
      .when(RecordResult{id<Result>(9), essay, ada, {}, {}, false})
      .then_refused(refused.student_not_in_class, "studentId");
}

}  // namespace tenantry::roster
