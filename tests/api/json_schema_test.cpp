// The checker by which other tests hold messages to their schemas: it must refuse what it should.
#include "tests/support/json_schema.hpp"

#include <catch2/catch.hpp>

using nlohmann::json;
using tenantry::test::JsonSchema;

namespace {

const json schema = json::parse(R"({
  "title": "A result", "type": "object", "additionalProperties": false, "required": ["id", "score"],
  "properties": {
    "id": {"type": "string", "format": "uuid"},
    "score": {"type": "number", "minimum": 0, "maximum": 100, "multipleOf": 0.01},
    "name": {"type": "string", "minLength": 1, "maxLength": 3, "pattern": "^[^0-9]*$", "x-personal": true},
    "day": {"type": ["string", "null"], "format": "date"},
    "time": {"type": "string", "format": "date-time"},
    "kind": {"enum": ["exam", "coursework"]},
    "count": {"type": "integer"},
    "marks": {"type": "array", "maxItems": 2, "items": {"type": "object", "required": ["of"]}},
    "more": {"allOf": [{"$ref": "#/shared"}, {"properties": {"a": {"const": 1}}}]}
  }})");
const json root = json::parse(R"({"shared": {"type": "object", "required": ["a"]}})");

const json sound = json::parse(R"({"id": "01902d5c-8f4e-7c11-9a2b-3d4e5f607182", "score": 0.29, "name": "Zoë",
  "day": null, "time": "2014-10-01T09:30:00.000Z", "kind": "exam", "count": 2, "more": {"a": 1}})");

std::vector<std::string> faults_with(const std::string& field, const json& value) {
  json changed = sound;
  changed[field] = value;
  return JsonSchema(schema, root).faults(changed);
}

}  // namespace

TEST_CASE("the schema checker accepts what is sound") {
  CHECK(JsonSchema(schema, root).faults(sound).empty());
  CHECK(faults_with("day", "2014-10-01").empty());
  CHECK(faults_with("marks", json::array()).empty());
  CHECK(faults_with("marks", {{{"of", 1}}, {{"of", 2}}}).empty());
}

TEST_CASE("the schema checker names what is missing, unknown or of another kind") {
  json incomplete = sound;
  incomplete.erase("score");
  CHECK(JsonSchema(schema, root).faults(incomplete) == std::vector<std::string>{"/score: is missing"});
  CHECK(faults_with("colour", "red") == std::vector<std::string>{"/colour: is not known"});
  CHECK(faults_with("score", "1") == std::vector<std::string>{"/score: has the wrong type"});
  CHECK_FALSE(JsonSchema(schema, root).faults(json::array()).empty());
  CHECK(faults_with("marks", {{{"of", 1}}, {{"off", 2}}}) == std::vector<std::string>{"/marks/1/of: is missing"});
  CHECK(faults_with("marks", {{{"of", 1}}, {{"of", 2}}, {{"of", 3}}}) ==
        std::vector<std::string>{"/marks: has too many items"});
  const std::vector<std::pair<std::string, json>> wrong = {
      {"id", "01902d5c"}, {"score", -1},       {"score", 100.5},      {"score", 0.295},
      {"name", ""},       {"name", "Anna"},    {"name", "a1"},        {"name", nullptr},
      {"day", 7},         {"day", "1.2.2014"}, {"time", "yesterday"}, {"time", "2014-10-01T25:00:00Z"},
      {"kind", "essay"},  {"count", 1.5},      {"more", {{"a", 2}}},  {"more", json::object()},
  };
  for (const auto& [field, value] : wrong) {
    CAPTURE(field, value.dump());
    CHECK(faults_with(field, value).size() == 1);
  }
}

TEST_CASE("the schema checker refuses schemas that it does not understand, wherever that is") {
  for (const char* text :
       {R"({"oneOf": []})", R"({"type": "text"})", R"({"format": "email"})", "true",
        R"({"properties": {"a": {"properties": {"b": {"if": {}}}}}})", R"({"allOf": [{"$ref": "#/other"}]})",
        R"({"additionalProperties": {"type": "string"}})", R"({"items": {"properties": {"a": {"minItems": 1}}}})"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(JsonSchema(json::parse(text), json::parse(R"({"other": {"contains": {}}})")), std::runtime_error);
  }
  CHECK_THROWS(JsonSchema(json::parse(R"({"$ref": "#/nowhere"})"), root));
}
