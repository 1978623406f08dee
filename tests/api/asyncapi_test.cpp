// The AsyncAPI document holds to the catalog, to the messages as they are written, and to the golden files.
#include "api/documents/asyncapi.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "events/backend.hpp"
#include "events/catalog/catalog.hpp"
#include "events/identifiers.hpp"
#include "events/kafka/owner_record.hpp"
#include "events/record.hpp"
#include "tests/api/test_service.hpp"
#include "tests/support/json_schema.hpp"

using namespace tenantry;
using namespace tenantry::test;
using nlohmann::json;
using test::JsonSchema;

namespace {

json default_document() {
  return json::parse(api::asyncapi_document(events::event_topics({}), 2));
}

void for_each_reference(const json& value, const std::function<void(const std::string&)>& visit) {
  if (!value.is_structured()) return;
  for (const auto& [key, inner] : value.items()) {
    if (key == "$ref") visit(inner.get<std::string>());
    for_each_reference(inner, visit);
  }
}

std::vector<std::string> faults(const json& document, const std::string& message, const char* part, const json& value) {
  INFO(message);
  return JsonSchema(document.at("components").at("messages").at(message).at(part), document).faults(value);
}

std::string golden(const std::string& type) {
  std::ifstream file(TENANTRY_SOURCE_DIR "/tests/golden/" + type + ".json");
  std::string line;
  REQUIRE(std::getline(file, line));
  return line;
}

// A record with every attribute that there is, or with those alone that are always there.
events::Record record(bool with_all) {
  events::Record record;
  auto& attributes = record.attributes;
  attributes.id = events::fresh_id();
  attributes.tenant.value = events::fresh_id();
  attributes.source = "/tenants/" + attributes.tenant.text();
  attributes.type = "tenantry.roster.student-deactivated.v1";
  attributes.subject = "students/" + events::fresh_id().text();
  attributes.time = Instant::now();
  attributes.sequence = 17;
  record.data = golden(attributes.type);
  if (!with_all) return record;
  attributes.owner_epoch = 3;
  attributes.auth_claims = "session=1";
  attributes.command_part = {.place = 2, .count = 3};
  for (std::string* text :
       {&attributes.command_id, &attributes.correlation_id, &attributes.causation_id, &attributes.traceparent,
        &attributes.auth_type, &attributes.auth_id, &attributes.on_behalf_of}) {
    *text = "x";
  }
  return record;
}

json headers_of(const events::Record& record) {
  std::string bytes;
  events::encode_record(record, bytes);
  json headers = json::object();
  const auto encoded = events::kafka::message_of(bytes).value();
  for (const auto& [name, value] : encoded.message.headers) headers[name] = value;
  return headers;
}

}  // namespace

TEST_CASE("the AsyncAPI document is served to operators and describes the topics that an embedded log would have") {
  TestService service;
  auto answer = service.client().get("/asyncapi.json");
  REQUIRE(answer.status == 200);
  CHECK(header(answer, "content-type") == "application/json");
  CHECK(problem(service.client({{"X-Role", "member"}}).get("/asyncapi.json")).starts_with("403 "));
  json document = json::parse(answer.body);
  CHECK(document.at("asyncapi") == "3.0.0");
  CHECK(document == default_document());
  CHECK_FALSE(document.contains("servers"));
  CHECK(document.at("info").at("description").get<std::string>().find("is embedded") != std::string::npos);
  CHECK(document.at("channels").at("events").at("address") == "tenantry.events");
  CHECK(document.at("channels").at("events").at("bindings").at("kafka").at("partitions") == 2);
  CHECK(document.at("channels").at("platform").at("address") == "tenantry.platform");
  for (const auto& [name, operation] : document.at("operations").items()) CHECK(operation.at("action") == "receive");
}

TEST_CASE("the AsyncAPI document of a Kafka log names its brokers and topics, and no credentials") {
  events::LogOptions options{.backend = "kafka"};
  options.own = {{"brokers", "SASL_SSL://reader:secret@one:9092,two:9093,"},
                 {"prefix", "school"},
                 {"property", "security.protocol=sasl_ssl"},
                 {"property", "sasl.password=secret"},
                 {"property", "sasl.username=reader"}};
  std::string text = api::asyncapi_document(events::event_topics(options), 16);
  CHECK(text.find("secret") == std::string::npos);
  CHECK(text.find("reader") == std::string::npos);
  json document = json::parse(text);
  CHECK(document.at("servers").size() == 2);
  CHECK(document.at("servers").at("bootstrap-1").at("host") == "one:9092");
  CHECK(document.at("servers").at("bootstrap-2").at("host") == "two:9093");
  CHECK(document.at("servers").at("bootstrap-2").at("protocol") == "kafka-secure");
  CHECK(document.at("channels").at("events").at("bindings").at("kafka").at("topic") == "school.events");
  CHECK(document.at("info").at("description").get<std::string>().find("is embedded") == std::string::npos);
}

TEST_CASE("the AsyncAPI document has exactly the catalog's events, each in one channel, and every reference holds") {
  json document = default_document();
  std::set<std::string> expected{"tenantry.answer", "tenantry.owner"};
  for (const auto& type : events::event_types()) expected.insert(type.name);
  std::set<std::string> found;
  for (const auto& [name, message] : document.at("components").at("messages").items()) {
    CHECK(message.at("name") == name);
    found.insert(name);
  }
  CHECK(found == expected);
  std::size_t in_channels = 0;
  for (const auto& [name, channel] : document.at("channels").items()) {
    CHECK(channel.at("messages").contains("tenantry.answer"));
    CHECK(channel.at("messages").contains("tenantry.owner"));
    in_channels += channel.at("messages").size();
  }
  CHECK(in_channels == expected.size() + 2);  // the owner record and the note are in both
  CHECK(document.at("channels").at("platform").at("messages").contains("tenantry.directory.tenant-registered.v1"));
  std::size_t references = 0;
  for_each_reference(document, [&](const std::string& target) {
    INFO(target);
    REQUIRE(target.starts_with("#/"));
    CHECK(document.contains(json::json_pointer(target.substr(1))));
    ++references;
  });
  CHECK(references > 2 * expected.size());
}

TEST_CASE("the headers that the AsyncAPI document declares are those that messages have") {
  json document = default_document();
  const json& schema = document.at("components").at("schemas").at("EventHeaders");
  json all = headers_of(record(true)), least = headers_of(record(false));
  std::set<std::string> declared, written;
  for (const auto& [name, value] : schema.at("properties").items()) declared.insert(name);
  for (const auto& [name, value] : all.items()) written.insert(name);
  CHECK(declared == written);
  CHECK(schema.at("required").size() == least.size());
  const std::string type = all.at("ce_type");
  CHECK(faults(document, type, "headers", all).empty());
  CHECK(faults(document, type, "headers", least).empty());
  for (const auto& [name, value] : least.items()) {
    CAPTURE(name);
    json without = least;
    without.erase(name);
    CHECK_FALSE(faults(document, type, "headers", without).empty());
    json emptied = least;
    emptied[name] = "";
    CHECK_FALSE(faults(document, type, "headers", emptied).empty());
  }
  json other = all;
  other["ce_type"] = "tenantry.roster.student-registered.v1";
  CHECK_FALSE(faults(document, type, "headers", other).empty());
  all["ce_colour"] = "red";
  CHECK_FALSE(faults(document, type, "headers", all).empty());
}

TEST_CASE("every stored version of every event is valid by the AsyncAPI document, and nothing besides") {
  json document = default_document();
  for (const auto& type : events::event_types()) {
    CAPTURE(type.name);
    json stored = json::parse(golden(type.name));
    CHECK(faults(document, type.name, "payload", stored).empty());
    for (const auto& field : type.fields) {
      CAPTURE(field.name);
      json changed = stored;
      changed[std::string(field.name)] = nullptr;
      CHECK_FALSE(faults(document, type.name, "payload", changed).empty());
      changed.erase(std::string(field.name));
      CHECK(faults(document, type.name, "payload", changed).empty() == !field.required);
      const json& schema = document.at("components").at("messages").at(type.name).at("payload").at("properties");
      CHECK(schema.at(std::string(field.name)).value("x-personal", false) == field.personal);
      CHECK(schema.at(std::string(field.name)).value("x-person", "") == field.person);
      CHECK(field.person.empty() != field.personal);
    }
    stored["colour"] = "red";
    CHECK_FALSE(faults(document, type.name, "payload", stored).empty());
  }
  const json& former = document.at("components").at("messages").at("tenantry.roster.assessment-added.v1");
  CHECK(former.at("description").get<std::string>().find("assessment-added.v2") != std::string::npos);
  CHECK(former.at("description").get<std::string>().find("maximumScore becomes 100") != std::string::npos);
}

TEST_CASE("owner records are valid by the AsyncAPI document") {
  json document = default_document();
  for (auto taking : {events::Taking::serve, events::Taking::copy}) {
    auto message = events::kafka::owner_message({.node = "a", .address = "http://a:1", .taking = taking});
    json headers = json::object();
    for (const auto& [name, value] : message.headers) headers[name] = value;
    CHECK(faults(document, "tenantry.owner", "headers", headers).empty());
    CHECK(faults(document, "tenantry.owner", "payload", json::parse(message.value)).empty());
    CHECK_FALSE(faults(document, "tenantry.owner", "headers", headers_of(record(true))).empty());
  }
}
