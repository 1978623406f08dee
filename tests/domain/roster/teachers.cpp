// Teachers: registered under a number of their own, corrected, deactivated; and assigned to classes, in a role.
#include "tests/domain/roster/samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
const RegisterTeacher register_tom{tom, "T-1", "Tom", "Sawyer", "tom@example.org"};

CorrectTeacher correct_tom() {
  return {.id = tom, .number = {}, .given_name = {}, .family_name = {}, .email = {}};
}
}  // namespace

TEST_CASE("a teacher is registered, without the white space around the texts") {
  given({}).when(register_tom).then({tom_registered});
  RegisterTeacher padded{tom, " T-1", "Tom ", "\tSawyer", " tom@example.org "};
  auto tables = given({}).when(padded).then({tom_registered});
  CHECK(tables.at(tom).active);
  CHECK(Rows{tables}.teacher_numbers.holder("T-1") == tom);
  given({tom_registered}).when(padded).then_holds(tom);
}

TEST_CASE("a teacher who is registered again with the same values holds, also when deactivated since") {
  given({tom_registered, TeacherDeactivated{tom}}).when(register_tom).then_holds(tom);
  auto other = register_tom;
  other.email = std::nullopt;
  given({tom_registered, TeacherDeactivated{tom}}).when(other).then_refused(refused.teacher_exists, "id");
}

TEST_CASE("a teacher may have no e-mail address") {
  RegisterTeacher una_command{una, "T-2", "Una", "Stubbs", std::nullopt};
  given({}).when(una_command).then({una_registered});
}

TEST_CASE("a teacher is refused") {
  auto other = register_tom;
  SECTION("with an id that is in use") {
    other.given_name = "Thomas";
    given({tom_registered}).when(other).then_refused(refused.teacher_exists, "id");
  }
  SECTION("with blank texts") {
    other.number = " ";
    given({}).when(other).then_refused(refused.text_blank, "number");
    other = register_tom;
    other.given_name = "";
    given({}).when(other).then_refused(refused.text_blank, "givenName");
    other = register_tom;
    other.family_name = "\n";
    given({}).when(other).then_refused(refused.text_blank, "familyName");
  }
  SECTION("with what is no e-mail address") {
    for (auto email :
         {"", "tom", "@example.org", "tom@", "tom@home@example.org", "tom @example.org", "tom@exa\tmple"}) {
      INFO(email);
      other.email = email;
      given({}).when(other).then_refused(refused.email_malformed, "email");
    }
  }
  SECTION("with a number that another has, even if that one is deactivated") {
    other.id = id<Teacher>(9);
    given({tom_registered}).when(other).then_refused(refused.teacher_number_taken, "number");
    given({tom_registered, TeacherDeactivated{tom}}).when(other).then_refused(refused.teacher_number_taken, "number");
  }
}

TEST_CASE("teacher numbers differ by case") {
  RegisterTeacher other{una, "t-1", "Una", "Stubbs", std::nullopt};
  given({tom_registered}).when(other).then({TeacherRegistered{una, "t-1", "Una", "Stubbs", std::nullopt}});
}

TEST_CASE("a corrected teacher keeps what is not corrected") {
  auto command = correct_tom();
  SECTION("a number: the former one is free") {
    command.number = "T-10";
    auto tables =
        given({tom_registered}).when(command).then({TeacherCorrected{tom, "T-10", "Tom", "Sawyer", "tom@example.org"}});
    CHECK(Rows{tables}.teacher_numbers.holder("T-1") == std::nullopt);
    CHECK(Rows{tables}.teacher_numbers.holder("T-10") == tom);
  }
  SECTION("names") {
    command.given_name = " Thomas";
    command.family_name = "Twain ";
    given({tom_registered}).when(command).then({TeacherCorrected{tom, "T-1", "Thomas", "Twain", "tom@example.org"}});
  }
  SECTION("an e-mail address: replaced") {
    command.email = std::optional<std::string>{"tom@example.com"};
    given({tom_registered}).when(command).then({TeacherCorrected{tom, "T-1", "Tom", "Sawyer", "tom@example.com"}});
  }
  SECTION("an e-mail address: cleared") {
    command.email.emplace(std::nullopt);
    auto tables =
        given({tom_registered}).when(command).then({TeacherCorrected{tom, "T-1", "Tom", "Sawyer", std::nullopt}});
    CHECK(tables.at(tom).email == std::nullopt);
  }
  SECTION("nothing") {
    given({tom_registered}).when(command).then_holds(tom);
  }
}

TEST_CASE("a teacher's correction is refused") {
  auto command = correct_tom();
  given({}).when(command).then_refused(refused.teacher_unknown, "id");
  given({tom_registered, TeacherDeactivated{tom}}).when(command).then_holds(tom);
  command.given_name = "Eve";
  given({tom_registered, TeacherDeactivated{tom}}).when(command).then_refused(refused.teacher_inactive, "");
  command = correct_tom();
  command.number = "T-2";
  given({tom_registered, una_registered}).when(command).then_refused(refused.teacher_number_taken, "number");
  command.number = "";
  given({tom_registered}).when(command).then_refused(refused.text_blank, "number");
  command = correct_tom();
  command.email = std::optional<std::string>{"nowhere"};
  given({tom_registered}).when(command).then_refused(refused.email_malformed, "email");
}

TEST_CASE("a teacher from before texts were normalised keeps what a correction gives as it is stored") {
  const std::string number = "T-1\u00a0";
  const std::string given_name = "\u00a0Tom";
  const std::string family_name = "\ufe0f";
  const std::string email = "tom@example.org\u00a0";
  TeacherRegistered old{tom, number, given_name, family_name, email};
  TeacherRegistered other{una, "T-1", "Eve", std::nullopt, std::nullopt};
  auto command = correct_tom();
  command.number = number;
  command.given_name.emplace(given_name);
  command.family_name.emplace(family_name);
  command.email.emplace(email);
  given({old, other}).when(command).then_holds(tom);
  command.given_name.emplace("Eve ");
  given({old, other}).when(command).then({TeacherCorrected{tom, number, "Eve", family_name, email}});
  command.number = "T-1";
  given({old, other}).when(command).then_refused(refused.teacher_number_taken, "number");
  command.number = "T-1\u115f";
  given({old}).when(command).then({TeacherCorrected{tom, "T-1", "Eve", family_name, email}});
}

TEST_CASE("a teacher is deactivated") {
  auto tables = given({tom_registered}).when(DeactivateTeacher{tom}).then({TeacherDeactivated{tom}});
  CHECK_FALSE(tables.at(tom).active);
  given({}).when(DeactivateTeacher{tom}).then_refused(refused.teacher_unknown, "id");
}

TEST_CASE("a deactivated teacher is made active again, under the number that stayed theirs") {
  auto tables =
      given({tom_registered, TeacherDeactivated{tom}}).when(ReactivateTeacher{tom}).then({TeacherReactivated{tom}});
  CHECK(tables.at(tom).active);
  CHECK(Rows{tables}.teacher_numbers.holder("T-1") == tom);
  given({tom_registered}).when(ReactivateTeacher{tom}).then_holds(tom);
  given({}).when(ReactivateTeacher{tom}).then_refused(refused.teacher_unknown, "id");
  auto command = correct_tom();
  command.email.emplace(std::nullopt);
  given({tom_registered, TeacherDeactivated{tom}, TeacherReactivated{tom}})
      .when(command)
      .then({TeacherCorrected{tom, "T-1", "Tom", "Sawyer", std::nullopt}});
}

TEST_CASE("one name alone is a teacher's name") {
  RegisterTeacher given_alone{tom, "T-1", "Tom", std::nullopt, std::nullopt};
  RegisterTeacher family_alone{tom, "T-1", std::nullopt, "Sawyer", std::nullopt};
  RegisterTeacher nameless{tom, "T-1", std::nullopt, std::nullopt, std::nullopt};
  given({}).when(given_alone).then({TeacherRegistered{tom, "T-1", "Tom", std::nullopt, std::nullopt}});
  given({}).when(family_alone).then({TeacherRegistered{tom, "T-1", std::nullopt, "Sawyer", std::nullopt}});
  given({}).when(nameless).then_refused(refused.name_missing, "familyName");
}

TEST_CASE("a correction takes one name of a teacher away, and not the last") {
  auto no_given = correct_tom(), no_family = correct_tom(), nameless = correct_tom();
  no_given.given_name.emplace(std::nullopt);
  no_family.family_name.emplace(std::nullopt);
  nameless.given_name.emplace(std::nullopt);
  nameless.family_name.emplace(std::nullopt);
  TeacherCorrected family_left{tom, "T-1", std::nullopt, "Sawyer", "tom@example.org"};
  TeacherCorrected given_left{tom, "T-1", "Tom", std::nullopt, "tom@example.org"};
  given({tom_registered}).when(no_given).then({family_left});
  given({tom_registered}).when(no_family).then({given_left});
  given({tom_registered, family_left}).when(no_given).then_holds(tom);
  given({tom_registered, given_left}).when(no_given).then_refused(refused.name_missing, "givenName");
  given({tom_registered, family_left}).when(no_family).then_refused(refused.name_missing, "familyName");
  given({tom_registered}).when(nameless).then_refused(refused.name_missing, "familyName");
}

TEST_CASE("numbers of teachers that look alike are one number") {
  for (const char* alike : {"T-1\u00a0", "\u200bT-1", "\ufeffT-1", "T-\u200b1", "\u3000T-1\t"}) {
    CAPTURE(alike);
    RegisterTeacher second{una, alike, "Another", "Person", std::nullopt};
    given({tom_registered}).when(second).then_refused(refused.teacher_number_taken, "number");
  }
  TeacherRegistered composed{tom, "\u00c9-1", "Ada", "Lovelace", std::nullopt};
  RegisterTeacher decomposed{una, "E\u0301-1", "Another", "Person", std::nullopt};
  given({composed}).when(decomposed).then_refused(refused.teacher_number_taken, "number");
  given({}).when(decomposed).then({TeacherRegistered{una, "\u00c9-1", "Another", "Person", std::nullopt}});
}

TEST_CASE("names of teachers that show nothing are blank") {
  for (const char* blank : {"\u3000\u3000", "\u00a0", "\u200b\u200b", "\u3164", "\ufeff"}) {
    RegisterTeacher command{tom, "T-1", blank, "Sawyer", std::nullopt};
    given({}).when(command).then_refused(refused.text_blank, "givenName");
  }
}

TEST_CASE("a teacher from before texts were normalised is read as it was stored") {
  TeacherRegistered stored{tom, "T-1\u00a0", "Zoe\u0308", "Sawyer ", std::nullopt};
  auto tables = test::replayed({stored});
  CHECK(tables.at(tom).number == "T-1\u00a0");
  CHECK(tables.at(tom).given_name == "Zoe\u0308");
  CHECK(tables.at(tom).family_name == "Sawyer ");
  CHECK(Rows{tables}.teacher_numbers.holder("T-1\u00a0") == tom);

  SECTION("and is the same when its registration is asked for again") {
    given({stored}).when(RegisterTeacher{tom, "T-1\u00a0", "Zoe\u0308", "Sawyer ", {}}).then_holds(tom);
    given({stored}).when(RegisterTeacher{tom, "T-1", "Zo\u00eb", "Sawyer", {}}).then_holds(tom);
  }
  SECTION("and its number, typed as it was then, is taken") {
    RegisterTeacher second{una, "T-1\u00a0", "Another", "Person", std::nullopt};
    given({stored}).when(second).then_refused(refused.teacher_number_taken, "number");
  }
  SECTION("and keeps the number that a correction does not give, though another has one that looks like it") {
    auto command = correct_tom();
    command.family_name = std::optional<std::string>{"Known"};
    given({stored, TeacherRegistered{una, "T-1", "Another", "Person", std::nullopt}})
        .when(command)
        .then({TeacherCorrected{tom, "T-1\u00a0", "Zoe\u0308", "Known", std::nullopt}});
  }
  SECTION("and gives up the stored number when it is corrected to its normal form") {
    auto command = correct_tom();
    command.number = "T-1";
    auto corrected = given({stored}).when(command).then({TeacherCorrected{tom, "T-1", "Zoe\u0308", "Sawyer ", {}}});
    CHECK(Rows{corrected}.teacher_numbers.holder("T-1\u00a0") == std::nullopt);
    CHECK(Rows{corrected}.teacher_numbers.holder("T-1") == tom);
  }
}

namespace {
const AssignTeacher assign_tom{tom_in_a, class_a, tom, TeachingRole::lead};
const TeacherUnassigned tom_unassigned{tom_in_a, class_a, tom};
}  // namespace

TEST_CASE("a teacher is assigned to a class") {
  auto tables = given(school()).when(assign_tom).then({tom_assigned});
  CHECK(tables.at(tom_in_a).active);
  CHECK(tables.at(tom_in_a).role == TeachingRole::lead);
  CHECK(Rows{tables}.assignment_pairs.holder(class_a, tom) == tom_in_a);
  AssignTeacher una_too{id<TeachingAssignment>(2), class_a, una, TeachingRole::lead};
  given(school_and({tom_assigned})).when(una_too).then({TeacherAssigned{una_too.id, class_a, una, TeachingRole::lead}});
}

TEST_CASE("assigning an assigned teacher makes nothing and answers the assignment that is there") {
  AssignTeacher again{id<TeachingAssignment>(9), class_a, tom, TeachingRole::lead};
  given(school_and({tom_assigned})).when(again).then_holds(tom_in_a);
  given(school_and({tom_assigned, ClassClosed{class_a}, TeacherDeactivated{tom}})).when(again).then_holds(tom_in_a);
}

TEST_CASE("assigning in another role changes the role of the assignment that is there") {
  AssignTeacher assistant{id<TeachingAssignment>(9), class_a, tom, TeachingRole::assistant};
  auto tables = given(school_and({tom_assigned}))
                    .when(assistant)
                    .then({TeacherAssigned{tom_in_a, class_a, tom, TeachingRole::assistant}});
  CHECK(tables.all<TeachingAssignment>().size() == 1);
}

TEST_CASE("an assignment that ended begins anew under its own id") {
  AssignTeacher again{id<TeachingAssignment>(9), class_a, tom, TeachingRole::lead};
  auto tables = given(school_and({tom_assigned, tom_unassigned})).when(again).then({tom_assigned});
  CHECK(tables.at(tom_in_a).active);
}

TEST_CASE("an assignment is refused") {
  auto command = assign_tom;
  SECTION("to an unknown class") {
    command.class_id = id<Class>(9);
    given(school()).when(command).then_refused(refused.class_unknown, "classId");
  }
  SECTION("of an unknown teacher") {
    command.teacher = id<Teacher>(9);
    given(school()).when(command).then_refused(refused.teacher_unknown, "teacherId");
  }
  SECTION("of a deactivated teacher") {
    given(school_and({TeacherDeactivated{tom}})).when(command).then_refused(refused.teacher_inactive, "teacherId");
  }
  SECTION("to a closed class") {
    given(school_and({ClassClosed{class_a}})).when(command).then_refused(refused.class_closed, "classId");
  }
  SECTION("under an id that is in use") {
    command.teacher = una;
    given(school_and({tom_assigned})).when(command).then_refused(refused.assignment_exists, "id");
  }
}

TEST_CASE("an assignment ends, also when none could begin") {
  auto tables = given(school_and({tom_assigned})).when(UnassignTeacher{tom_in_a}).then({tom_unassigned});
  CHECK_FALSE(tables.at(tom_in_a).active);
  given(school_and({tom_assigned, ClassClosed{class_a}, TeacherDeactivated{tom}}))
      .when(UnassignTeacher{tom_in_a})
      .then({tom_unassigned});
  given(school()).when(UnassignTeacher{tom_in_a}).then_refused(refused.assignment_unknown, "id");
}

}  // namespace tenantry::roster
