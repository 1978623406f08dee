#include <catch2/catch.hpp>

#include "domain/directory/commands.hpp"
#include "domain/roster/commands.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/events/catalog_samples.hpp"

using namespace tenantry;
using namespace tenantry::events;

namespace {

const Uuid fresh = test::fixed_id<roster::Student>(0x99).value;
const std::string class_text = test::fixed_id<roster::Class>(1).text();
const std::string student_text = test::fixed_id<roster::Student>(2).text();
const std::string other_text = test::fixed_id<roster::Student>(3).text();

template <class Command>
Command taken(std::string_view name, std::string_view json, const std::vector<PathField>& path = {}) {
  auto command = decode_command(name, json, path, fresh);
  if (!command) FAIL(command.error().field << " " << command.error().detail);
  return command->get<Command>();
}

DecodeError refused(std::string_view name, std::string_view json, const std::vector<PathField>& path = {}) {
  auto command = decode_command(name, json, path, fresh);
  REQUIRE_FALSE(command);
  return command.error();
}

}  // namespace

TEST_CASE("an id that the server makes is taken from the body, the path, or fresh", "[catalog]") {
  std::string body = R"({"classId":")" + class_text + R"(","studentId":")" + student_text + "\"";
  auto enrol = [&](const std::string& rest, const std::vector<PathField>& path = {}) {
    return taken<roster::EnrolStudent>("EnrolStudent", body + rest + "}", path);
  };
  CHECK(enrol("").id.value == fresh);
  CHECK(enrol("").class_id.text() == class_text);
  CHECK(enrol("").student.text() == student_text);
  CHECK(enrol(",\"id\":\"" + other_text + "\"").id.text() == other_text);
  CHECK(enrol("", {{"id", other_text}}).id.text() == other_text);
}

TEST_CASE("path and body may both give a field if they agree", "[catalog]") {
  std::string body = R"({"classId":")" + class_text + R"(","studentId":")" + student_text + "\"}";
  CHECK(taken<roster::EnrolStudent>("EnrolStudent", body, {{"classId", class_text}}).class_id.text() == class_text);
  CHECK(refused("EnrolStudent", body, {{"classId", other_text}}) ==
        DecodeError{"classId", "differs from the one in the URL"});
  CHECK(refused("EnrolStudent", body, {{"classId", "not-an-id"}}).field == "classId");
  CHECK_THROWS_AS(decode_command("EnrolStudent", body, std::vector<PathField>{{"nobodysId", class_text}}, fresh),
                  std::logic_error);
}

TEST_CASE("an empty body counts as an empty object", "[catalog]") {
  CHECK(taken<roster::CloseClass>("CloseClass", "", {{"id", class_text}}).id.text() == class_text);
  CHECK(refused("CloseClass", "") == DecodeError{"id", "is missing"});
  CHECK(refused("CloseClass", "{}") == DecodeError{"id", "is missing"});
  CHECK(refused("CloseClass", "null", {{"id", class_text}}) == DecodeError{"", "must be an object, not null"});
}

TEST_CASE("commands refuse what they do not know", "[catalog]") {
  CHECK(refused("ExpelStudent", "{}") == DecodeError{"command", "is not one that exists"});
  CHECK(refused("CloseClass", R"({"reason":"x"})", {{"id", class_text}}) ==
        DecodeError{"reason", "is not a field here"});
  CHECK(refused("AddCourse", R"({"code":"","title":"t"})").field == "code");
  CHECK(refused("AddCourse", R"({"code":"c","title":")" + std::string(201, 't') + "\"}").field == "title");
}

TEST_CASE("what may be left out has its initial value", "[catalog]") {
  std::string body = R"({"assessmentId":")" + class_text + R"(","studentId":")" + student_text + "\"";
  CHECK_FALSE(taken<roster::RecordResult>("RecordResult", body + "}").transferred);
  auto result = taken<roster::RecordResult>("RecordResult", body + R"(,"transferred":true,"score":7.25})");
  CHECK(result.transferred);
  CHECK(result.score == Decimal{725});
  auto tenant = taken<directory::RegisterTenant>(
      "RegisterTenant", R"({"slug":"north","name":"North","timezone":"Europe/London"})", {{"partitions", "16"}});
  CHECK(tenant.tenant.value == fresh);
  CHECK(tenant.metadata.json == "{}");
  CHECK(tenant.partitions == 16);
  CHECK(refused("RegisterTenant", R"({"slug":"north","name":"North","timezone":"Europe/London","partitions":1})",
                {{"partitions", "16"}})
            .field == "partitions");
}

TEST_CASE("a correction tells keeping from clearing", "[catalog]") {
  const std::vector<PathField> path{{"id", student_text}};
  auto correct = [&](std::string_view json) { return taken<roster::CorrectStudent>("CorrectStudent", json, path); };
  CHECK_FALSE(correct("{}").email.has_value());
  auto cleared = correct(R"({"email":null})").email;
  REQUIRE(cleared.has_value());
  CHECK_FALSE(cleared->has_value());
  CHECK(correct(R"({"email":"a@b.c"})").email.value() == "a@b.c");
}

TEST_CASE("null clears only what may be empty; for anything else it is refused by the field's name", "[catalog]") {
  const std::vector<PathField> path{{"id", student_text}};
  for (const char* command : {"CorrectStudent", "CorrectTeacher"}) {
    auto error = refused(command, R"({"number":null})", path);
    CHECK(error.field == "number");
    CHECK(error.kind == DecodeError::Kind::not_nullable);
  }
  CHECK(refused("CorrectEnrolment", R"({"outcome":null})", path).kind == DecodeError::Kind::not_nullable);
  CHECK(refused("CorrectAssessment", R"({"extraCredit":null})", path).kind == DecodeError::Kind::not_nullable);
  CHECK(refused("CorrectAssessment", R"({"weight":null})", path).kind == DecodeError::Kind::not_nullable);
  CHECK(refused("ReEnrolStudent", R"({"enrolledOn":null})", path).field == "enrolledOn");
  // Where nothing is there yet, null is the same as leaving it out.
  CHECK_FALSE(taken<roster::RegisterStudent>("RegisterStudent",
                                             R"({"number":"1","givenName":"A","familyName":"B","email":null})")
                  .email);
}

TEST_CASE("a correction's field is nullable if, and only if, the entity's may be empty", "[catalog]") {
  auto find = [](const auto& all, std::string_view name) {
    auto found = std::ranges::find(all, name, [](const auto& each) { return std::string_view{each.name}; });
    REQUIRE(found != all.end());
    return *found;
  };
  std::size_t fields = 0;
  for (const TypeDescription& command : command_types()) {
    if (!command.name.starts_with("Correct")) continue;
    auto entity = find(entity_types(), command.name.substr(7));
    for (const FieldDescription& field : command.fields) {
      if (field.from_path) continue;
      CAPTURE(command.name, field.name);
      // An outcome is empty by the enrolment's status alone, which no correction changes.
      if (field.name == "outcome") {
        CHECK_FALSE(field.shape.nullable);
        continue;
      }
      CHECK(field.shape.nullable == !find(entity.fields, field.name).required);
      ++fields;
    }
  }
  CHECK(fields > 20);
}
