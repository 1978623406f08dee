#include "api/openapi.hpp"

#include <algorithm>
#include <map>

#include "api/openapi_schemas.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using events::json::append_text;
using events::json::ObjectWriter;
using Kind = AnswerShape::Kind;

std::string lower_name(http::Method method) {
  std::string name{http::name_of(method)};
  std::ranges::transform(name, name.begin(), [](char each) { return static_cast<char>(each - 'A' + 'a'); });
  return name;
}

void write_parameter(std::string& out, std::string_view name, std::string_view in, std::string_view about,
                     std::string_view schema) {
  ObjectWriter parameter{out};
  append_text(parameter.key("name"), name);
  append_text(parameter.key("in"), in);
  if (!about.empty()) append_text(parameter.key("description"), about);
  if (in == "path") parameter.key("required") += "true";
  parameter.key("schema") += schema;
}

std::vector<std::string_view> header_parameters(const Route& route) {
  std::vector<std::string_view> names{"CorrelationId", "Traceparent"};
  if (route.tenant == NamedBy::request) names.push_back("Tenant");
  if (route.role == Role::platform_operator || route.reach == Reach::query) names.push_back("Role");
  if (route.tenant != NamedBy::nothing && route.reach != Reach::command) names.push_back("Position");
  if (route.answer.kind == Kind::entity) names.push_back("IfNoneMatch");
  if (route.body_bytes_max > 0) names.insert(names.end(), {"Actor", "OnBehalfOf", "CausationId"});
  if (!route.command.empty()) names.push_back("IdempotencyKey");
  if (!route.command.empty() && route.success != 201) names.push_back("IfMatch");
  if (route.reach == Reach::record && route.answer.kind == Kind::lines) names.push_back("LastEventId");
  return names;
}

void write_parameters(std::string& out, const Route& route) {
  bool first = true;
  auto next = [&]() -> std::string& {
    if (!std::exchange(first, false)) out += ',';
    return out;
  };
  out += '[';
  for (std::string_view name : parameters_of(route.pattern)) {
    write_parameter(next(), name, "path", "", R"({"type":"string"})");
  }
  for (const QueryParameter& each : route.query) write_parameter(next(), each.name, "query", each.about, each.schema);
  for (std::string_view name : header_parameters(route)) {
    next().append(R"({"$ref":"#/components/parameters/)").append(name).append("\"}");
  }
  out += ']';
}

std::string content(std::string_view media_type, const std::string& schema) {
  return "{\"" + std::string{media_type} + "\":{\"schema\":" + schema + "}}";
}

std::string list_of(const std::string& schema) {
  return R"({"type":"object","properties":{"items":{"type":"array","items":)" + schema +
         R"(},"next":{"type":"string","description":"cursor of the next page, if there is one"}},"required":["items"]})";
}

std::string answer_content(const AnswerShape& answer) {
  constexpr std::string_view json = "application/json";
  switch (answer.kind) {
    case Kind::command:
      return content(json, schema_reference("Done"));
    case Kind::entity:
      return content(json, schema_reference(answer.entity));
    case Kind::list:
      return content(json, list_of(schema_reference(answer.entity)));
    case Kind::events:
      return content(json, list_of(schema_reference("Event")));
    case Kind::json:
      return content(json, R"({"type":"object"})");
    case Kind::lines:
      return content("application/x-ndjson", R"({"type":"string"})");
    case Kind::text:
      return content("text/plain", R"({"type":"string"})");
  }
  return "{}";
}

void write_response(std::string& out, const Route& route, std::string_view about) {
  ObjectWriter response{out};
  append_text(response.key("description"), about);
  response.key("content") += answer_content(route.answer);
  ObjectWriter headers{response.key("headers")};
  headers.key("X-Correlation-Id") += R"({"$ref":"#/components/headers/X-Correlation-Id"})";
  if (route.tenant != NamedBy::nothing) {
    headers.key("Tenantry-Position") += R"({"$ref":"#/components/headers/Tenantry-Position"})";
  }
}

void write_responses(std::string& out, const Route& route) {
  ObjectWriter responses{out};
  write_response(responses.key(std::to_string(route.success)), route, "Done.");
  if (route.success == 201) write_response(responses.key("200"), route, "It held already; nothing was made.");
  if (route.answer.kind == Kind::entity) {
    responses.key("304") += R"({"description":"The client has this version already."})";
  }
  responses.key("default") += R"({"$ref":"#/components/responses/Problem"})";
}

void write_request_body(std::string& out, const Route& route) {
  ObjectWriter body{out};
  if (!route.command.empty()) {
    body.key("content") += content("application/json", schema_reference(route.command));
    return;
  }
  append_text(body.key("description"),
              R"(One command a line: {"command":"EnrolStudent","data":{…},"idempotencyKey":"…"}.)");
  body.key("content") += content("application/x-ndjson", R"({"type":"string"})");
}

void write_operation(std::string& out, const Route& route) {
  ObjectWriter operation{out};
  append_text(operation.key("summary"), route.summary);
  append_text(operation.key("operationId"), lower_name(route.method) + " " + std::string{route.pattern});
  std::string& tags = operation.key("tags");
  tags += '[';
  append_text(tags, collection_of(route.pattern).empty() ? "operations" : collection_of(route.pattern));
  tags += ']';
  write_parameters(operation.key("parameters"), route);
  if (route.body_bytes_max > 0) write_request_body(operation.key("requestBody"), route);
  write_responses(operation.key("responses"), route);
}

void write_paths(std::string& out, const std::vector<Route>& routes) {
  std::map<std::string_view, std::vector<const Route*>> by_path;
  for (const Route& route : routes) by_path[route.pattern].push_back(&route);
  ObjectWriter paths{out};
  for (const auto& [pattern, operations] : by_path) {
    ObjectWriter path{paths.key(pattern)};
    for (const Route* route : operations) write_operation(path.key(lower_name(route->method)), *route);
  }
}

}  // namespace

std::string openapi_document(const std::vector<Route>& routes) {
  std::string out;
  {
    ObjectWriter document{out};
    append_text(document.key("openapi"), "3.1.0");
    document.key("info") +=
        R"({"title":"Tenantry","version":"1","description":"Commands become events, events become tables: an)"
        R"( event-sourced backend for many tenants."})";
    write_paths(document.key("paths"), routes);
    document.key("components") += openapi_components();
  }
  return out;
}

}  // namespace tenantry::api
