#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "api/documents/metrics.hpp"
#include "api/http/protocol_error.hpp"
#include "api/request/conditional.hpp"
#include "api/request/headers.hpp"
#include "api/request/paging.hpp"
#include "api/request/problem.hpp"
#include "api/request/problem_table.hpp"
#include "api/routes/table.hpp"
#include "domain/contexts.hpp"
#include "events/kafka/metrics.hpp"
#include "tests/api/test_service.hpp"
#include "tests/support/json_schema.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

std::string method_name(const api::Route& route) {
  return std::string{api::http::name_of(route.method)};
}

// The pattern with an id in place of every parameter.
std::string target_of(const api::Route& route) {
  std::string target{route.pattern};
  for (auto open = target.find('{'); open != std::string::npos; open = target.find('{')) {
    target.replace(open, target.find('}') - open + 1, id_of(123));
  }
  return target;
}

}  // namespace

TEST_CASE("the OpenAPI document names every route, and every route answers") {
  TestService service;
  auto client = service.tenant("school");
  auto document = client.get("/openapi.json");
  REQUIRE(document.status == 200);
  CHECK(at(document, "/openapi") == "3.1.0");
  auto routes = api::route_table({});
  CHECK(routes.size() > 70);
  for (const api::Route& route : routes) {
    std::string method = method_name(route), path{route.pattern};
    INFO(method << ' ' << path);
    std::string lower = method, escaped;
    for (char& each : lower) each = static_cast<char>(std::tolower(each));
    for (char each : path) escaped += each == '/' ? "~1" : std::string{each};
    CHECK_FALSE(at(document, "/paths/" + escaped + '/' + lower + "/operationId").empty());
    auto answered = client.ask(method, target_of(route), "", {});
    CHECK(answered.status < 500);
    CHECK(answered.status != 405);
    CHECK((answered.status != 404 || problem(answered).find(" not-found") == std::string::npos));
  }
}

TEST_CASE("every schema that the OpenAPI document refers to is there") {
  TestService service;
  auto document = service.client().get("/openapi.json").body;
  const auto parsed = nlohmann::json::parse(document);
  std::size_t references = 0;
  for (auto from = document.find("\"#/"); from != std::string::npos; from = document.find("\"#/", from + 1)) {
    std::string pointer = document.substr(from + 2, document.find('"', from + 1) - from - 2);
    INFO(pointer);
    REQUIRE(parsed.contains(nlohmann::json::json_pointer(pointer)));
    ++references;
  }
  CHECK(references > 1000);
}

TEST_CASE("operations have ids that can be names, each its own") {
  TestService service;
  auto document = service.client().get("/openapi.json").body;
  std::set<std::string> ids;
  std::size_t operations = 0;
  const std::string key = "\"operationId\":\"";
  for (auto from = document.find(key); from != std::string::npos; from = document.find(key, from + 1), ++operations) {
    std::string id = document.substr(from + key.size(), document.find('"', from + key.size()) - from - key.size());
    INFO(id);
    CHECK(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == std::string::npos);
    CHECK(id.front() >= 'a');
    ids.insert(id);
  }
  CHECK(operations == api::route_table({}).size());
  CHECK(ids.size() == operations);
  for (const char* id : {"registerStudent", "getStudentsById", "getStudentsByIdHistory", "getOpenapiJson"})
    CHECK(ids.contains(id));
}

TEST_CASE("the OpenAPI document says which bodies are needed, and which headers and forms an answer has") {
  TestService service;
  auto document = service.client().get("/openapi.json").body;
  auto has = [&](const std::string& pointer) { return !at(document, pointer).empty(); };
  const std::string students = "/paths/~1v1~1students", a_student = students + "~1{id}";
  CHECK(at(document, students + "/post/requestBody/required") == "true");
  CHECK(at(document, a_student + "/patch/requestBody/required") == "false");
  CHECK(has(a_student + "/patch/requestBody/content/application~1merge-patch+json"));
  CHECK(at(document, "/paths/~1v1~1classes~1{id}~1close/post/requestBody/required") == "false");
  CHECK(at(document, "/paths/~1v1~1commands/post/requestBody/required") == "true");
  CHECK_FALSE(has("/paths/~1v1~1tenants~1{id}~1creation/put/requestBody"));
  CHECK(has(students + "/post/responses/201/headers/Location"));
  CHECK(has(students + "/post/responses/201/headers/Idempotent-Replayed"));
  CHECK(has("/components/responses/Problem/headers/Idempotent-Replayed"));
  CHECK(has(a_student + "/get/responses/200/headers/ETag"));
  CHECK_FALSE(has("/paths/~1v1~1statistics/get/responses/200/headers/ETag"));
  const std::string audit = "/paths/~1v1~1audit~1events/get/responses/200/content/";
  CHECK(has(audit + "text~1event-stream"));
  CHECK(has(audit + "application~1x-ndjson"));
  CHECK(has(audit + "application~1json"));
  std::string limits = at(document, "/paths/~1v1~1commands/post/description");
  for (const char* limit : {"16 MiB", "10000 lines", "1000 with", "1024 KiB"})
    CHECK(limits.find(limit) != std::string::npos);
  CHECK(at(document, "/components/schemas/CorrectStudent/properties/number/type") == "string");
  CHECK(at(document, "/components/schemas/CorrectStudent/properties/email/type/1") == "null");
}

TEST_CASE("the OpenAPI document is no wider than what the server takes") {
  TestService service;
  const auto document = nlohmann::json::parse(service.client().get("/openapi.json").body);
  auto value = [&](const std::string& pointer) {
    nlohmann::json::json_pointer place(pointer);
    return document.contains(place) ? document.at(place).dump() : "";
  };
  CHECK(value("/servers/0/url") == "\"/\"");
  for (const auto& [path, operations] : document.at("paths").items()) {
    for (const auto& [method, operation] : operations.items()) {
      CAPTURE(path, method);
      for (const auto& parameter : operation.at("parameters")) {
        if (parameter.value("in", "") != "path" || parameter.at("name") != "id") continue;
        bool is_tenant = path.starts_with("/v1/tenants/");
        CHECK(parameter.at("schema").value("format", "") == (is_tenant ? "" : "uuid"));
        CHECK(parameter.at("schema").contains("pattern") == !is_tenant);
      }
      for (const char* read : {"Role", "Actor", "OnBehalfOf", "CausationId", "CorrelationId", "Traceparent"}) {
        CAPTURE(read);
        const nlohmann::json declared = {{"$ref", std::string{"#/components/parameters/"} + read}};
        CHECK(std::ranges::count(operation.at("parameters"), declared) == 1);
      }
      const auto& headers = operation.at("responses").begin()->at("headers");
      CHECK(headers.contains("Date"));
      CHECK(headers.contains("Cache-Control"));
      const std::set<std::string> told_once{"/v1/service-keys", "/v1/users/{id}/invitation",
                                            "/v1/administrators/{id}/invitation", "/v1/operator-keys"};
      bool is_kept = !path.starts_with("/v1/me") && (method == "get" || !told_once.contains(path));
      if (path.starts_with("/v1/")) CHECK(headers.contains("Vary") == is_kept);
    }
  }
  const std::string schemas = "/components/schemas/";
  for (const char* command : {"OpenClass", "CorrectClass"}) {
    CHECK(value(schemas + command + "/properties/capacity/minimum") == "1");
    CHECK(value(schemas + command + "/properties/capacity/maximum") == "100000");
  }
  for (const char* command : {"AddAssessment", "CorrectAssessment"}) {
    CHECK(value(schemas + command + "/properties/weight/minimum") == "0");
    CHECK(value(schemas + command + "/properties/weight/maximum") == "100");
  }
  CHECK(value(schemas + "AddTerm/properties/startsOn/pattern") == "\"^(19|2[0-9])[0-9]{2}-\"");
  const std::string text = "\"^[^\\\\u0000-\\\\u001f\\\\u007f-\\\\u009f]*$\"";
  CHECK(value(schemas + "AddTerm/properties/name/pattern") == text);
  CHECK(value(schemas + "AddAssessment/properties/maximumScore/exclusiveMinimum") == "0");
  for (const char* field : {"AddAssessment/properties/maximumScore", "CorrectAssessment/properties/maximumScore",
                            "RecordResult/properties/score", "CorrectResult/properties/score"}) {
    CAPTURE(field);
    CHECK(value(schemas + field + "/maximum") == "999999999.99");
  }
  const auto& id = document.at("components").at("schemas").at("AddCourse").at("properties").at("id");
  CHECK_FALSE(test::JsonSchema(id, document).faults("00000000-0000-0000-0000-000000000000").size() == 0);
  CHECK(test::JsonSchema(id, document).faults("00000000-0000-0000-0000-00000000000A").size() == 0);
  for (const char* command : {"RegisterTenant", "ChangeTenantMetadata"}) {
    CHECK(value(schemas + command + "/properties/metadata/description").find("at most 8 levels") != std::string::npos);
  }
  CHECK(value(schemas + "RegisterTenant/properties/slug/pattern") == "\"^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$\"");
  auto takes = [&](const std::string& parameter, const std::string& text) {
    const auto& schema = document.at("components").at("parameters").at(parameter).at("schema");
    return test::JsonSchema(schema, document).faults(text).empty();
  };
  for (const char* tags : {"*", "\"7-9f86d081884c7d65\"", "W/\"a\", \"b\""}) CHECK(takes("IfMatch", tags));
  for (const char* tags : {"", "7", "\"7", "*, \"a\"", "\"a\" \"b\""}) CHECK_FALSE(takes("IfNoneMatch", tags));
  std::string ids = "-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  for (const std::string& trace : {"00" + ids, "cc" + ids, "cc" + ids + "-more"}) CHECK(takes("Traceparent", trace));
  for (const std::string& trace : {"x00" + ids, "00" + ids + "-more", "ff" + ids, "xcc" + ids, std::string{"0"}})
    CHECK_FALSE(takes("Traceparent", trace));
  CHECK(value("/components/parameters/Tenant/schema/minLength") == "1");
  CHECK(value("/components/parameters/IfUnmodifiedSince/name") == "\"If-Unmodified-Since\"");
}

TEST_CASE("every problem has a row of its own meaning and is documented") {
  std::set<std::string> slugs;
  for (const api::ProblemType& type : api::problem_types()) {
    CHECK(type.status >= 400);
    CHECK(type.status < 600);
    CHECK_FALSE(type.title.empty());
    CAPTURE(type.slug);
    CHECK(slugs.emplace(type.slug).second);
  }
  auto is_documented_as = [](std::string_view slug, int status, std::string_view title) {
    CAPTURE(slug);
    auto found = std::ranges::find(api::problem_types(), slug, &api::ProblemType::slug);
    REQUIRE(found != api::problem_types().end());
    CHECK(found->status == status);
    CHECK(found->title == title);
  };
  const std::map<RefusalKind, int> statuses{{RefusalKind::unknown, 404},   {RefusalKind::taken, 409},
                                            {RefusalKind::conflict, 409},  {RefusalKind::invalid, 422},
                                            {RefusalKind::forbidden, 403}, {RefusalKind::gone, 410},
                                            {RefusalKind::limit, 403}};
  for_each_context([&]<class Context>() {
    for (const RefusalType& type : refusals_of<Context>())
      is_documented_as(type.word, statuses.at(type.kind), type.title);
  });
  for (const auto& each : api::http::protocol_problems()) is_documented_as(each.slug, each.status, each.title);
  // The last of each context and of the rest: all before it must have been found too.
  CHECK(slugs.contains("partitions-malformed"));
  CHECK(slugs.contains("timezone-unknown"));
  CHECK(slugs.contains("result-recorded"));
  CHECK(slugs.contains("log-unreadable"));
  TestService service;
  auto client = service.client();
  CHECK(size_at(client.get("/problems"), "/items") == api::problem_types().size());
  CHECK(at(client.get("/problems/class-full"), "/status") == "409");
  CHECK(problem(client.get("/problems/nonsense")) == "404 problem-unknown slug");
}

TEST_CASE("what the HTTP layer refuses has the type, the status and the title that /problems has for it") {
  TestService service;
  const std::string host = "Host: localhost\r\n";
  std::set<std::string> seen;
  for (const std::string& bytes :
       {"FOO /livez HTTP/1.1\r\n" + host, "GET /%zz HTTP/1.1\r\n" + host, "GET /livez HTTP/1.1\r\n" + std::string{},
        "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\n" + host, "GET /livez HTTP/3.0\r\n" + host,
        "GET /livez HTTP/1.1\r\nExpect: more\r\n" + host, "GET /nowhere HTTP/1.1\r\n" + host,
        "POST /livez HTTP/1.1\r\n" + host, "GET /livez HTTP/1.1\r\nX-A: " + std::string(20'000, 'a') + "\r\n" + host,
        "POST /v1/students HTTP/1.1\r\nContent-Length: 99999999999\r\n" + host}) {
    CAPTURE(bytes.substr(0, 40));
    auto answered = test::RawClient(service.port()).ask(bytes + "\r\n").value();
    const auto given = nlohmann::json::parse(answered.body);
    seen.insert(given.at("type"));
    const auto documented = nlohmann::json::parse(service.client().get(given.at("type").get<std::string>()).body);
    CHECK(documented.at("status") == answered.status);
    CHECK(documented.at("title") == given.at("title"));
  }
  CHECK(seen.size() == 9);
}

TEST_CASE("OPTIONS of the server names no method that no path serves") {
  TestService service;
  auto answered = test::RawClient(service.port()).ask("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n").value();
  CHECK(header(answered, "allow") == "GET, HEAD, POST, PUT, PATCH, OPTIONS");
}

TEST_CASE("failures say what can be done about them") {
  using events::engine::Failure;
  auto unknown = api::problem_of(Failure{Failure::Kind::unknown, "the log timed out"});
  CHECK(unknown.status == 503);
  CHECK(unknown.retry_after_s > 0);
  CHECK(unknown.detail.find("Idempotency-Key") != std::string::npos);
  auto full = api::problem_of(Failure{Failure::Kind::not_written, "/srv/data is full"});
  CHECK(full.cause == "/srv/data is full");
  CHECK(full.detail.find("/srv") == std::string::npos);
  std::string told;
  api::append_problem_json(told, full);
  CHECK(told.find("/srv") == std::string::npos);
  CHECK(api::problem_of(Failure{Failure::Kind::overloaded, ""}).retry_after_s > 0);
  CHECK(api::problem_of(Failure{Failure::Kind::not_written, ""}).retry_after_s > 0);
  CHECK(api::problem_of(Failure{Failure::Kind::rolled_back, ""}).status == 424);
  CHECK(api::problem_of(Failure{Failure::Kind::too_large, ""}).status == 413);
  CHECK(api::problem_of(Failure{Failure::Kind::key_in_flight, ""}).status == 409);
}

TEST_CASE("the service tells that it lives, is ready, and what it has done") {
  TestService service;
  auto client = service.tenant("school");
  created(client.post("/v1/students", student("S1")));
  CHECK(at(client.get("/livez"), "/status") == "alive");
  CHECK(at(client.get("/readyz"), "/status") == "ready");
  auto metrics = client.get("/metrics");
  CHECK(header(metrics, "content-type").starts_with("text/plain"));
  CHECK(metrics.body.find("tenantry_engine_events_total 3\n") != std::string::npos);
  CHECK(metrics.body.find("tenantry_http_responses_total{status=\"2xx\"}") != std::string::npos);
  CHECK(metrics.body.find("tenantry_state_next_position{partition=\"events-0\"}") != std::string::npos);
  CHECK(metrics.body.find("tenantry_feed_subscribers 0\n") != std::string::npos);
  CHECK(size_at(client.get("/v1/quarantine"), "/items") == 0);
  CHECK(service.service().drain(10'000));
}

namespace {

// Whether the text of /metrics has a line that ends in the number.
bool shows(const std::string& metrics, std::uint64_t number) {
  return metrics.find(' ' + std::to_string(number) + '\n') != std::string::npos;
}

template <class Counters>
std::string text_of(const Counters& counters) {
  return api::metrics_text(counters);
}
std::string text_of(const events::kafka::KafkaMetrics& counters) {
  return api::metrics_text(events::kafka::figures_of(counters));
}

// Gives each of the counters a number of its own, and looks for it in what is shown of them.
template <class Counters, class... Count>
void check_each_is_shown(const Counters& counters, Count&... counts) {
  std::uint64_t number = 4'000;
  ((counts = ++number), ...);
  std::string metrics = text_of(counters);
  INFO(metrics);
  for (std::uint64_t each = 4'001; each <= number; ++each) {
    CAPTURE(each);
    CHECK(shows(metrics, each));
  }
}

}  // namespace

// Members are counted by the bindings: one that is added does not compile until it is looked for here.
TEST_CASE("every counter that there is, is shown at /metrics") {
  {
    events::engine::EngineCounters counters;
    auto& [a, b, c, d, e, f, g, h, i, j, k] = counters;
    check_each_is_shown(counters, a, b, c, d, e, f, g, h, i, j, k);
  }
  {
    api::http::Counters counters;
    auto& [a, b, c, d, classes, e, f, g, h, i, j, k, l, m, n, o] = counters;
    check_each_is_shown(counters, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, classes[1], classes[2], classes[3],
                        classes[4], classes[5]);
  }
  {
    storage::DatabaseMetrics counters{};
    auto& [a, b, c, d, e, f] = counters;
    check_each_is_shown(counters, a, b, c, d, e, f);
  }
  {
    events::kafka::KafkaMetrics counters{};
    auto& [a, b, c, d, e, f, g, h, i, j, k, lags, faults] = counters;
    faults[{events::Stream::tenants, 7}] = "it is read no further";
    check_each_is_shown(counters, a, b, c, d, e, f, g, h, i, j, k, lags[{events::Stream::tenants, 7}]);
    CHECK(text_of(counters).find("tenantry_kafka_partition_fault{partition=\"events-7\"} 1\n") != std::string::npos);
  }
}

TEST_CASE("what the log keeps on disk is shown at /metrics") {
  TestService service;
  auto metrics = service.client().get("/metrics").body;
  for (const char* name : {"tenantry_log_wal_bytes ", "tenantry_log_background_errors 0", "tenantry_log_families 4",
                           "tenantry_engine_catch_up_failures_total 0", "tenantry_http_streams_dropped_total 0"}) {
    INFO(name);
    CHECK(metrics.find(name) != std::string::npos);
  }
}

TEST_CASE("media types and Accept are read as they are meant") {
  using api::AcceptedBy;
  CHECK(api::is_media_type("application/json", "application/json"));
  CHECK(api::is_media_type("Application/JSON ; Charset=\"UTF-8\"", "application/json"));
  CHECK_FALSE(api::is_media_type("application/json; charset=utf-16", "application/json"));
  for (const char* fine :
       {"application/json;", "application/json; charset=utf8", "application/json;charset=\"Utf\\-8\"",
        "application/json; version=1", "application/json; a=\"x;charset=latin1\"; charset=utf-8"}) {
    CAPTURE(fine);
    CHECK(api::is_media_type(fine, "application/json"));
  }
  for (const char* wrong : {"application/json; charset", "application/json; charset=", "application/json; =utf-8",
                            "application/json; charset=\"utf-8", "application/json; charset=utf-8 x",
                            "application/json; charset=utf-8; charset=latin1", "application/json x", "json", ""}) {
    CAPTURE(wrong);
    CHECK_FALSE(api::is_media_type(wrong, "application/json"));
  }
  CHECK_FALSE(api::is_media_type("application/jsonx", "application/json"));
  CHECK(api::quality(std::nullopt, "a/b", AcceptedBy::name_or_range) == 1000);
  CHECK(api::quality(std::nullopt, "a/b", AcceptedBy::name) == 0);
  CHECK(api::quality("x/y, a/*;q=0.3", "a/b", AcceptedBy::name_or_range) == 300);
  CHECK(api::quality("*/*", "a/b", AcceptedBy::name) == 0);
  CHECK(api::quality("a/b;q=0, */*", "a/b", AcceptedBy::name_or_range) == 0);
  CHECK(api::quality("a/*;q=0.1, */*;q=0.9", "a/b", AcceptedBy::name_or_range) == 100);
  CHECK(api::quality("*/*;q=0.9, A/*;q=0.1", "a/b", AcceptedBy::name_or_range) == 100);
  CHECK(api::quality("a/x*", "a/xb", AcceptedBy::name_or_range) == 0);
  CHECK(api::quality("a/b; q=0.125;x=y", "a/b", AcceptedBy::name) == 125);
  CHECK(api::quality("a/b;q=1.000", "a/b", AcceptedBy::name) == 1000);
  for (const char* weight : {"2", "1.1", "0.1234", "x", "", "-1", "00", "0,5"}) {
    CAPTURE(weight);
    CHECK(api::quality(std::string{"a/b;q="} + weight, "a/b", AcceptedBy::name) == 0);
  }
}

TEST_CASE("cursors come back as they were given, and dates are HTTP's") {
  std::string place("\x00\xff\x10 any 13b", 12);
  const api::ListName list{*TenantId::parse(id_of(1)), {"es", place.size()}}, other{list.tenant, {"et", place.size()}},
      others{*TenantId::parse(id_of(2)), {"es", place.size()}}, longer{list.tenant, {"es", place.size() + 1}};
  auto cursor = api::make_cursor(list, place);
  CHECK(api::read_cursor(list, cursor) == place);
  CHECK_FALSE(api::read_cursor(other, cursor));
  CHECK_FALSE(api::read_cursor(others, cursor));
  CHECK_FALSE(api::read_cursor(longer, cursor));
  CHECK_FALSE(api::read_cursor(list, cursor + "="));
  for (std::size_t at = 0; at < cursor.size(); ++at) {
    std::string other_place = cursor;
    other_place[at] = other_place[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(api::read_cursor(list, other_place));
  }
  CHECK(api::http_date(Instant{784111777000}) == "Sun, 06 Nov 1994 08:49:37 GMT");
}
