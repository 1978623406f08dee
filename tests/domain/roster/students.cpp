// Students: registered under a number of their own, corrected, deactivated.
#include "tests/domain/roster/samples.hpp"

namespace tenantry::roster {

using namespace samples;

namespace {
const RegisterStudent register_ada{ada, "S-1", "Ada", "Lovelace", "ada@example.org"};

CorrectStudent correct_ada() {
  return {.id = ada, .number = {}, .given_name = {}, .family_name = {}, .email = {}};
}
}  // namespace

TEST_CASE("a student is registered, without the white space around the texts") {
  given({}).when(register_ada).then({ada_registered});
  RegisterStudent padded{ada, " S-1", "Ada ", "\tLovelace", " ada@example.org "};
  auto tables = given({}).when(padded).then({ada_registered});
  CHECK(tables.at(ada).active);
  CHECK(Rows{tables}.student_numbers.holder("S-1") == ada);
  given({ada_registered}).when(padded).then_holds(ada);
}

TEST_CASE("a student who is registered again with the same values holds, also when deactivated since") {
  given({ada_registered, StudentDeactivated{ada}}).when(register_ada).then_holds(ada);
  auto other = register_ada;
  other.email = std::nullopt;
  given({ada_registered, StudentDeactivated{ada}}).when(other).then_refused(refused.student_exists, "id");
}

TEST_CASE("a student may have no e-mail address") {
  RegisterStudent ben_command{ben, "S-2", "Ben", "Nevis", std::nullopt};
  given({}).when(ben_command).then({ben_registered});
}

TEST_CASE("a student is refused") {
  auto other = register_ada;
  SECTION("with an id that is in use") {
    other.given_name = "Augusta";
    given({ada_registered}).when(other).then_refused(refused.student_exists, "id");
  }
  SECTION("with blank texts") {
    other.number = " ";
    given({}).when(other).then_refused(refused.text_blank, "number");
    other = register_ada;
    other.given_name = "";
    given({}).when(other).then_refused(refused.text_blank, "givenName");
    other = register_ada;
    other.family_name = "\n";
    given({}).when(other).then_refused(refused.text_blank, "familyName");
  }
  SECTION("with what is no e-mail address") {
    for (auto email : {"", "ada", "@example.org", "ada@", "ada@home@example.org", "ada @example.org", "ada@exa\tmple",
                       "ada\u00a0@example.org"}) {
      INFO(email);
      other.email = email;
      given({}).when(other).then_refused(refused.email_malformed, "email");
    }
  }
  SECTION("with a number that another has, even if that one is deactivated") {
    other.id = id<Student>(9);
    given({ada_registered}).when(other).then_refused(refused.student_number_taken, "number");
    given({ada_registered, StudentDeactivated{ada}}).when(other).then_refused(refused.student_number_taken, "number");
  }
}

TEST_CASE("invisible characters make neither another number nor a name") {
  for (std::string each : {"\u115f", "\u1160", "\u17b4", "\u17b5", "\ufe0f", "\U000e0100", "\U000e0001", "\U000e007f",
                           "\ufff9", "\U0001d173"}) {
    CAPTURE(each);
    RegisterStudent other{ben, each + "S-" + each + "1" + each, "Ben", "Nevis", std::nullopt};
    given({ada_registered}).when(other).then_refused(refused.student_number_taken, "number");
    other.number = "S-2";
    other.family_name = each;
    given({}).when(other).then_refused(refused.text_blank, "familyName");
  }
}

TEST_CASE("student numbers differ by case") {
  RegisterStudent other{ben, "s-1", "Ben", "Nevis", std::nullopt};
  given({ada_registered}).when(other).then({StudentRegistered{ben, "s-1", "Ben", "Nevis", std::nullopt}});
}

TEST_CASE("a corrected student keeps what is not corrected") {
  auto command = correct_ada();
  SECTION("a number: the former one is free") {
    command.number = "S-10";
    auto tables = given({ada_registered})
                      .when(command)
                      .then({StudentCorrected{ada, "S-10", "Ada", "Lovelace", "ada@example.org"}});
    CHECK(Rows{tables}.student_numbers.holder("S-1") == std::nullopt);
    CHECK(Rows{tables}.student_numbers.holder("S-10") == ada);
  }
  SECTION("names") {
    command.given_name = " Augusta Ada";
    command.family_name = "King ";
    given({ada_registered})
        .when(command)
        .then({StudentCorrected{ada, "S-1", "Augusta Ada", "King", "ada@example.org"}});
  }
  SECTION("an e-mail address: replaced") {
    command.email = std::optional<std::string>{"ada@example.com"};
    given({ada_registered}).when(command).then({StudentCorrected{ada, "S-1", "Ada", "Lovelace", "ada@example.com"}});
  }
  SECTION("an e-mail address: cleared") {
    command.email.emplace(std::nullopt);
    auto tables =
        given({ada_registered}).when(command).then({StudentCorrected{ada, "S-1", "Ada", "Lovelace", std::nullopt}});
    CHECK(tables.at(ada).email == std::nullopt);
  }
  SECTION("nothing") {
    given({ada_registered}).when(command).then_holds(ada);
  }
}

TEST_CASE("a student's correction is refused") {
  auto command = correct_ada();
  given({}).when(command).then_refused(refused.student_unknown, "id");
  given({ada_registered, StudentDeactivated{ada}}).when(command).then_holds(ada);
  command.given_name = "Eve";
  given({ada_registered, StudentDeactivated{ada}}).when(command).then_refused(refused.student_inactive, "");
  command = correct_ada();
  command.number = "S-2";
  given({ada_registered, ben_registered}).when(command).then_refused(refused.student_number_taken, "number");
  command.number = "";
  given({ada_registered}).when(command).then_refused(refused.text_blank, "number");
  command = correct_ada();
  command.email = std::optional<std::string>{"nowhere"};
  given({ada_registered}).when(command).then_refused(refused.email_malformed, "email");
}

TEST_CASE("a student from before texts were normalised keeps what a correction gives as it is stored") {
  const std::string number = "S-1\u00a0";
  const std::string given_name = "\u00a0Ada";
  const std::string family_name = "\ufe0f";
  const std::string email = "ada@example.org\u00a0";
  StudentRegistered old{ada, number, given_name, family_name, email};
  StudentRegistered other{ben, "S-1", "Eve", std::nullopt, std::nullopt};
  auto command = correct_ada();
  command.number = number;
  command.given_name.emplace(given_name);
  command.family_name.emplace(family_name);
  command.email.emplace(email);
  given({old, other}).when(command).then_holds(ada);
  command.given_name.emplace("Eve ");
  given({old, other}).when(command).then({StudentCorrected{ada, number, "Eve", family_name, email}});
  command.number = "S-1";
  given({old, other}).when(command).then_refused(refused.student_number_taken, "number");
  command.number = "S-1\u115f";
  given({old}).when(command).then({StudentCorrected{ada, "S-1", "Eve", family_name, email}});
}

TEST_CASE("a student is deactivated") {
  auto tables = given({ada_registered}).when(DeactivateStudent{ada}).then({StudentDeactivated{ada}});
  CHECK_FALSE(tables.at(ada).active);
  given({}).when(DeactivateStudent{ada}).then_refused(refused.student_unknown, "id");
}

TEST_CASE("a deactivated student is made active again, under the number that stayed theirs") {
  auto tables =
      given({ada_registered, StudentDeactivated{ada}}).when(ReactivateStudent{ada}).then({StudentReactivated{ada}});
  CHECK(tables.at(ada).active);
  CHECK(Rows{tables}.student_numbers.holder("S-1") == ada);
  given({ada_registered}).when(ReactivateStudent{ada}).then_holds(ada);
  given({}).when(ReactivateStudent{ada}).then_refused(refused.student_unknown, "id");
  auto command = correct_ada();
  command.email.emplace(std::nullopt);
  given({ada_registered, StudentDeactivated{ada}, StudentReactivated{ada}})
      .when(command)
      .then({StudentCorrected{ada, "S-1", "Ada", "Lovelace", std::nullopt}});
}

TEST_CASE("one name alone is a student's name") {
  RegisterStudent given_alone{ada, "S-1", "Ada", std::nullopt, std::nullopt};
  RegisterStudent family_alone{ada, "S-1", std::nullopt, "Lovelace", std::nullopt};
  RegisterStudent nameless{ada, "S-1", std::nullopt, std::nullopt, std::nullopt};
  given({}).when(given_alone).then({StudentRegistered{ada, "S-1", "Ada", std::nullopt, std::nullopt}});
  given({}).when(family_alone).then({StudentRegistered{ada, "S-1", std::nullopt, "Lovelace", std::nullopt}});
  given({}).when(nameless).then_refused(refused.name_missing, "familyName");
}

TEST_CASE("a correction takes one name of a student away, and not the last") {
  auto no_given = correct_ada(), no_family = correct_ada(), nameless = correct_ada();
  no_given.given_name.emplace(std::nullopt);
  no_family.family_name.emplace(std::nullopt);
  nameless.given_name.emplace(std::nullopt);
  nameless.family_name.emplace(std::nullopt);
  StudentCorrected family_left{ada, "S-1", std::nullopt, "Lovelace", "ada@example.org"};
  StudentCorrected given_left{ada, "S-1", "Ada", std::nullopt, "ada@example.org"};
  given({ada_registered}).when(no_given).then({family_left});
  given({ada_registered}).when(no_family).then({given_left});
  given({ada_registered, family_left}).when(no_given).then_holds(ada);
  given({ada_registered, given_left}).when(no_given).then_refused(refused.name_missing, "givenName");
  given({ada_registered, family_left}).when(no_family).then_refused(refused.name_missing, "familyName");
  given({ada_registered}).when(nameless).then_refused(refused.name_missing, "familyName");
}

TEST_CASE("numbers of students that look alike are one number") {
  for (const char* alike : {"S-1\u00a0", "\u200bS-1", "\ufeffS-1", "S-\u200b1", "\u3000S-1\t"}) {
    CAPTURE(alike);
    RegisterStudent second{ben, alike, "Another", "Person", std::nullopt};
    given({ada_registered}).when(second).then_refused(refused.student_number_taken, "number");
  }
  StudentRegistered composed{ada, "\u00c9-1", "Ada", "Lovelace", std::nullopt};
  RegisterStudent decomposed{ben, "E\u0301-1", "Another", "Person", std::nullopt};
  given({composed}).when(decomposed).then_refused(refused.student_number_taken, "number");
  given({}).when(decomposed).then({StudentRegistered{ben, "\u00c9-1", "Another", "Person", std::nullopt}});
}

TEST_CASE("names of students that show nothing are blank") {
  for (const char* blank : {"\u3000\u3000", "\u00a0", "\u200b\u200b", "\u3164", "\ufeff"}) {
    RegisterStudent command{ada, "S-1", blank, "Lovelace", std::nullopt};
    given({}).when(command).then_refused(refused.text_blank, "givenName");
  }
}

TEST_CASE("a student from before texts were normalised is read as it was stored") {
  StudentRegistered stored{ada, "S-1\u00a0", "Zoe\u0308", "Lovelace ", std::nullopt};
  auto tables = test::replayed({stored});
  CHECK(tables.at(ada).number == "S-1\u00a0");
  CHECK(tables.at(ada).given_name == "Zoe\u0308");
  CHECK(tables.at(ada).family_name == "Lovelace ");
  CHECK(Rows{tables}.student_numbers.holder("S-1\u00a0") == ada);

  SECTION("and is the same when its registration is asked for again") {
    given({stored}).when(RegisterStudent{ada, "S-1\u00a0", "Zoe\u0308", "Lovelace ", {}}).then_holds(ada);
    given({stored}).when(RegisterStudent{ada, "S-1", "Zo\u00eb", "Lovelace", {}}).then_holds(ada);
  }
  SECTION("and its number, typed as it was then, is taken") {
    RegisterStudent second{ben, "S-1\u00a0", "Another", "Person", std::nullopt};
    given({stored}).when(second).then_refused(refused.student_number_taken, "number");
  }
  SECTION("and keeps the number that a correction does not give, though another has one that looks like it") {
    auto command = correct_ada();
    command.family_name = std::optional<std::string>{"Known"};
    given({stored, StudentRegistered{ben, "S-1", "Another", "Person", std::nullopt}})
        .when(command)
        .then({StudentCorrected{ada, "S-1\u00a0", "Zoe\u0308", "Known", std::nullopt}});
  }
  SECTION("and gives up the stored number when it is corrected to its normal form") {
    auto command = correct_ada();
    command.number = "S-1";
    auto corrected = given({stored}).when(command).then({StudentCorrected{ada, "S-1", "Zoe\u0308", "Lovelace ", {}}});
    CHECK(Rows{corrected}.student_numbers.holder("S-1\u00a0") == std::nullopt);
    CHECK(Rows{corrected}.student_numbers.holder("S-1") == ada);
  }
}

}  // namespace tenantry::roster
