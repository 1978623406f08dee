#include "api/documents/openapi.hpp"

#include <algorithm>
#include <map>

#include "api/documents/openapi_schemas.hpp"
#include "events/catalog/catalog.hpp"
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

// "GET /v1/students/{id}" -> "getStudentsById"; a command's is its own name, "registerStudent".
std::string operation_id(const Route& route) {
  if (!route.command.empty()) {
    std::string id{route.command};
    id.front() = static_cast<char>(id.front() - 'A' + 'a');
    return id;
  }
  std::string id = lower_name(route.method);
  std::string_view rest = route.pattern;
  if (rest.starts_with("/v1/")) rest.remove_prefix(3);
  bool at_word = false;
  for (char each : rest) {
    if (each == '{') id += "By";
    bool is_letter = each >= 'a' && each <= 'z';
    if (is_letter) id += at_word ? static_cast<char>(each - 'a' + 'A') : each;
    at_word = !is_letter;
  }
  return id;
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
  // Who asks is read on every route, and refused if it makes no sense.
  std::vector<std::string_view> names{"CorrelationId", "Traceparent", "Role", "Actor", "OnBehalfOf", "CausationId"};
  if (route.tenant == NamedBy::request) names.push_back("Tenant");
  if (route.tenant != NamedBy::nothing && route.reach != Reach::command) names.push_back("Position");
  if (route.answer.kind == Kind::entity) {
    names.insert(names.end(), {"IfMatch", "IfUnmodifiedSince", "IfNoneMatch", "IfModifiedSince"});
  }
  if (!route.command.empty()) names.push_back("IdempotencyKey");
  if (!route.command.empty() && route.success != 201) {
    names.insert(names.end(), {"IfMatch", "IfUnmodifiedSince", "IfNoneMatch"});
  }
  if (route.answer.kind == Kind::feed) names.push_back("LastEventId");
  return names;
}

// A tenant's path may name it by its slug.
std::string_view path_schema(const Route& route, std::string_view name) {
  bool is_uuid = name == "id" && route.tenant != NamedBy::path;
  return is_uuid ? R"({"type":"string","format":"uuid","pattern":"[1-9a-fA-F]"})"
                 : R"({"type":"string","minLength":1})";
}

void write_parameters(std::string& out, const Route& route) {
  bool first = true;
  auto next = [&]() -> std::string& {
    if (!std::exchange(first, false)) out += ',';
    return out;
  };
  out += '[';
  for (std::string_view name : parameters_of(route.pattern)) {
    write_parameter(next(), name, "path", "", path_schema(route, name));
  }
  for (const QueryParameter& each : route.query) write_parameter(next(), each.name, "query", each.about, each.schema);
  for (std::string_view name : header_parameters(route)) {
    next().append(R"({"$ref":"#/components/parameters/)").append(name).append("\"}");
  }
  out += ']';
}

struct MediaType {
  std::string_view name;
  std::string schema;
};

std::string content(std::initializer_list<MediaType> media_types) {
  std::string out = "{";
  for (const MediaType& each : media_types) {
    if (out.size() > 1) out += ',';
    out.append("\"").append(each.name).append("\":{\"schema\":").append(each.schema).append("}");
  }
  return out + '}';
}

// `next`: what leads to the next page.
std::string list_of(const std::string& schema, std::string_view next = "cursor") {
  return R"({"type":"object","properties":{"items":{"type":"array","items":)" + schema +
         R"(},"next":{"type":"string","description":")" + std::string{next} +
         R"( of the next page, if there is one"}},"required":["items"]})";
}

std::string answer_content(const AnswerShape& answer) {
  constexpr std::string_view json = "application/json";
  constexpr std::string_view ndjson = "application/x-ndjson";
  const std::string text = R"({"type":"string"})";
  switch (answer.kind) {
    case Kind::command:
      return content({{json, schema_reference("Done")}});
    case Kind::entity:
    case Kind::document:
      return content({{json, schema_reference(answer.entity)}});
    case Kind::list:
      return content({{json, list_of(schema_reference(answer.entity))}});
    case Kind::events:
      return content({{json, list_of(schema_reference("Event"))}});
    case Kind::json:
      return content({{json, R"({"type":"object"})"}});
    case Kind::lines:
      return content({{ndjson, text}});
    case Kind::feed:
      return content({{ndjson, text},
                      {json, list_of(schema_reference("Event"), "value of `after`")},
                      {"text/event-stream", text}});
    case Kind::text:
      return content({{"text/plain", text}});
  }
  return "{}";
}

std::vector<std::string_view> response_headers(const Route& route, int status) {
  std::vector<std::string_view> names{"Date", "Cache-Control", "X-Correlation-Id", "traceparent"};
  if (route.keeping != Keeping::never) names.push_back("Vary");
  if (route.tenant != NamedBy::nothing || !route.command.empty()) names.push_back("Tenantry-Position");
  if (status == 201) names.push_back("Location");
  if (!route.command.empty()) names.push_back("Idempotent-Replayed");
  switch (route.answer.kind) {
    case Kind::entity:
      names.insert(names.end(), {"ETag", "Last-Modified"});
      break;
    case Kind::list:
    case Kind::events:
    case Kind::feed:
      names.push_back("Link");
      break;
    default:
      break;
  }
  return names;
}

void write_response(std::string& out, const Route& route, int status, std::string_view about) {
  ObjectWriter response{out};
  append_text(response.key("description"), about);
  if (status != 304) response.key("content") += answer_content(route.answer);
  ObjectWriter headers{response.key("headers")};
  for (std::string_view name : response_headers(route, status)) headers.key(name) += header_reference(name);
}

void write_responses(std::string& out, const Route& route) {
  ObjectWriter responses{out};
  write_response(responses.key(std::to_string(route.success)), route, route.success, "Done.");
  if (route.success == 201)
    write_response(responses.key("200"), route, 200,
                   "Nothing was made: it held already, or what was there was changed.");
  if (route.answer.kind == Kind::entity) {
    write_response(responses.key("304"), route, 304, "The client has this version already.");
  }
  responses.key("default") += R"({"$ref":"#/components/responses/Problem"})";
}

// Whether the command has a field that neither the path nor the server gives.
bool needs_body(std::string_view command) {
  for (const auto& type : events::command_types()) {
    if (type.name != command) continue;
    return std::ranges::any_of(type.fields, [](const auto& field) { return field.required && !field.from_path; });
  }
  return false;
}

void write_request_body(std::string& out, const Route& route) {
  constexpr std::string_view json = "application/json";
  ObjectWriter body{out};
  if (!route.command.empty()) {
    auto schema = schema_reference(route.command);
    bool is_patch = route.method == http::Method::patch;
    body.key("content") +=
        is_patch ? content({{json, schema}, {"application/merge-patch+json", schema}}) : content({{json, schema}});
    events::json::append_boolean(body.key("required"), needs_body(route.command));
    return;
  }
  append_text(body.key("description"),
              R"(One command a line: {"command":"EnrolStudent","data":{…},"idempotencyKey":"…"}.)");
  body.key("content") += content({{"application/x-ndjson", R"({"type":"string"})"}});
  events::json::append_boolean(body.key("required"), true);
}

void write_operation(std::string& out, const Route& route) {
  ObjectWriter operation{out};
  append_text(operation.key("summary"), route.summary);
  if (!route.description.empty()) append_text(operation.key("description"), route.description);
  append_text(operation.key("operationId"), operation_id(route));
  std::string& tags = operation.key("tags");
  tags += '[';
  append_text(tags, collection_of(route.pattern).empty() ? "operations" : collection_of(route.pattern));
  tags += ']';
  // A server that takes no tokens asks nobody for one.
  operation.key("security") += route.requirement.kind == Requirement::Kind::nothing ? "[{}]" : R"([{"bearer":[]},{}])";
  if (route.requirement.kind == Requirement::Kind::permission) {
    append_text(operation.key("x-permission"), name_of(route.requirement.permission));
  }
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
    document.key("servers") += R"([{"url":"/","description":"whoever serves this document"}])";
    write_paths(document.key("paths"), routes);
    document.key("components") += openapi_components();
  }
  return out;
}

}  // namespace tenantry::api
