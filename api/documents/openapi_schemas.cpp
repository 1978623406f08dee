#include "api/documents/openapi_schemas.hpp"

#include <algorithm>
#include <array>

#include "events/catalog/catalog.hpp"
#include "events/json/writer.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::api {
namespace {

using events::json::ObjectWriter;

constexpr std::string_view problem_schema =
    R"({"type":"object","description":"Problem details (RFC 9457).","properties":{)"
    R"("type":{"type":"string","format":"uri-reference","description":"stable; documented at that path"},)"
    R"("title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"},)"
    R"("field":{"type":"string","description":"what is wrong: a field, header or query parameter"}},)"
    R"("required":["type","title","status"]})";
constexpr std::string_view event_schema =
    R"({"type":"object","description":"A CloudEvents 1.0 event in structured mode.","properties":{)"
    R"("specversion":{"const":"1.0"},"id":{"type":"string","format":"uuid"},"source":{"type":"string"},)"
    R"("type":{"type":"string"},"subject":{"type":"string"},"time":{"type":"string","format":"date-time"},)"
    R"("datacontenttype":{"const":"application/json"},"tenantid":{"type":"string","format":"uuid"},)"
    R"("sequence":{"type":"string","description":"20 digits, dense in the tenant"},"data":{"type":"object"}},)"
    R"("required":["specversion","id","source","type","subject","time","tenantid","sequence","data"]})";
constexpr std::string_view done_schema =
    R"({"type":"object","description":"What a command has left behind.","properties":{)"
    R"("id":{"type":"string","format":"uuid"},"subject":{"type":"string"},)"
    R"("position":{"type":"integer","description":"the tenant's sequence afterwards"},)"
    R"("events":{"type":"integer","description":"0: it held already"}},"required":["id","subject","position","events"]})";
struct Header {
  std::string_view name;
  std::string_view about;
  std::string_view schema = R"({"type":"string"})";
};
constexpr std::array headers{
    Header{"Tenantry-Position",
           "The tenant's sequence that the answer shows at least; sent back with a query, that query sees at least as "
           "much.",
           R"({"type":"integer","minimum":0})"},
    Header{"X-Correlation-Id", "The request's, or a fresh one."},
    Header{"traceparent", "The request's, if it had one; of a later version, as version 00."},
    Header{"Location", "What was created.", R"({"type":"string","format":"uri-reference"})"},
    Header{"Idempotent-Replayed",
           "Only there if the answer is that to an earlier request with the same Idempotency-Key.",
           R"({"type":"string","const":"true"})"},
    Header{"Date", "When the answer was made."},
    Header{"Cache-Control",
           "private, no-cache on whatever may name a tenant, problems too: to be kept by the one who asked alone, and "
           "used only after asking again; no-store on feeds and on what is about this moment."},
    Header{"Vary", "The request headers that choose among the answers at this address."},
    Header{"ETag",
           "The version of the entity, which is the sequence of its last event, and a mark of its tenant: "
           "\"7-9f86d081884c7d65\".",
           R"({"type":"string","pattern":"^\"[0-9]+-[0-9a-f]{16}\"$"})"},
    Header{"Last-Modified", "The time of the entity's last event."},
    Header{"Link", "The next page, if there is one (RFC 8288, rel=next)."},
    Header{"Retry-After", "Seconds to wait before trying again; only there if that may help.",
           R"({"type":"integer","minimum":1})"}};

void write_headers(std::string& out) {
  ObjectWriter all{out};
  for (const Header& each : headers) {
    ObjectWriter header{all.key(each.name)};
    events::json::append_text(header.key("description"), each.about);
    header.key("schema") += each.schema;
  }
}

void write_problem_response(std::string& out) {
  ObjectWriter response{out};
  events::json::append_text(response.key("description"), "A problem; GET /problems lists them all.");
  response.key("content") += R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}})";
  ObjectWriter named{response.key("headers")};
  for (std::string_view name :
       {"Date", "Cache-Control", "Vary", "X-Correlation-Id", "Retry-After", "Idempotent-Replayed"}) {
    named.key(name) += header_reference(name);
  }
}

// The body of a command: without what the path gives.
std::string body_schema(const events::TypeDescription& command) {
  auto fields = command.fields;
  std::erase_if(fields, [](const events::FieldDescription& field) { return field.from_path; });
  return events::schema_text(command.name, command.about, fields);
}

void write_schemas(std::string& out) {
  ObjectWriter schemas{out};
  schemas.key("Problem") += problem_schema;
  schemas.key("Event") += event_schema;
  schemas.key("Done") += done_schema;
  for (const auto& command : events::command_types()) schemas.key(command.name) += body_schema(command);
  for (const auto& entity : events::entity_types()) schemas.key(entity.name) += entity.schema;
  for (const projections::StatisticsType* type : projections::statistics_types()) {
    schemas.key(type->name) +=
        events::schema_text(type->name, type->about, events::describe_fields(type->fields, events::Limited::no));
  }
}

void write_header_parameter(ObjectWriter& parameters, std::string_view key, std::string_view name,
                            std::string_view about, std::string_view schema) {
  ObjectWriter parameter{parameters.key(key)};
  events::json::append_text(parameter.key("name"), name);
  parameter.key("in") += "\"header\"";
  events::json::append_text(parameter.key("description"), about);
  parameter.key("schema") += schema;
}

void write_parameters(std::string& out) {
  constexpr std::string_view text = R"({"type":"string","minLength":1})";
  constexpr std::string_view tags =
      R"j({"type":"string","pattern":"^(\\*|(W/)?\"[!#-~]*\"( *, *(W/)?\"[!#-~]*\")*)$"})j";
  constexpr std::string_view token = R"({"type":"string","pattern":"^[!-~]{1,200}$"})";
  const std::string ids = "-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}";
  const std::string traceparent =
      R"({"type":"string","maxLength":512,"pattern":"^(00)" + ids + "|(?!00|ff)[0-9a-f]{2}" + ids + R"((-[!-~]*)?)$"})";
  ObjectWriter parameters{out};
  write_header_parameter(
      parameters, "Tenant", "X-Tenant",
      "The tenant, by slug or id, whatever its case, the slug with a dot at its end or without; or name it by the "
      "host's subdomain.",
      text);
  write_header_parameter(parameters, "Position", "Tenantry-Position",
                         "Wait until the tenant's tables have come this far.", R"({"type":"integer","minimum":0})");
  write_header_parameter(
      parameters, "IdempotencyKey", "Idempotency-Key",
      "The same key and request is done once. What was answered 2xx is answered alike for 24 hours "
      "at least, also if it changed nothing, by every node and after every restart. A refusal by a "
      "rule is repeated for as long as the server remembers it (in memory, the tenant's latest), and "
      "judged anew after that; what was refused without judging the command (412, 429, 5xx, a "
      "tenant that is suspended, archived or unknown, a group that was taken back) is judged anew "
      "at once.",
      R"({"type":"string","pattern":"^[!-~]{1,255}$"})");
  write_header_parameter(parameters, "IfMatch", "If-Match",
                         "Versions (ETags) one of which the entity must have, or *; else 412.", tags);
  write_header_parameter(parameters, "IfNoneMatch", "If-None-Match",
                         "Versions (ETags) none of which the entity may have, or *; else 304, for a change 412.", tags);
  write_header_parameter(parameters, "IfUnmodifiedSince", "If-Unmodified-Since",
                         "A date (RFC 9110 5.6.7) since which the entity must not have changed, to the second; else "
                         "412. Not looked at beside If-Match, nor if it is no date.",
                         text);
  write_header_parameter(parameters, "IfModifiedSince", "If-Modified-Since",
                         "A date since which the entity must have changed; else 304. Not looked at beside "
                         "If-None-Match, nor if it is no date.",
                         text);
  write_header_parameter(parameters, "Actor", "X-Actor", "Who asks; refused by a server that takes tokens.", token);
  write_header_parameter(parameters, "OnBehalfOf", "X-On-Behalf-Of", "For whom; refused by a server that takes tokens.",
                         token);
  write_header_parameter(parameters, "Role", "X-Role",
                         "member gives up the operator's rights; refused by a server that takes tokens.",
                         R"({"type":"string","enum":["operator","member"],"default":"operator"})");
  write_header_parameter(parameters, "CorrelationId", "X-Correlation-Id", "Noted in every event.", token);
  write_header_parameter(parameters, "CausationId", "X-Causation-Id", "Noted in every event.", token);
  write_header_parameter(parameters, "Traceparent", "traceparent",
                         "W3C Trace Context, level 1; noted in every event. Later versions are read as version 00.",
                         traceparent);
  write_header_parameter(parameters, "LastEventId", "Last-Event-ID", "Where a feed goes on.",
                         R"({"type":"integer","minimum":0})");
}

}  // namespace

std::string schema_reference(std::string_view name) {
  return R"({"$ref":"#/components/schemas/)" + std::string{name} + "\"}";
}

std::string header_reference(std::string_view name) {
  return R"({"$ref":"#/components/headers/)" + std::string{name} + "\"}";
}

std::string openapi_components() {
  std::string out;
  {
    ObjectWriter components{out};
    write_schemas(components.key("schemas"));
    write_parameters(components.key("parameters"));
    write_headers(components.key("headers"));
    components.key("securitySchemes") +=
        R"({"bearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT","description":"An access token (RFC 9068) of )"
        R"(a configured issuer. A server without one listens on loopback only and asks nobody for a token."}})";
    ObjectWriter responses{components.key("responses")};
    write_problem_response(responses.key("Problem"));
  }
  return out;
}

}  // namespace tenantry::api
