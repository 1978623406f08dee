// Students: registered under a number of their own, corrected, deactivated.
#include "tests/domain/roster_samples.hpp"

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
  auto memory = given({}).when(padded).then({ada_registered});
  CHECK(memory->students.at(ada).active);
  CHECK(memory->student_numbers.content().at("S-1") == ada);
  given({ada_registered}).when(padded).then_holds(ada);
}

TEST_CASE("a student may have no e-mail address") {
  RegisterStudent ben_command{ben, "S-2", "Ben", "Nevis", std::nullopt};
  given({}).when(ben_command).then({ben_registered});
}

TEST_CASE("a student is refused") {
  auto other = register_ada;
  SECTION("with an id that is in use") {
    other.given_name = "Augusta";
    given({ada_registered}).when(other).then_refused(Refused::student_exists, "id");
    given({ada_registered, StudentDeactivated{ada}}).when(register_ada).then_refused(Refused::student_exists, "id");
  }
  SECTION("with blank texts") {
    other.number = " ";
    given({}).when(other).then_refused(Refused::text_blank, "number");
    other = register_ada;
    other.given_name = "";
    given({}).when(other).then_refused(Refused::text_blank, "givenName");
    other = register_ada;
    other.family_name = "\n";
    given({}).when(other).then_refused(Refused::text_blank, "familyName");
  }
  SECTION("with what is no e-mail address") {
    for (auto email :
         {"", "ada", "@example.org", "ada@", "ada@home@example.org", "ada @example.org", "ada@exa\tmple"}) {
      INFO(email);
      other.email = email;
      given({}).when(other).then_refused(Refused::email_malformed, "email");
    }
  }
  SECTION("with a number that another has, even if that one is deactivated") {
    other.id = id<Student>(9);
    given({ada_registered}).when(other).then_refused(Refused::student_number_taken, "number");
    given({ada_registered, StudentDeactivated{ada}}).when(other).then_refused(Refused::student_number_taken, "number");
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
    auto memory = given({ada_registered})
                      .when(command)
                      .then({StudentCorrected{ada, "S-10", "Ada", "Lovelace", "ada@example.org"}});
    CHECK(memory->student_numbers.content().count("S-1") == 0);
    CHECK(memory->student_numbers.content().at("S-10") == ada);
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
    auto memory =
        given({ada_registered}).when(command).then({StudentCorrected{ada, "S-1", "Ada", "Lovelace", std::nullopt}});
    CHECK(memory->students.at(ada).email == std::nullopt);
  }
  SECTION("nothing") {
    given({ada_registered}).when(command).then_holds(ada);
  }
}

TEST_CASE("a student's correction is refused") {
  auto command = correct_ada();
  given({}).when(command).then_refused(Refused::student_unknown, "id");
  given({ada_registered, StudentDeactivated{ada}}).when(command).then_refused(Refused::student_inactive, "");
  command.number = "S-2";
  given({ada_registered, ben_registered}).when(command).then_refused(Refused::student_number_taken, "number");
  command.number = "";
  given({ada_registered}).when(command).then_refused(Refused::text_blank, "number");
  command = correct_ada();
  command.email = std::optional<std::string>{"nowhere"};
  given({ada_registered}).when(command).then_refused(Refused::email_malformed, "email");
}

TEST_CASE("a student is deactivated") {
  auto memory = given({ada_registered}).when(DeactivateStudent{ada}).then({StudentDeactivated{ada}});
  CHECK_FALSE(memory->students.at(ada).active);
  given({}).when(DeactivateStudent{ada}).then_refused(Refused::student_unknown, "id");
}

}  // namespace tenantry::roster
