#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "events/catalog/catalog.hpp"
#include "events/catalog/documentation.hpp"

using namespace tenantry::events;

namespace {

const TypeDescription& type_named(std::span<const TypeDescription> types, std::string_view name) {
  auto found = std::find_if(types.begin(), types.end(), [&](const auto& each) { return each.name == name; });
  REQUIRE(found != types.end());
  return *found;
}

std::set<std::string> personal_fields(const TypeDescription& type) {
  std::set<std::string> names;
  for (const FieldDescription& field : type.fields) {
    if (field.personal) names.insert(std::string{field.name});
  }
  return names;
}

bool is_camel_case(std::string_view name) {
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::all_of(name.begin(), name.end(), [](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
  });
}

void check_described(std::span<const TypeDescription> types) {
  std::set<std::string> names;
  for (const TypeDescription& type : types) {
    INFO(type.name);
    CHECK(names.insert(type.name).second);
    CHECK_FALSE(type.about.empty());
    auto schema = nlohmann::json::parse(type.schema);
    CHECK(schema.at("title") == type.name);
    CHECK(schema.at("properties").size() == type.fields.size());
    CHECK(schema.at("additionalProperties") == false);
    for (const FieldDescription& field : type.fields) {
      CHECK(is_camel_case(field.name));
      CHECK_FALSE(field.about.empty());
    }
  }
}

std::string contents(const std::string& path) {
  std::ifstream file{path};
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("every type is described, under a name of its own", "[catalog]") {
  check_described(command_types());
  check_described(event_types());
  check_described(entity_types());
  std::size_t commands = 0, entities = 0;
  for (const Catalog* catalog : catalogs()) {
    commands += catalog->commands.size();
    entities += catalog->entities.size();
  }
  CHECK(command_types().size() == commands);
  CHECK(entity_types().size() == entities);
}

TEST_CASE("event types carry context and version", "[catalog]") {
  for (const TypeDescription& type : event_types()) {
    std::string start = "tenantry." + std::string{type.context} + ".";
    CHECK(type.name.substr(0, start.size()) == start);
    std::string end = ".v" + std::to_string(type.version);
    CHECK(type.name.substr(type.name.size() - end.size()) == end);
  }
  const auto& newest = type_named(event_types(), "tenantry.roster.assessment-added.v3");
  CHECK(newest.newest);
  CHECK_FALSE(newest.upcast.empty());
  for (const char* former : {"tenantry.roster.assessment-added.v1", "tenantry.roster.assessment-added.v2"}) {
    CHECK_FALSE(type_named(event_types(), former).newest);
  }
}

TEST_CASE("names, numbers, addresses and reasons of people are personal", "[catalog]") {
  const std::set<std::string> person{"number", "givenName", "familyName", "email"};
  for (const char* name : {"student-registered", "student-corrected", "teacher-registered", "teacher-corrected"}) {
    for (const char* version : {".v1", ".v2"}) {
      CHECK(personal_fields(type_named(event_types(), "tenantry.roster." + std::string{name} + version)) == person);
    }
  }
  CHECK(personal_fields(type_named(event_types(), "tenantry.roster.student-withdrawn.v1")) ==
        std::set<std::string>{"reason"});
  CHECK(personal_fields(type_named(event_types(), "tenantry.roster.enrolment-corrected.v1")) ==
        std::set<std::string>{"withdrawalReason"});
  CHECK(personal_fields(type_named(entity_types(), "Student")) == person);
  CHECK(personal_fields(type_named(event_types(), "tenantry.roster.class-opened.v1")).empty());
}

TEST_CASE("an event's schema is a document of its own", "[catalog]") {
  auto schema = nlohmann::json::parse(event_schema("tenantry.roster.student-registered.v1"));
  CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
  CHECK(schema.at("$id") == "urn:tenantry:event:tenantry.roster.student-registered.v1");
  CHECK(schema.at("properties").at("givenName").at("x-personal") == true);
  CHECK(schema.at("required") == nlohmann::json{"id", "number", "givenName", "familyName"});
  auto newest = nlohmann::json::parse(event_schema("tenantry.roster.student-registered.v2"));
  CHECK(newest.at("required") == nlohmann::json{"id", "number"});
  CHECK(event_schema("tenantry.roster.student-expelled.v1").empty());
}

// TENANTRY_UPDATE_DOCS=1 writes the file instead.
TEST_CASE("docs/EVENTS.md is what the catalog says", "[catalog]") {
  const std::string path = TENANTRY_SOURCE_DIR "/docs/EVENTS.md";
  if (std::getenv("TENANTRY_UPDATE_DOCS") != nullptr) std::ofstream{path} << events_markdown();
  CHECK(contents(path) == events_markdown());
}
