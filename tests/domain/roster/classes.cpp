// Classes: opened in a term, corrected while open, closed for good.
#include "tests/domain/roster/samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
const OpenClass open_a{class_a, algebra, autumn, "Algebra A", 2, day("2024-09-02"), day("2024-12-19")};

CorrectClass correction() {
  return {.id = class_a, .name = {}, .capacity = {}, .starts_on = {}, .ends_on = {}};
}
CorrectClass with_capacity(int capacity) {
  auto command = correction();
  command.capacity = capacity;
  return command;
}
ClassCorrected corrected_capacity(int capacity) {
  return {class_a, "Algebra A", capacity, a_opened.starts_on, a_opened.ends_on};
}
}  // namespace

TEST_CASE("a class is opened, with nobody in it") {
  auto tables = given({autumn_added, algebra_added}).when(open_a).then({a_opened});
  const Class& row = tables.at(class_a);
  CHECK(row.status == ClassStatus::open);
  CHECK(row.enrolled == 0);
  CHECK(row.term == autumn);
  CHECK(row.course == algebra);
}

TEST_CASE("opening a class again changes nothing, also when students have joined it and when it was closed") {
  given(school_and({ada_enrolled})).when(open_a).then_holds(class_a);
  given(school_and({ada_enrolled, ClassClosed{class_a}})).when(open_a).then_holds(class_a);
}

TEST_CASE("a class is refused") {
  auto other = open_a;
  auto start = given({autumn_added, algebra_added});
  SECTION("of an unknown term") {
    other.term = id<Term>(9);
    start.when(other).then_refused(refused.term_unknown, "termId");
  }
  SECTION("of an unknown course") {
    other.course = id<Course>(9);
    start.when(other).then_refused(refused.course_unknown, "courseId");
  }
  SECTION("with an id that is in use") {
    other.name = "Algebra Z";
    start.also(a_opened).when(other).then_refused(refused.class_exists, "id");
    start.also(ClassClosed{class_a}).when(other).then_refused(refused.class_exists, "id");
  }
  SECTION("with a blank name") {
    other.name = "\r\n";
    start.when(other).then_refused(refused.text_blank, "name");
  }
  SECTION("without room, or with more than there can be") {
    for (int capacity : {-1, 0, 100'001}) {
      other.capacity = capacity;
      start.when(other).then_refused(refused.capacity_out_of_range, "capacity");
    }
  }
  SECTION("that ends before it starts") {
    other.ends_on = day("2024-09-01");
    start.when(other).then_refused(refused.dates_out_of_order, "endsOn");
  }
  SECTION("that starts before its term") {
    other.starts_on = day("2024-08-31");
    start.when(other).then_refused(refused.class_outside_term, "startsOn");
  }
  SECTION("that ends after its term") {
    other.ends_on = day("2024-12-21");
    start.when(other).then_refused(refused.class_outside_term, "endsOn");
  }
}

TEST_CASE("a class may fill its term and have one place or a hundred thousand") {
  for (int capacity : {1, 100'000}) {
    auto wide = open_a;
    wide.capacity = capacity;
    wide.starts_on = autumn_added.starts_on;
    wide.ends_on = autumn_added.ends_on;
    given({autumn_added, algebra_added})
        .when(wide)
        .then({ClassOpened{class_a, algebra, autumn, "Algebra A", capacity, wide.starts_on, wide.ends_on}});
  }
}

TEST_CASE("a corrected class keeps what is not corrected") {
  auto tables = given(school_and({ada_enrolled})).when(with_capacity(5)).then({corrected_capacity(5)});
  CHECK(tables.at(class_a).capacity == 5);
  CHECK(tables.at(class_a).enrolled == 1);
  given(school()).when(correction()).then_holds(class_a);
  given(school()).when(with_capacity(2)).then_holds(class_a);
}

TEST_CASE("a class from before texts were normalised keeps the name that a correction gives as it is stored") {
  ClassOpened old = a_opened;
  old.name = "Algebra A\u00a0";
  auto command = correction();
  command.name = old.name;
  auto start = given({autumn_added, algebra_added, old});
  start.when(command).then_holds(class_a);
  command.capacity = 5;
  start.when(command).then({ClassCorrected{class_a, old.name, 5, old.starts_on, old.ends_on}});
}

TEST_CASE("a class's correction is refused") {
  auto command = correction();
  SECTION("of an unknown class") {
    given({}).when(command).then_refused(refused.class_unknown, "id");
  }
  SECTION("of a closed class") {
    given(school_and({ClassClosed{class_a}})).when(with_capacity(5)).then_refused(refused.class_closed, "");
    given(school_and({ClassClosed{class_a}})).when(with_capacity(2)).then_holds(class_a);
  }
  SECTION("with a blank name") {
    command.name = "";
    given(school()).when(command).then_refused(refused.text_blank, "name");
  }
  SECTION("out of its term") {
    command.ends_on = day("2024-12-21");
    given(school()).when(command).then_refused(refused.class_outside_term, "endsOn");
  }
  SECTION("out of order") {
    command.starts_on = day("2024-12-20");
    given(school()).when(command).then_refused(refused.dates_out_of_order, "endsOn");
  }
  SECTION("to no room at all") {
    given(school()).when(with_capacity(0)).then_refused(refused.capacity_out_of_range, "capacity");
  }
}

TEST_CASE("a capacity holds those who are active, not those who left") {
  auto full = given(school_and({ada_enrolled, ben_enrolled}));
  full.when(with_capacity(1)).then_refused(refused.capacity_below_enrolled, "capacity");
  full.also(ada_withdrawn).when(with_capacity(1)).then({corrected_capacity(1)});
}

TEST_CASE("a class that a corrected term has left outside can still be renamed, not moved") {
  auto start = given(school()).also(TermCorrected{autumn, "Autumn 2024", day("2024-10-01"), day("2024-12-20")});
  auto command = correction();
  command.name = "Algebra One";
  start.when(command).then({ClassCorrected{class_a, "Algebra One", 2, a_opened.starts_on, a_opened.ends_on}});
  command.ends_on = day("2024-12-18");
  start.when(command).then_refused(refused.class_outside_term, "startsOn");
}

TEST_CASE("a class is closed") {
  auto tables = given(school()).when(CloseClass{class_a}).then({ClassClosed{class_a}});
  CHECK(tables.at(class_a).status == ClassStatus::closed);
  given({}).when(CloseClass{class_a}).then_refused(refused.class_unknown, "id");
}

}  // namespace tenantry::roster
