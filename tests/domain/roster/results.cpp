// Assessments of a class and the results of its students.
#include "tests/domain/roster/samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
const AddAssessment add_essay{
    essay, class_a, "Essay", "homework", Decimal::whole(20), Decimal::whole(50), day("2024-10-10")};
const RecordResult record_ada{ada_essay, essay, ada, Decimal::whole(41), day("2024-10-09"), false};

CorrectAssessment correct_essay() {
  return {
      .id = essay, .title = {}, .category = {}, .weight = {}, .maximum_score = {}, .due_on = {}, .extra_credit = {}};
}
AssessmentCorrected essay_with(Decimal weight, Decimal maximum, std::optional<Date> due_on) {
  return {essay, class_a, "Essay", "homework", weight, maximum, due_on};
}
CorrectResult correct_ada() {
  return {.id = ada_essay, .score = {}, .submitted_on = {}};
}

test::Events assessed(test::Events more = {}) {
  auto events = school_and({ada_enrolled, essay_added});
  events.insert(events.end(), more.begin(), more.end());
  return events;
}
}  // namespace

TEST_CASE("an assessment is added") {
  auto tables = given(school()).when(add_essay).then({essay_added});
  CHECK(tables.at(essay).class_id == class_a);
  CHECK(tables.at(essay).due_on == day("2024-10-10"));
}

TEST_CASE("an assessment may weigh nothing or everything") {
  for (Decimal weight : {Decimal{}, Decimal{1}, Decimal::whole(100)}) {
    auto command = add_essay;
    command.weight = weight;
    auto added = essay_added;
    added.weight = weight;
    given(school()).when(command).then({added});
  }
}

TEST_CASE("an assessment's maximum is 100 unless it is told") {
  CHECK(AddAssessment{}.maximum_score.text() == "100");
}

TEST_CASE("an assessment is refused") {
  auto command = add_essay;
  SECTION("of an unknown class") {
    command.class_id = id<Class>(9);
    given(school()).when(command).then_refused(refused.class_unknown, "classId");
  }
  SECTION("under an id that is in use") {
    command.title = "Another essay";
    given(assessed()).when(command).then_refused(refused.assessment_exists, "id");
  }
  SECTION("with blank texts") {
    command.title = " ";
    given(school()).when(command).then_refused(refused.text_blank, "title");
    command = add_essay;
    command.category = "";
    given(school()).when(command).then_refused(refused.text_blank, "category");
  }
  SECTION("with a weight below 0 or above 100") {
    for (Decimal weight : {Decimal{-1}, Decimal{10'001}}) {
      command.weight = weight;
      given(school()).when(command).then_refused(refused.weight_out_of_range, "weight");
    }
  }
  SECTION("without anything to reach") {
    for (Decimal maximum : {Decimal{}, Decimal{-100}}) {
      command.maximum_score = maximum;
      given(school()).when(command).then_refused(refused.maximum_not_positive, "maximumScore");
    }
  }
}

TEST_CASE("a corrected assessment keeps what is not corrected") {
  auto command = correct_essay();
  SECTION("weight and maximum") {
    command.weight = Decimal{1250};
    command.maximum_score = Decimal::whole(60);
    given(assessed()).when(command).then({essay_with(Decimal{1250}, Decimal::whole(60), day("2024-10-10"))});
  }
  SECTION("the day it is due: cleared") {
    command.due_on.emplace(std::nullopt);
    given(assessed()).when(command).then({essay_with(Decimal::whole(20), Decimal::whole(50), std::nullopt)});
  }
  SECTION("the day it is due: another") {
    command.due_on = std::optional{day("2024-10-11")};
    given(assessed()).when(command).then({essay_with(Decimal::whole(20), Decimal::whole(50), day("2024-10-11"))});
  }
  SECTION("nothing") {
    given(assessed()).when(command).then_holds(essay);
  }
}

TEST_CASE("an assessment from before texts were normalised keeps what a correction gives as it is stored") {
  auto old = essay_added;
  old.title = "Essay\u00a0";
  old.category = "\u200bhomework";
  auto start = given(school_and({old}));
  auto command = correct_essay();
  command.title = old.title;
  command.category = old.category;
  start.when(command).then_holds(essay);
  command.weight = Decimal::whole(30);
  auto wanted = essay_with(Decimal::whole(30), old.maximum_score, old.due_on);
  wanted.title = old.title;
  wanted.category = old.category;
  start.when(command).then({wanted});
}

TEST_CASE("an assessment's correction is refused") {
  auto command = correct_essay();
  given(school()).when(command).then_refused(refused.assessment_unknown, "id");
  command.title = "";
  given(assessed()).when(command).then_refused(refused.text_blank, "title");
  command = correct_essay();
  command.weight = Decimal::whole(101);
  given(assessed()).when(command).then_refused(refused.weight_out_of_range, "weight");
  command = correct_essay();
  command.maximum_score = Decimal{};
  given(assessed()).when(command).then_refused(refused.maximum_not_positive, "maximumScore");
}

TEST_CASE("a result is recorded under the student's enrolment") {
  auto tables = given(assessed()).when(record_ada).then({ada_essay_recorded});
  CHECK(tables.at(ada_essay).enrolment == ada_in_a);
  CHECK(tables.at(ada_essay).score == Decimal::whole(41));
  CHECK(Rows{tables}.result_pairs.holder(essay, ada) == ada_essay);
}

TEST_CASE("a result is recorded whatever became of the enrolment, the student and the class") {
  given(assessed({ada_withdrawn})).when(record_ada).then({ada_essay_recorded});
  given(assessed({ada_completed, ClassClosed{class_a}})).when(record_ada).then({ada_essay_recorded});
  given(assessed({StudentDeactivated{ada}})).when(record_ada).then({ada_essay_recorded});
}

TEST_CASE("a result may have no score, no day, and any score up to the maximum") {
  RecordResult unmarked{ada_essay, essay, ada, {}, {}, true};
  given(assessed()).when(unmarked).then({ResultRecorded{ada_essay, essay, ada_in_a, ada, {}, {}, true}});
  for (Decimal score : {Decimal{}, Decimal::whole(50)}) {
    RecordResult marked{ada_essay, essay, ada, score, {}, false};
    given(assessed()).when(marked).then({ResultRecorded{ada_essay, essay, ada_in_a, ada, score, {}, false}});
  }
}

TEST_CASE("recording the same result again makes nothing and answers the one that is there") {
  auto again = record_ada;
  again.id = id<Result>(9);
  given(assessed({ada_essay_recorded})).when(again).then_holds(ada_essay);
}

TEST_CASE("a result is refused") {
  auto command = record_ada;
  SECTION("of an unknown assessment") {
    given(school()).when(command).then_refused(refused.assessment_unknown, "assessmentId");
  }
  SECTION("of an unknown student") {
    command.student = id<Student>(9);
    given(assessed()).when(command).then_refused(refused.student_unknown, "studentId");
  }
  SECTION("of a student of another class") {
    command.student = ben;
    given(assessed({StudentEnrolled{ben_in_a, class_b, ben, {}}}))
        .when(command)
        .then_refused(refused.student_not_in_class, "studentId");
  }
  SECTION("with a score below 0 or above the maximum") {
    for (Decimal score : {Decimal{-1}, Decimal{5001}}) {
      command.score = score;
      given(assessed()).when(command).then_refused(refused.score_out_of_range, "score");
    }
  }
  SECTION("that differs from the one that is there") {
    auto recorded = given(assessed({ada_essay_recorded}));
    command.score = Decimal::whole(42);
    recorded.when(command).then_refused(refused.result_recorded, "");
    command = record_ada;
    command.submitted_on.reset();
    recorded.when(command).then_refused(refused.result_recorded, "");
    command = record_ada;
    command.transferred = true;
    recorded.when(command).then_refused(refused.result_recorded, "");
  }
  SECTION("under an id that is in use") {
    command.student = ben;
    given(assessed({ada_essay_recorded, ben_enrolled})).when(command).then_refused(refused.result_exists, "id");
  }
}

TEST_CASE("a corrected result keeps what is not corrected") {
  auto command = correct_ada();
  auto recorded = given(assessed({ada_essay_recorded}));
  SECTION("the score: another") {
    command.score = std::optional{Decimal{4150}};
    auto tables =
        recorded.when(command).then({ResultCorrected{ada_essay, essay, ada, Decimal{4150}, day("2024-10-09")}});
    CHECK(tables.at(ada_essay).score == Decimal{4150});
    CHECK(tables.at(ada_essay).enrolment == ada_in_a);
  }
  SECTION("the score: cleared") {
    command.score.emplace(std::nullopt);
    recorded.when(command).then({ResultCorrected{ada_essay, essay, ada, {}, day("2024-10-09")}});
  }
  SECTION("the day: cleared") {
    command.submitted_on.emplace(std::nullopt);
    recorded.when(command).then({ResultCorrected{ada_essay, essay, ada, Decimal::whole(41), {}}});
  }
  SECTION("nothing") {
    recorded.when(command).then_holds(ada_essay);
  }
}

TEST_CASE("a result's correction is refused") {
  auto command = correct_ada();
  given(assessed()).when(command).then_refused(refused.result_unknown, "id");
  command.score = std::optional{Decimal::whole(51)};
  given(assessed({ada_essay_recorded})).when(command).then_refused(refused.score_out_of_range, "score");
}

TEST_CASE("a maximum is not corrected below a score that is recorded") {
  auto recorded = given(assessed({ada_essay_recorded}));  // 41 of 50
  auto command = correct_essay();
  command.maximum_score = Decimal{4099};
  recorded.when(command).then_refused(refused.maximum_below_score, "maximumScore");
  command.maximum_score = Decimal::whole(41);
  recorded.when(command).then({essay_with(Decimal::whole(20), Decimal::whole(41), day("2024-10-10"))});
  ResultCorrected unmarked{ada_essay, essay, ada, {}, day("2024-10-09")};
  command.maximum_score = Decimal::whole(1);
  given(assessed({ada_essay_recorded, unmarked}))
      .when(command)
      .then({essay_with(Decimal::whole(20), Decimal::whole(1), day("2024-10-10"))});
}

TEST_CASE("a score above the maximum, as the log of an earlier program may have it, may stay but not be given anew") {
  auto lowered = given(assessed({ada_essay_recorded, essay_with(Decimal::whole(20), Decimal::whole(40), {})}));
  auto command = correct_ada();
  command.submitted_on.emplace(std::nullopt);
  lowered.when(command).then({ResultCorrected{ada_essay, essay, ada, Decimal::whole(41), {}}});
  command.score = std::optional{Decimal::whole(42)};
  lowered.when(command).then_refused(refused.score_out_of_range, "score");
}

TEST_CASE("an assessment with extra credit takes scores up to twice its maximum") {
  auto added = essay_added;
  added.extra_credit = true;
  auto command = add_essay;
  command.extra_credit = true;
  auto tables = given(school()).when(command).then({added});
  CHECK(tables.at(essay).extra_credit);
  CHECK(tables.at(essay).maximum_score == Decimal::whole(50));
  given(assessed()).when(command).then_refused(refused.assessment_exists, "id");

  auto record = record_ada;
  auto recorded = ada_essay_recorded;
  record.score = recorded.score = Decimal::whole(100);
  given(school_and({ada_enrolled, added})).when(record).then({recorded});
  given(assessed()).when(record).then_refused(refused.score_out_of_range, "score");
  record.score = Decimal{10'001};
  given(school_and({ada_enrolled, added})).when(record).then_refused(refused.score_out_of_range, "score");
  auto correction = correct_ada();
  correction.score = std::optional{Decimal{9'950}};
  given(school_and({ada_enrolled, added, ada_essay_recorded}))
      .when(correction)
      .then({ResultCorrected{ada_essay, essay, ada, Decimal{9'950}, day("2024-10-09")}});
}

TEST_CASE("extra credit is given later, and taken away or lowered only above every recorded score") {
  auto allow = correct_essay();
  allow.extra_credit = true;
  auto allowed = essay_with(Decimal::whole(20), Decimal::whole(50), day("2024-10-10"));
  allowed.extra_credit = true;
  given(assessed({ada_essay_recorded})).when(allow).then({allowed});

  auto recorded = ada_essay_recorded;
  recorded.score = Decimal::whole(60);
  auto forbid = correct_essay();
  forbid.extra_credit = false;
  given(assessed({allowed, recorded})).when(forbid).then_refused(refused.maximum_below_score, "extraCredit");
  given(assessed({allowed, ada_essay_recorded}))
      .when(forbid)
      .then({essay_with(Decimal::whole(20), Decimal::whole(50), day("2024-10-10"))});
  auto lower = correct_essay();
  lower.maximum_score = Decimal{2'999};
  given(assessed({allowed, recorded})).when(lower).then_refused(refused.maximum_below_score, "maximumScore");
  auto lowered = allowed;
  lower.maximum_score = lowered.maximum_score = Decimal::whole(30);
  given(assessed({allowed, recorded})).when(lower).then({lowered});
}

TEST_CASE("an assessment from before texts were normalised is read as it was stored") {
  auto stored = essay_added;
  stored.title = " Essay";
  auto tables = test::replayed(school_and({stored}));
  CHECK(tables.at(essay).title == " Essay");
  given(school_and({stored})).when(add_essay).then_holds(essay);
}

}  // namespace tenantry::roster
