#include "tests/api/test_service.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace tenantry::test {

using nlohmann::json;

TestService::TestService(api::ServiceOptions options, events::engine::EngineOptions engine)
    : options_(std::move(options)), engine_(engine) {
  options_.limits.connections_max = 200;
  start({});
}

TestService::~TestService() {
  service_.reset();
  node_.reset();
}

void TestService::restart(const std::function<void(api::Node&)>& between) {
  service_->drain(10'000);
  service_.reset();
  node_.reset();
  start(between);
}

void TestService::start(const std::function<void(api::Node&)>& between) {
  api::NodeOptions options;
  options.folder = folder_.path();
  options.engine = engine_;
  options.log.tenant_partitions = 2;
  options.log.free_bytes_min = 0;
  if (options_.issuer) {
    options.vault_keys = {
        .path = folder_.path() + "/vault-keys", .kind = events::KeyFile::own, .make_if_missing = true};
  }
  auto node = api::Node::open(options);
  if (!node) throw std::runtime_error(node.error());
  node_ = std::move(*node);
  if (between) between(*node_);
  options_.vault = node_->vault();
  service_ = std::make_unique<api::Service>(node_->log(), node_->state(), node_->engine(), options_);
  node_->on_committed(service_->commit_listener());
  if (auto started = service_->start(); !started) throw std::runtime_error(started.error());
}

HttpClient TestService::tenant(const std::string& slug) {
  auto made = client().post("/v1/tenants", R"({"slug":")" + slug + R"(","name":"School","timezone":"Europe/London"})");
  REQUIRE(made.status == 201);
  return client({{"X-Tenant", slug}});
}

std::string at(const std::string& text, const std::string& pointer) {
  json document = json::parse(text);
  json::json_pointer place(pointer);
  if (!document.contains(place)) return "";
  const json& value = document.at(place);
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::size_t size_at(const Answer& response, const std::string& pointer) {
  return json::parse(response.body).at(json::json_pointer(pointer)).size();
}

std::string header(const Answer& response, const std::string& lower_case_name) {
  auto found = response.headers.find(lower_case_name);
  return found == response.headers.end() ? "" : found->second;
}

std::string problem(const Answer& response) {
  if (header(response, "content-type") != "application/problem+json") return "no problem: " + response.body;
  if (at(response, "/status") != std::to_string(response.status)) return "contradictory: " + response.body;
  std::string text = at(response, "/status") + ' ' + at(response, "/type").substr(std::string("/problems/").size());
  std::string field = at(response, "/field");
  return field.empty() ? text : text + ' ' + field;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t from = 0; from < text.size();) {
    std::size_t end = text.find('\n', from);
    all.push_back(text.substr(from, end - from));
    from = end == std::string::npos ? text.size() : end + 1;
  }
  return all;
}

std::string next(const Answer& response) {
  std::string link = header(response, "link");
  if (!link.ends_with(">; rel=\"next\"")) return "";
  return link.substr(1, link.find('>') - 1);
}

std::string student(const std::string& number, const std::string& id) {
  std::string body = R"({"number":")" + number + R"(","givenName":"Ada","familyName":"Lovelace")";
  if (!id.empty()) body += R"(,"id":")" + id + '"';
  return body + '}';
}

std::string id_of(unsigned number) {
  char text[40];
  std::snprintf(text, sizeof text, "01900000-0000-7000-8000-%012u", number);
  return text;
}

std::string created(const Answer& response) {
  INFO(response.body);
  REQUIRE(response.status == 201);
  return at(response, "/id");
}

std::string open_class(HttpClient& client, int capacity) {
  auto term = created(client.post("/v1/terms", R"({"name":"Spring","startsOn":"2026-01-01","endsOn":"2026-06-30"})"));
  auto course = created(client.post("/v1/courses", R"({"code":"MATH","title":"Mathematics"})"));
  return created(client.post("/v1/classes", R"({"courseId":")" + course + R"(","termId":")" + term +
                                                R"(","name":"Maths A","capacity":)" + std::to_string(capacity) +
                                                R"(,"startsOn":"2026-01-10","endsOn":"2026-06-20"})"));
}

}  // namespace tenantry::test
