// What a declaration says is what holds: of fields that are like an entity's, of limits, of rows, and of types that
// nobody declared.
#include <catch2/catch.hpp>
#include <string>

#include "domain/roster/commands.hpp"
#include "domain/roster/events.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/events/catalog_samples.hpp"

namespace {

struct House {
  static constexpr std::string_view collection = "houses";
  tenantry::Id<House> id;
};

struct Pupil {
  static constexpr std::string_view collection = "pupils";
  tenantry::Id<Pupil> id;
  tenantry::Id<House> house;
  std::string number;
  int age = 0;
  std::optional<std::string> nickname;
};

// A command: what is left out stays.
struct CorrectPupil {
  tenantry::Id<Pupil> id;
  std::optional<std::string> number;
  std::optional<int> age;
  std::optional<std::optional<std::string>> nickname;
};

}  // namespace

namespace tenantry::events {

template <>
struct Describe<Pupil> {
  using T = Pupil;
  static constexpr std::string_view name = "Pupil";
  static constexpr std::string_view about = "A pupil.";
  static constexpr auto fields =
      std::array{field<&T::id>("id", "the pupil"), field<&T::house>("houseId", "the house").listed('h'),
                 field<&T::number>("number", "the number").length(2, 5).personal().unique('q'),
                 field<&T::age>("age", "the age").range(5, 20).judged(6, 19),
                 field<&T::nickname>("nickname", "what others say").personal().length(1, 3)};
};

template <>
struct Describe<CorrectPupil> {
  using T = CorrectPupil;
  static constexpr std::string_view name = "CorrectPupil";
  static constexpr std::string_view about = "Corrects a pupil.";
  static constexpr auto fields =
      std::array{field<&T::id>(like<&Pupil::id>).from_path(), field<&T::number>(like<&Pupil::number>).kept(),
                 field<&T::age>(like<&Pupil::age>).kept().described("the age, in whole years"),
                 field<&T::nickname>(like<&Pupil::nickname>)};
};

}  // namespace tenantry::events

namespace {

using namespace tenantry;
using namespace tenantry::events;

const std::string id_text = test::fixed_id<Pupil>(1).text();

// The name of the field that is refused; empty if none is.
std::string refused_field(const std::string& members, Limited limited) {
  auto decoded = decode<CorrectPupil>(R"({"id":")" + id_text + "\"" + members + "}", limited);
  return decoded ? "" : decoded.error().field;
}

struct Undeclared {
  Id<Pupil> id;
  bool operator==(const Undeclared&) const = default;
};

const EntityType& entity_named(std::string_view collection) {
  const EntityType* type = find_entity_type(collection);
  REQUIRE(type != nullptr);
  return *type;
}

}  // namespace

TEST_CASE("a field that is like an entity's has its name, meaning, limits, and is personal if that is", "[catalog]") {
  const auto& [id, number, age, nickname] = Describe<CorrectPupil>::fields;
  const auto& [like_id, like_house, like_number, like_age, like_nickname] = Describe<Pupil>::fields;
  CHECK(number.name == "number");
  CHECK(number.about == "the number");
  CHECK(number.limits.characters_min == 2);
  CHECK(number.limits.characters_max == 5);
  CHECK(number.is_personal);
  CHECK(nickname.is_personal);
  CHECK_FALSE(id.is_personal);
  CHECK_FALSE(age.is_personal);
  CHECK(age.limits.minimum == 5);
  CHECK(age.limits.judged_maximum == 19);
  CHECK(age.about == "the age, in whole years");
  CHECK(like_age.about == "the age");
  CHECK(id.name == "id");
  CHECK(like_id.name == "id");
}

TEST_CASE("a field that is like an entity's is its own struct's, and no row follows from it", "[catalog]") {
  const Field& number = Describe<CorrectPupil>::fields[1];
  CHECK(number.type->is_optional);
  CHECK(number.is_kept);
  CHECK(number.key_letter == '\0');
  CHECK(number.key == nullptr);
  CHECK(number.list_letter == '\0');
  CorrectPupil command{.id = test::fixed_id<Pupil>(1), .number = "ab", .age = {}, .nickname = std::optional{"x"}};
  CHECK(number.in(&command) == &command.number);
  std::string json;
  encode(command, json);
  CHECK(json == R"({"id":")" + id_text + R"(","number":"ab","nickname":"x"})");
}

TEST_CASE("limits bind what a request may say, and not what is stored", "[catalog]") {
  for (const char* members : {R"(,"number":"abcdef")", R"(,"number":"a")"}) {
    CHECK(refused_field(members, Limited::yes) == "number");
    CHECK(refused_field(members, Limited::no).empty());
  }
  CHECK(refused_field(R"(,"age":4)", Limited::yes) == "age");
  CHECK(refused_field(R"(,"age":4)", Limited::no).empty());
  CHECK(refused_field(R"(,"nickname":"")", Limited::yes) == "nickname");
  CHECK(refused_field(R"(,"nickname":"")", Limited::no).empty());
  // What a rule judges is for the rule to refuse.
  CHECK(refused_field(R"(,"age":5)", Limited::yes).empty());
  // A type's own bounds are those of what can be stored, too.
  for (Limited limited : {Limited::yes, Limited::no}) {
    CHECK(refused_field(R"(,"number":"a\u0000b")", limited) == "number");
    CHECK(refused_field(R"(,"age":4294967297)", limited) == "age");
    CHECK(refused_field(R"(,"age":null)", limited) == "age");
  }
}

TEST_CASE("limits stand in the schema of what is asked, and not of what is stored", "[catalog]") {
  std::string asked = schema<CorrectPupil>();
  std::string stored = schema<CorrectPupil>(Limited::no);
  CHECK(asked.find(R"("minLength":2,"maxLength":5)") != std::string::npos);
  CHECK(asked.find(R"("minimum":6,"maximum":19)") != std::string::npos);
  CHECK(stored.find(R"("minLength":2)") == std::string::npos);
  CHECK(stored.find(R"("minimum":6)") == std::string::npos);
  CHECK(stored.find(R"("x-personal":true)") != std::string::npos);
}

TEST_CASE("events of the catalog are read beyond the limits of the commands that make them", "[catalog]") {
  std::string longer(501, 'x');
  std::string command = R"({"id":")" + id_text + R"(","reason":")" + longer + "\"}";
  CHECK(decode_command("WithdrawStudent", command, {}, test::fixed_id<Pupil>(9).value).error().field == "reason");
  roster::StudentWithdrawn event{.id = test::fixed_id<roster::Enrolment>(1),
                                 .class_id = test::fixed_id<roster::Class>(2),
                                 .student = test::fixed_id<roster::Student>(3),
                                 .withdrawn_on = {},
                                 .reason = longer};
  EncodedEvent encoded = encode_event(Value{event});
  CHECK(decode_event(encoded.type, encoded.data) == Value{event});
}

TEST_CASE("a value of a type that no catalog declares, or of another sort, is a fault of the program", "[catalog]") {
  const Value unknown{Undeclared{}};
  const Value command{roster::CloseClass{}};
  const Value event{roster::ClassClosed{}};
  const Value entity{roster::Class{}};
  for (const Value* value : {&unknown, &command, &entity}) {
    CHECK_THROWS_AS(encode_event(*value), std::logic_error);
    CHECK_THROWS_AS(event_subject(*value), std::logic_error);
    CHECK_THROWS_AS(event_mentions(*value), std::logic_error);
    CHECK_THROWS_AS(event_type_of(*value), std::logic_error);
  }
  for (const Value* value : {&unknown, &event, &entity}) {
    CHECK_THROWS_AS(command_name(*value), std::logic_error);
    CHECK_THROWS_AS(command_type_of(*value), std::logic_error);
  }
  CHECK_THROWS_AS(encode_event(Value{}), std::logic_error);
  CHECK_THROWS_AS(command_name(Value{}), std::logic_error);
}

TEST_CASE("a name that no catalog has finds nothing", "[catalog]") {
  for (const char* name : {"", "ExpelStudent", "enrolstudent", "tenantry.roster.student-enrolled", "students"}) {
    CHECK(find_command_type(name) == nullptr);
    CHECK(find_event_type(name) == nullptr);
  }
  CHECK(find_entity_type("Student") == nullptr);
  CHECK(find_entity_type("") == nullptr);
}

TEST_CASE("every declared type is found by its name and by its values, in the context that declares it", "[catalog]") {
  for (const Catalog* catalog : catalogs()) {
    for (const CommandType& type : catalog->commands) {
      CHECK(find_command_type(type.name) == &type);
      CHECK(&command_type_of(Value::of_kind(*type.kind)) == &type);
      CHECK(type.context == catalog->context);
    }
    for (const EventType& type : catalog->events) {
      CHECK(find_event_type(type.name) == &type);
      CHECK(&event_type_of(Value::of_kind(*type.kind)) == &type);
      CHECK(type.context == catalog->context);
      CHECK((type.upcast == nullptr) == type.newest);
    }
    for (const EntityType& type : catalog->entities) {
      CHECK(find_entity_type(type.collection) == &type);
      CHECK(type.context == catalog->context);
      CHECK(type.table != '\0');
    }
  }
}

TEST_CASE("an entity's keys and lists are those that its fields say, and those declared beside them", "[catalog]") {
  const EntityType& students = entity_named("students");
  REQUIRE(students.keys.size() == 1);
  CHECK(students.keys[0].key == &unique_key<&roster::Student::number>);
  CHECK(students.keys[0].field == "number");
  CHECK(students.lists.empty());

  const EntityType& enrolments = entity_named("enrolments");
  REQUIRE(enrolments.keys.size() == 1);
  const UniqueKey* pair = &unique_key<&roster::Enrolment::class_id, &roster::Enrolment::student>;
  CHECK(enrolments.keys[0].key == pair);
  CHECK(enrolments.keys[0].field.empty());  // of several fields
  REQUIRE(enrolments.lists.size() == 2);
  CHECK(enrolments.lists[0].key == &parent_key<&roster::Enrolment::class_id>);
  CHECK(enrolments.lists[0].parent == "classes");
  CHECK(enrolments.lists[1].key == &parent_key<&roster::Enrolment::student>);
  CHECK(enrolments.lists[1].parent == "students");
}

TEST_CASE("keys and lists are of the entity's own kind, and a list's parent is an entity", "[catalog]") {
  for (const Catalog* catalog : catalogs()) {
    for (const EntityType& type : catalog->entities) {
      INFO(type.name);
      for (const auto& key : type.keys) CHECK(key.key->entity == type.kind);
      for (const auto& list : type.lists) {
        CHECK(list.key->entity == type.kind);
        CHECK(find_entity_type(list.parent) != nullptr);
      }
    }
  }
}
