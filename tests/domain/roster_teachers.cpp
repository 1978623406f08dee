// Teachers: registered under a number of their own, corrected, deactivated.
#include "tests/domain/roster_samples.hpp"

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
  auto memory = given({}).when(padded).then({tom_registered});
  CHECK(memory->teachers.at(tom).active);
  CHECK(memory->teacher_numbers.content().at("T-1") == tom);
  given({tom_registered}).when(padded).then_holds(tom);
}

TEST_CASE("a teacher may have no e-mail address") {
  RegisterTeacher una_command{una, "T-2", "Una", "Stubbs", std::nullopt};
  given({}).when(una_command).then({una_registered});
}

TEST_CASE("a teacher is refused") {
  auto other = register_tom;
  SECTION("with an id that is in use") {
    other.given_name = "Thomas";
    given({tom_registered}).when(other).then_refused(Refused::teacher_exists, "id");
    given({tom_registered, TeacherDeactivated{tom}}).when(register_tom).then_refused(Refused::teacher_exists, "id");
  }
  SECTION("with blank texts") {
    other.number = " ";
    given({}).when(other).then_refused(Refused::text_blank, "number");
    other = register_tom;
    other.given_name = "";
    given({}).when(other).then_refused(Refused::text_blank, "givenName");
    other = register_tom;
    other.family_name = "\n";
    given({}).when(other).then_refused(Refused::text_blank, "familyName");
  }
  SECTION("with what is no e-mail address") {
    for (auto email :
         {"", "tom", "@example.org", "tom@", "tom@home@example.org", "tom @example.org", "tom@exa\tmple"}) {
      INFO(email);
      other.email = email;
      given({}).when(other).then_refused(Refused::email_malformed, "email");
    }
  }
  SECTION("with a number that another has, even if that one is deactivated") {
    other.id = id<Teacher>(9);
    given({tom_registered}).when(other).then_refused(Refused::teacher_number_taken, "number");
    given({tom_registered, TeacherDeactivated{tom}}).when(other).then_refused(Refused::teacher_number_taken, "number");
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
    auto memory =
        given({tom_registered}).when(command).then({TeacherCorrected{tom, "T-10", "Tom", "Sawyer", "tom@example.org"}});
    CHECK(memory->teacher_numbers.content().count("T-1") == 0);
    CHECK(memory->teacher_numbers.content().at("T-10") == tom);
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
    auto memory =
        given({tom_registered}).when(command).then({TeacherCorrected{tom, "T-1", "Tom", "Sawyer", std::nullopt}});
    CHECK(memory->teachers.at(tom).email == std::nullopt);
  }
  SECTION("nothing") {
    given({tom_registered}).when(command).then_holds(tom);
  }
}

TEST_CASE("a teacher's correction is refused") {
  auto command = correct_tom();
  given({}).when(command).then_refused(Refused::teacher_unknown, "id");
  given({tom_registered, TeacherDeactivated{tom}}).when(command).then_refused(Refused::teacher_inactive, "");
  command.number = "T-2";
  given({tom_registered, una_registered}).when(command).then_refused(Refused::teacher_number_taken, "number");
  command.number = "";
  given({tom_registered}).when(command).then_refused(Refused::text_blank, "number");
  command = correct_tom();
  command.email = std::optional<std::string>{"nowhere"};
  given({tom_registered}).when(command).then_refused(Refused::email_malformed, "email");
}

TEST_CASE("a teacher is deactivated") {
  auto memory = given({tom_registered}).when(DeactivateTeacher{tom}).then({TeacherDeactivated{tom}});
  CHECK_FALSE(memory->teachers.at(tom).active);
  given({}).when(DeactivateTeacher{tom}).then_refused(Refused::teacher_unknown, "id");
}

}  // namespace tenantry::roster
