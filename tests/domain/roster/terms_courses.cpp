// Terms and courses: names and codes of their own.
#include "tests/domain/roster/samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
const AddTerm add_autumn{autumn, "Autumn 2024", day("2024-09-01"), day("2024-12-20")};
const TermAdded spring_added{id<Term>(2), "Spring 2025", day("2025-01-06"), day("2025-04-04")};
const AddCourse add_algebra{algebra, "MAT-1", "Algebra"};
const CourseAdded botany_added{id<Course>(2), "BIO-1", "Botany"};

CorrectTerm correction(std::optional<std::string> name) {
  return {.id = autumn, .name = name, .starts_on = {}, .ends_on = {}};
}
}  // namespace

TEST_CASE("a term is added, its name without the white space around it") {
  given({}).when(add_autumn).then({autumn_added});
  auto padded = add_autumn;
  padded.name = "\t Autumn 2024 ";
  auto tables = given({}).when(padded).then({autumn_added});
  CHECK(tables.at(autumn).name == "Autumn 2024");
  CHECK(Rows{tables}.term_names.holder("Autumn 2024") == autumn);
}

TEST_CASE("a term is refused") {
  auto other = add_autumn;
  SECTION("with an id that is in use") {
    other.ends_on = day("2024-12-21");
    given({autumn_added}).when(other).then_refused(refused.term_exists, "id");
  }
  SECTION("with a blank name") {
    other.name = " ";
    given({}).when(other).then_refused(refused.text_blank, "name");
  }
  SECTION("with a name that another has") {
    other.id = id<Term>(9);
    given({autumn_added}).when(other).then_refused(refused.term_name_taken, "name");
  }
  SECTION("that ends before it starts") {
    other.ends_on = day("2024-08-31");
    given({}).when(other).then_refused(refused.dates_out_of_order, "endsOn");
  }
}

TEST_CASE("a term of one day, or one named in another case, is another term") {
  AddTerm other{id<Term>(9), "AUTUMN 2024", day("2024-09-01"), day("2024-09-01")};
  given({autumn_added}).when(other).then({TermAdded{other.id, other.name, other.starts_on, other.ends_on}});
}

TEST_CASE("a corrected term keeps what is not corrected and frees its former name") {
  TermCorrected renamed{autumn, "Autumn", autumn_added.starts_on, autumn_added.ends_on};
  auto tables = given({autumn_added}).when(correction("Autumn ")).then({renamed});
  CHECK(Rows{tables}.term_names.holder("Autumn 2024") == std::nullopt);
  AddTerm heir{id<Term>(9), "Autumn 2024", day("2024-09-01"), day("2024-12-20")};
  given({autumn_added, renamed}).when(heir).then({TermAdded{heir.id, heir.name, heir.starts_on, heir.ends_on}});
}

TEST_CASE("terms and courses from before texts were normalised keep what a correction gives as it is stored") {
  TermAdded old{autumn, "Autumn 2024\u00a0", autumn_added.starts_on, autumn_added.ends_on};
  TermAdded other{id<Term>(2), "Autumn 2024", autumn_added.starts_on, autumn_added.ends_on};
  auto command = correction(old.name);
  given({old, other}).when(command).then_holds(autumn);
  command.ends_on = day("2024-12-21");
  given({old, other}).when(command).then({TermCorrected{autumn, old.name, old.starts_on, day("2024-12-21")}});

  CourseAdded old_course{algebra, "MAT-1\u00a0", "Algebra\u200b"};
  CourseAdded other_course{id<Course>(2), "MAT-1", "Algebra"};
  CorrectCourse correct{.id = algebra, .code = old_course.code, .title = old_course.title};
  given({old_course, other_course}).when(correct).then_holds(algebra);
  correct.title = "Algebra I";
  given({old_course, other_course}).when(correct).then({CourseCorrected{algebra, old_course.code, "Algebra I"}});
}

TEST_CASE("a term's correction is refused") {
  given({}).when(correction("Autumn")).then_refused(refused.term_unknown, "id");
  given({autumn_added}).when(correction(" ")).then_refused(refused.text_blank, "name");
  given({autumn_added, spring_added}).when(correction("Spring 2025")).then_refused(refused.term_name_taken, "name");
  CorrectTerm late{.id = autumn, .name = {}, .starts_on = day("2024-12-21"), .ends_on = {}};
  given({autumn_added}).when(late).then_refused(refused.dates_out_of_order, "endsOn");
  given({autumn_added}).when(correction({})).then_holds(autumn);
  given({autumn_added}).when(correction("Autumn 2024")).then_holds(autumn);
}

TEST_CASE("a term's correction does not leave out days of its classes") {
  auto with_dates = [](std::optional<Date> starts_on, std::optional<Date> ends_on) {
    return CorrectTerm{.id = autumn, .name = {}, .starts_on = starts_on, .ends_on = ends_on};
  };
  auto held = given(school());  // from 2 September to 19 December
  held.when(with_dates(day("2024-09-03"), {})).then_refused(refused.term_excludes_class, "startsOn");
  held.when(with_dates({}, day("2024-12-18"))).then_refused(refused.term_excludes_class, "endsOn");
  TermCorrected shorter{autumn, "Autumn 2024", day("2024-09-02"), day("2024-12-19")};
  held.when(with_dates(shorter.starts_on, shorter.ends_on)).then({shorter});
  given(school_and({ClassClosed{class_a}, ClassClosed{class_b}}))
      .when(with_dates({}, day("2024-12-18")))
      .then_refused(refused.term_excludes_class, "endsOn");
  // Another term's classes are no matter of this one's.
  AddTerm spring{spring_added.id, spring_added.name, spring_added.starts_on, spring_added.ends_on};
  CorrectTerm earlier{.id = spring.id, .name = {}, .starts_on = {}, .ends_on = day("2025-01-10")};
  given(school_and({spring_added}))
      .when(earlier)
      .then({TermCorrected{spring.id, spring.name, spring.starts_on, day("2025-01-10")}});
}

TEST_CASE("a term that lies beside a class already may be corrected towards it, not away") {
  // As the log of an earlier program may have it.
  auto beside = given(school_and({TermCorrected{autumn, "Autumn 2024", day("2024-09-20"), day("2024-12-20")}}));
  CorrectTerm nearer{.id = autumn, .name = {}, .starts_on = day("2024-09-10"), .ends_on = {}};
  beside.when(nearer).then({TermCorrected{autumn, "Autumn 2024", day("2024-09-10"), day("2024-12-20")}});
  CorrectTerm farther{.id = autumn, .name = {}, .starts_on = day("2024-09-21"), .ends_on = {}};
  beside.when(farther).then_refused(refused.term_excludes_class, "startsOn");
}

TEST_CASE("a course is added") {
  auto tables = given({}).when(add_algebra).then({algebra_added});
  CHECK(tables.at(algebra).title == "Algebra");
  CHECK(Rows{tables}.course_codes.holder("MAT-1") == algebra);
}

TEST_CASE("a course is refused") {
  auto other = add_algebra;
  SECTION("with an id that is in use") {
    other.title = "Algebra I";
    given({algebra_added}).when(other).then_refused(refused.course_exists, "id");
  }
  SECTION("with a blank code") {
    other.code = "";
    given({}).when(other).then_refused(refused.text_blank, "code");
  }
  SECTION("with a blank title") {
    other.title = "  ";
    given({}).when(other).then_refused(refused.text_blank, "title");
  }
  SECTION("with a code that another has") {
    other.id = id<Course>(9);
    other.code = " MAT-1 ";
    given({algebra_added}).when(other).then_refused(refused.course_code_taken, "code");
  }
}

TEST_CASE("a course is corrected") {
  auto tables = given({algebra_added})
                    .when(CorrectCourse{algebra, "MAT-2", {}})
                    .then({CourseCorrected{algebra, "MAT-2", "Algebra"}});
  CHECK(Rows{tables}.course_codes.holder("MAT-1") == std::nullopt);
  CHECK(Rows{tables}.course_codes.holder("MAT-2") == algebra);
  given({algebra_added}).when(CorrectCourse{algebra, {}, "Groups"}).then({CourseCorrected{algebra, "MAT-1", "Groups"}});
  given({algebra_added}).when(CorrectCourse{algebra, "MAT-1", {}}).then_holds(algebra);
  given({}).when(CorrectCourse{algebra, {}, "Groups"}).then_refused(refused.course_unknown, "id");
  given({algebra_added}).when(CorrectCourse{algebra, {}, ""}).then_refused(refused.text_blank, "title");
  given({algebra_added, botany_added})
      .when(CorrectCourse{algebra, "BIO-1", {}})
      .then_refused(refused.course_code_taken, "code");
}

}  // namespace tenantry::roster
