#include <catch2/catch.hpp>
#include <chrono>
#include <future>

#include "api/exchange/site.hpp"
#include "domain/directory/commands.hpp"
#include "events/engine/engine.hpp"
#include "tests/api/test_service.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

const std::string school = R"({"slug":"school","name":"School","timezone":"Europe/London","metadata":{"b":1,"a":[2]}})";

// Registers a tenant and goes no further, as a crash between the two steps would leave it.
void only_register(api::Node& node, const std::string& slug) {
  directory::RegisterTenant command{.tenant = *TenantId::parse(id_of(77)),
                                    .slug = slug,
                                    .name = "Half",
                                    .timezone = "Europe/London",
                                    .metadata = {},
                                    .partitions = 2};
  std::promise<events::engine::Outcome> promise;
  events::engine::Submission submission{.scope = api::Gate::platform(), .origin = {}, .commands = {}, .reply = {}};
  submission.commands.push_back({.command = Value{command}});
  submission.reply = [&](std::vector<events::engine::Outcome> outcomes) { promise.set_value(outcomes.front()); };
  node.engine().submit(std::move(submission));
  REQUIRE(std::holds_alternative<events::engine::Done>(promise.get_future().get()));
}

}  // namespace

TEST_CASE("a tenant is created by one request and then found by id and slug") {
  TestService service;
  auto client = service.client();
  auto made = client.post("/v1/tenants", school, {{"Idempotency-Key", "make"}});
  REQUIRE(made.status == 201);
  std::string id = at(made, "/id");
  CHECK(header(made, "location") == "/v1/tenants/" + id);
  CHECK(at(made, "/subject") == "tenants/" + id);
  CHECK(header(made, "tenantry-position") == "1");
  auto by_id = client.get("/v1/tenants/" + id);
  CHECK(at(by_id, "/slug") == "school");
  CHECK(at(by_id, "/metadata/a/0") == "2");
  CHECK(at(by_id, "/status") == "active");
  CHECK(header(by_id, "etag").starts_with("\"1-"));
  CHECK(client.get("/v1/tenants/school").body == by_id.body);
  CHECK(client.get("/v1/tenant", {{"X-Tenant", "school"}}).body == by_id.body);

  auto again = client.post("/v1/tenants", school, {{"Idempotency-Key", "make"}});
  CHECK(again.status == 201);
  CHECK(again.body == made.body);
  CHECK(header(again, "idempotent-replayed") == "true");
  CHECK(problem(client.post("/v1/tenants", school)) == "409 slug-taken slug");
  CHECK(problem(client.post("/v1/tenants", R"({"slug":"A","name":"x","timezone":"Europe/London"})")) ==
        "422 slug-malformed slug");
  CHECK(
      problem(client.post("/v1/tenants", R"({"slug":")" + id_of(4) + R"(","name":"x","timezone":"Europe/London"})")) ==
      "422 slug-like-id slug");
  CHECK(problem(client.post("/v1/tenants", R"({"slug":"other","name":"x","timezone":"Mars/Base"})")) ==
        "422 timezone-unknown timezone");
  CHECK(problem(client.post("/v1/tenants", R"({"slug":"other","name":"x","timezone":"UTC","partitions":9})")) ==
        "400 body-malformed partitions");
  CHECK(problem(client.get("/v1/tenants/nobody")) == "404 tenant-unknown id");
}

TEST_CASE("a replayed creation is answered alike after the tenant was renamed") {
  TestService service;
  auto client = service.client();
  auto made = client.post("/v1/tenants", school, {{"Idempotency-Key", "make"}});
  std::string tag = header(client.get("/v1/tenants/school"), "etag");
  auto renamed = client.post("/v1/tenants/school/rename", R"({"name":"Academy"})", {{"If-Match", tag}});
  CHECK(renamed.status == 200);
  CHECK(header(renamed, "tenantry-position") == "2");
  CHECK(client.post("/v1/tenants", school, {{"Idempotency-Key", "make"}}).body == made.body);
  CHECK(at(client.get("/v1/tenants/school"), "/name") == "Academy");
  CHECK(problem(client.post("/v1/tenants/school/rename", R"({"name":"X"})", {{"If-Match", tag}})) ==
        "412 precondition-failed If-Match");
  CHECK(client.put("/v1/tenants/school/metadata", R"({"metadata":{"tier":"gold"}})").status == 200);
  CHECK(at(client.get("/v1/tenants/school"), "/metadata/tier") == "gold");
}

TEST_CASE("tenants are listed page by page without gaps or repeats") {
  TestService service;
  for (int number = 0; number < 7; ++number) service.tenant("school" + std::to_string(number));
  auto client = service.client();
  std::vector<std::string> slugs;
  std::string target = "/v1/tenants?limit=3";
  while (!target.empty()) {
    auto page = client.get(target);
    REQUIRE(page.status == 200);
    for (std::size_t each = 0; each < size_at(page, "/items"); ++each) {
      slugs.push_back(at(page, "/items/" + std::to_string(each) + "/slug"));
    }
    target = next(page);
  }
  std::ranges::sort(slugs);
  CHECK(slugs.size() == 7);
  CHECK(std::ranges::adjacent_find(slugs) == slugs.end());
}

TEST_CASE("members may not do what operators may") {
  TestService service;
  auto client = service.tenant("school");
  Headers member{{"X-Role", "member"}};
  CHECK(problem(client.post("/v1/tenants", school, member)) == "403 permission-missing");
  CHECK(problem(client.get("/v1/tenants", member)) == "403 permission-missing");
  CHECK(problem(client.get("/v1/tenants/school", member)) == "403 permission-missing");
  CHECK(problem(client.post("/v1/tenants/school/archive", R"({"reason":"x"})", member)) == "403 permission-missing");
  CHECK(problem(client.get("/v1/quarantine", member)) == "403 permission-missing");
  CHECK(client.get("/v1/tenant", member).status == 200);
  CHECK(client.post("/v1/students", student("S1"), member).status == 201);
}

TEST_CASE("a suspended tenant refuses commands and is read by operators only") {
  TestService service;
  auto client = service.tenant("school");
  created(client.post("/v1/students", student("S1", id_of(1))));
  REQUIRE(client.post("/v1/tenants/school/suspend", R"({"reason":"unpaid"})").status == 200);
  CHECK(at(client.post("/v1/tenants/school/suspend", R"({"reason":"unpaid "})"), "/events") == "0");
  CHECK(problem(client.post("/v1/tenants/school/suspend", R"({"reason":"merged"})")) == "409 reason-differs reason");
  CHECK(problem(client.post("/v1/students", student("S2"))) == "403 tenant-suspended");
  CHECK(client.get("/v1/students/" + id_of(1)).status == 200);
  CHECK(problem(client.get("/v1/students/" + id_of(1), {{"X-Role", "member"}})) == "403 tenant-suspended");
  CHECK(at(client.get("/v1/tenants/school"), "/statusReason") == "unpaid");
  REQUIRE(client.post("/v1/tenants/school/reactivate", "").status == 200);
  CHECK(client.post("/v1/students", student("S2")).status == 201);
}

TEST_CASE("an archived tenant serves nothing but its audit feed and its own record") {
  TestService service;
  auto client = service.tenant("school");
  created(client.post("/v1/students", student("S1", id_of(1))));
  REQUIRE(client.post("/v1/tenants/school/archive", R"({"reason":"merged"})").status == 200);
  CHECK(at(client.post("/v1/tenants/school/archive", R"({"reason":"merged"})"), "/events") == "0");
  CHECK(problem(client.post("/v1/tenants/school/archive", R"({"reason":"closed"})")) == "409 reason-differs reason");
  CHECK(problem(client.post("/v1/students", student("S2"))) == "410 tenant-archived");
  CHECK(problem(client.get("/v1/students/" + id_of(1))) == "410 tenant-archived");
  CHECK(problem(client.get("/v1/students")) == "410 tenant-archived");
  CHECK(problem(client.get("/v1/students/" + id_of(1) + "/history")) == "410 tenant-archived");
  CHECK(problem(client.get("/v1/statistics")) == "410 tenant-archived");
  CHECK(problem(client.get("/v1/tenant")) == "410 tenant-archived");
  CHECK(lines(client.get("/v1/audit/events").body).size() == 3);
  CHECK(at(client.get("/v1/tenants/school"), "/status") == "archived");
}

TEST_CASE("a creation that a crash cut in two is finished at start") {
  TestService service;
  service.restart([](api::Node& node) { only_register(node, "half"); });
  CHECK(service.service().finished_tenants() == 1);
  auto client = service.client({{"X-Tenant", "half"}});
  CHECK(at(client.get("/v1/tenant"), "/name") == "Half");
  CHECK(header(client.get("/v1/tenant"), "tenantry-position") == "1");
  service.restart();
  CHECK(service.service().finished_tenants() == 0);
}

TEST_CASE("a creation that failed half-way is finished when the tenant is asked for") {
  TestService service;
  only_register(service.node(), "half");
  auto client = service.client({{"X-Tenant", "half"}});
  auto first = client.get("/v1/tenant");
  CHECK(problem(first) == "503 tenant-not-ready");
  CHECK(header(first, "retry-after") == "1");
  Answer later = first;
  // However long it takes on a busy machine; 20 s is for a service that never does.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (later.status != 200 && std::chrono::steady_clock::now() < deadline) later = client.get("/v1/tenant");
  CHECK(at(later, "/name") == "Half");
}

TEST_CASE("the server listens on loopback only") {
  CHECK(api::is_loopback("127.0.0.1"));
  CHECK(api::is_loopback("127.1.2.3"));
  CHECK(api::is_loopback("[::1]"));
  CHECK_FALSE(api::is_loopback("0.0.0.0"));
  CHECK_FALSE(api::is_loopback("192.168.1.1"));
  CHECK_FALSE(api::is_loopback("localhost.example.org"));
  TestService service;
  api::Service open(service.node().log(), service.node().state(), service.node().engine(), {.address = "0.0.0.0"});
  auto started = open.start();
  REQUIRE_FALSE(started);
  CHECK(started.error().find("0.0.0.0") != std::string::npos);
}
