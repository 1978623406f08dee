#include <catch2/catch.hpp>

#include "api/request/caller.hpp"
#include "api/tenants/gate.hpp"
#include "tests/api/test_service.hpp"

using namespace tenantry;
using namespace tenantry::test;

TEST_CASE("the tenant comes from X-Tenant by slug or id, or from the subdomain, and they must agree") {
  TestService service;
  service.tenant("school");
  service.tenant("college");
  auto client = service.client();
  auto named = [&](const Headers& headers) { return client.get("/v1/tenant", headers); };
  std::string id = at(named({{"X-Tenant", "school"}}), "/id");
  CHECK(at(named({{"X-Tenant", id}}), "/slug") == "school");
  CHECK(at(named({{"Host", "school.localhost"}}), "/slug") == "school");
  CHECK(at(named({{"Host", "SCHOOL.localhost:8080"}}), "/slug") == "school");
  CHECK(at(named({{"X-Tenant", "school"}, {"Host", "school.localhost"}}), "/slug") == "school");
  CHECK(at(named({{"X-Tenant", id}, {"Host", "school.localhost"}}), "/slug") == "school");
  CHECK(problem(named({{"X-Tenant", "college"}, {"Host", "school.localhost"}})) == "400 tenant-contradictory X-Tenant");
  CHECK(problem(named({{"X-Tenant", "school"}, {"Host", "nobody.localhost"}})) == "400 tenant-contradictory X-Tenant");
  CHECK(problem(named({})) == "400 tenant-missing X-Tenant");
  CHECK(problem(named({{"Host", "school.elsewhere"}})) == "403 host-unknown Host");
  CHECK(problem(named({{"X-Tenant", "nobody"}})) == "404 tenant-unknown X-Tenant");
  CHECK(problem(named({{"X-Tenant", id_of(7)}})) == "404 tenant-unknown X-Tenant");
  CHECK(problem(named({{"Host", "nobody.localhost"}})) == "404 tenant-unknown Host");
  CHECK(problem(named({{"X-Tenant", "00000000-0000-7000-8000-000000000001"}})) == "404 tenant-unknown X-Tenant");
  CHECK(problem(named({{"X-Tenant", "school"}, {"X-Tenant", "school"}})) == "400 header-malformed X-Tenant");
  CHECK(problem(named({{"X-Tenant", ""}})) == "400 header-malformed X-Tenant");
  CHECK(problem(named({{"X-Tenant", ""}, {"Host", "school.localhost"}})) == "400 header-malformed X-Tenant");
}

TEST_CASE("neither case nor the dot of an absolute name makes another tenant or another host") {
  TestService service;
  service.tenant("school");
  auto client = service.client();
  auto slug = [&](const Headers& headers) { return at(client.get("/v1/tenant", headers), "/slug"); };
  std::string id = at(client.get("/v1/tenants/school"), "/id"), upper = id;
  for (char& each : upper) each = static_cast<char>(std::toupper(each));
  CHECK(slug({{"X-Tenant", "School"}}) == "school");
  CHECK(slug({{"X-Tenant", upper}}) == "school");
  CHECK(slug({{"Host", "school.localhost."}}) == "school");
  CHECK(slug({{"Host", "School.LOCALHOST.:8080"}}) == "school");
  CHECK(slug({{"X-Tenant", "SCHOOL"}, {"Host", "School.localhost."}}) == "school");
  CHECK(at(client.get("/v1/tenants/SCHOOL"), "/slug") == "school");
  CHECK(slug({{"X-Tenant", "School."}}) == "school");
  CHECK(slug({{"X-Tenant", "school."}, {"Host", "School.localhost."}}) == "school");
  CHECK(at(client.get("/v1/tenants/school."), "/slug") == "school");
  CHECK(at(client.get("/v1/tenants/school.", {{"X-Tenant", "school"}}), "/slug") == "school");
  CHECK(problem(client.get("/v1/tenants/school..")) == "404 tenant-unknown id");
  for (const std::string& other : {std::string{"school.."}, std::string{"."}, id + '.'}) {
    CHECK(problem(client.get("/v1/tenant", {{"X-Tenant", other}})) == "404 tenant-unknown X-Tenant");
  }
  for (const char* none : {"school.localhost..", ".localhost", ".localhost:80", "school..localhost", "."}) {
    CAPTURE(none);
    CHECK(problem(client.get("/v1/tenant", {{"Host", none}})) == "400 bad-request");
  }
  CHECK(client.get("/livez", {{"Host", "localhost."}}).status == 200);
  CHECK(client.get("/livez", {{"Host", "127.0.0.1.:8080"}}).status == 200);
  CHECK(client.get("/livez", {{"Origin", "http://LocalHost.:3000"}}).status == 200);
  api::Gate gate(service.node().state(), {.base_domains = {"Example.ORG."}});
  CHECK(gate.slug_in_host("A.example.org") == "a");
}

TEST_CASE("the server's own names count without their case and the dot at their end") {
  api::ServiceOptions options;
  options.server_names = {"Tenantry.Example.org."};
  options.gate.base_domains = {"LocalHost."};
  TestService service(options);
  for (const char* own : {"tenantry.example.org", "TENANTRY.example.org.:80", "school.localhost"}) {
    CAPTURE(own);
    CHECK(service.client().get("/livez", {{"Host", own}}).status == 200);
  }
}

TEST_CASE("two tenants with the same ids and numbers see nothing of each other") {
  TestService service;
  auto one = service.tenant("one1");
  auto two = service.tenant("two2");
  REQUIRE(one.post("/v1/students", student("S1", id_of(1))).status == 201);
  CHECK(problem(two.get("/v1/students/" + id_of(1))) == "404 entity-unknown id");
  REQUIRE(two.post("/v1/students",
                   R"({"id":")" + id_of(1) + R"(","number":"S1","givenName":"Grace","familyName":"Hopper"})")
              .status == 201);
  CHECK(at(one.get("/v1/students/" + id_of(1)), "/givenName") == "Ada");
  CHECK(at(two.get("/v1/students/" + id_of(1)), "/givenName") == "Grace");
  CHECK(at(two.get("/v1/students?number=S1"), "/items/0/givenName") == "Grace");
  CHECK(lines(one.get("/v1/audit/events").body).size() == 2);
}

TEST_CASE("a gate remembers a bounded number of tenants and still finds the others") {
  TestService service;
  for (int number = 0; number < 7; ++number) service.tenant("school" + std::to_string(number));
  api::Gate gate(service.node().state(), {.base_domains = {"example.org"}, .remembered_tenants_max = 2});
  for (int round = 0; round < 3; ++round) {
    for (int number = 0; number < 7; ++number) CHECK(gate.find("school" + std::to_string(number)));
  }
  CHECK(gate.slug_in_host("a.example.org") == "a");
  CHECK(gate.slug_in_host("example.org") == std::nullopt);
  CHECK(gate.slug_in_host("xexample.org") == std::nullopt);
}

TEST_CASE("who asks, on whose behalf and in what context is in the events and comes back") {
  TestService service;
  auto client = service.tenant("school");
  std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  auto made = client.post("/v1/students", student("S1"),
                          {{"X-Actor", "ada@example.org"},
                           {"X-On-Behalf-Of", "registry"},
                           {"X-Correlation-Id", "c-1"},
                           {"X-Causation-Id", "e-7"},
                           {"traceparent", trace}});
  REQUIRE(made.status == 201);
  CHECK(header(made, "x-correlation-id") == "c-1");
  CHECK(header(made, "traceparent") == trace);
  std::string event = lines(client.get("/v1/audit/events?after=1").body).at(0);
  CHECK(at(event, "/authtype") == "user");
  CHECK(at(event, "/authid") == "ada@example.org");
  CHECK(at(event, "/onbehalfof") == "registry");
  CHECK(at(event, "/correlationid") == "c-1");
  CHECK(at(event, "/causationid") == "e-7");
  CHECK(at(event, "/traceparent") == trace);

  auto anonymous = client.post("/v1/students", student("S2"));
  CHECK(header(anonymous, "x-correlation-id").size() == 36);
  CHECK(at(lines(client.get("/v1/audit/events?after=2").body).at(0), "/authtype") == "unauthenticated");
}

TEST_CASE("malformed callers are refused by the header's name") {
  TestService service;
  auto client = service.tenant("school");
  auto with = [&](const std::string& name, const std::string& value) {
    return problem(client.get("/v1/tenant", {{name, value}}));
  };
  CHECK(with("X-Actor", std::string(201, 'a')) == "400 header-malformed X-Actor");
  CHECK(with("X-Actor", "a b") == "400 header-malformed X-Actor");
  CHECK(with("X-On-Behalf-Of", "\xc3\xa9") == "400 header-malformed X-On-Behalf-Of");
  CHECK(with("X-Role", "king") == "400 header-malformed X-Role");
  CHECK(with("traceparent", "00-0-0-0") == "400 header-malformed traceparent");
  CHECK(with("Tenantry-Position", "soon") == "400 header-malformed Tenantry-Position");
  CHECK(with("Tenantry-Position", "-1") == "400 header-malformed Tenantry-Position");
}

TEST_CASE("a request is answered under the server's own names only") {
  api::ServiceOptions options;
  options.server_names = {"tenantry.example.org"};
  TestService service(options);
  auto status = [&](const std::string& host) { return service.client().get("/livez", {{"Host", host}}).status; };
  for (const char* own : {"127.0.0.1", "127.0.0.1:8080", "127.9.9.9", "[::1]", "[::1]:8080", "localhost",
                          "LOCALHOST:8080", "school.localhost", "tenantry.example.org:8080"}) {
    CAPTURE(own);
    CHECK(status(own) == 200);
  }
  for (const char* other :
       {"evil.example", "evil.example:8080", "localhost.evil.example", "evillocalhost", "school.tenantry.example.org",
        "192.168.1.7", "0.0.0.0", "[::2]", "127.0.0.1.evil.example"}) {
    CAPTURE(other);
    auto client = service.client();
    CHECK(problem(client.get("/livez", {{"Host", other}})) == "403 host-unknown Host");
  }
}

TEST_CASE("an absolute target names the tenant and the server, whatever Host says") {
  TestService service;
  service.tenant("school");
  service.tenant("other");
  auto client = service.client();
  auto asked = [&](const std::string& target) { return client.get(target, {{"Host", "other.localhost"}}); };
  CHECK(at(asked("http://school.localhost/v1/tenant"), "/slug") == "school");
  CHECK(at(asked("/v1/tenant"), "/slug") == "other");
  CHECK(problem(asked("http://evil.example/v1/tenant")) == "403 host-unknown Host");
}

TEST_CASE("web pages of other sites cannot use the server") {
  TestService service;
  auto client = service.tenant("school");
  auto with = [&](const Headers& headers) {
    return client.post("/v1/tenants/school/suspend", R"({"reason":"x"})", headers);
  };
  CHECK(problem(with({{"Origin", "https://evil.example"}})) == "403 cross-site Origin");
  CHECK(problem(with({{"Origin", "http://localhost.evil.example"}})) == "403 cross-site Origin");
  for (const char* none :
       {"http://.localhost", "http://a..localhost:3000", "http://localhost..", "http://a@localhost"}) {
    CHECK(problem(with({{"Origin", none}})) == "403 cross-site Origin");
  }
  CHECK(problem(with({{"Origin", "null"}})) == "403 cross-site Origin");
  CHECK(problem(with({{"Sec-Fetch-Site", "cross-site"}})) == "403 cross-site Sec-Fetch-Site");
  CHECK(problem(client.get("/v1/students", {{"Sec-Fetch-Site", "cross-site"}})) == "403 cross-site Sec-Fetch-Site");
  CHECK(problem(with({{"Origin", "http://localhost:3000"}, {"Origin", "https://evil.example"}})) ==
        "403 cross-site Origin");
  CHECK(problem(with({{"Sec-Fetch-Site", "none"}, {"Sec-Fetch-Site", "cross-site"}})) ==
        "403 cross-site Sec-Fetch-Site");
  CHECK(header(client.get("/v1/tenant"), "tenantry-position") == "1");
  for (const char* own : {"same-origin", "same-site", "none"}) {
    CHECK(client.get("/v1/students", {{"Sec-Fetch-Site", own}}).status == 200);
  }
  CHECK(client.get("/v1/students", {{"Origin", "http://localhost:3000"}}).status == 200);
  CHECK(with({{"Origin", "http://127.0.0.1:8080"}, {"Sec-Fetch-Site", "same-origin"}}).status == 200);
}

TEST_CASE("a traceparent of a later version is noted as version 00, with what that version knows") {
  TestService service;
  auto client = service.tenant("school");
  std::string ids = "-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";
  auto made = client.post("/v1/students", student("S1"), {{"traceparent", "01" + ids + "03-" + std::string(300, 'x')}});
  REQUIRE(made.status == 201);
  CHECK(header(made, "traceparent") == "00" + ids + "01");
  CHECK(at(lines(client.get("/v1/audit/events?after=1").body).at(0), "/traceparent") == "00" + ids + "01");
  CHECK(problem(client.get("/v1/tenant", {{"traceparent", "ff" + ids + "01"}})) == "400 header-malformed traceparent");
}

TEST_CASE("a traceparent is held to W3C Trace Context") {
  std::string trace = "0af7651916cd43dd8448eb211c80319c", parent = "b7ad6b7169203331";
  std::string ids = '-' + trace + '-' + parent + '-';
  CHECK(api::traceparent_of("00" + ids + "01") == "00" + ids + "01");
  CHECK(api::traceparent_of("00" + ids + "ff") == "00" + ids + "ff");
  CHECK(api::traceparent_of("cc" + ids + "01") == "00" + ids + "01");
  CHECK(api::traceparent_of("cc" + ids + "fe-more") == "00" + ids + "00");
  for (const std::string& malformed :
       {"00" + ids + "01-more", "cc" + ids + "01more", "ff" + ids + "01", "0g" + ids + "01", "00" + ids + "0",
        "00-" + std::string(32, '0') + '-' + parent + "-01", "00-" + trace + '-' + std::string(16, '0') + "-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + parent + "-01", std::string{}}) {
    CAPTURE(malformed);
    CHECK_FALSE(api::traceparent_of(malformed));
  }
}

TEST_CASE("what names a tenant beside the path must agree with it") {
  TestService service;
  service.tenant("school");
  service.tenant("college");
  auto rename = [&](Headers headers) {
    auto client = service.client();
    return problem(client.post("/v1/tenants/school/rename", R"({"name":"New"})", headers));
  };
  CHECK(rename({{"X-Tenant", "college"}}) == "400 tenant-contradictory X-Tenant");
  CHECK(rename({{"Host", "college.localhost"}}) == "400 tenant-contradictory Host");
  CHECK(rename({{"X-Tenant", "nobody"}}) == "404 tenant-unknown X-Tenant");
  auto client = service.client();
  CHECK(client.post("/v1/tenants/school/rename", R"({"name":"New"})", {{"X-Tenant", "school"}}).status == 200);
}

TEST_CASE("a host with an impossible port is none") {
  TestService service;
  auto client = service.client();
  CHECK(client.get("/livez", {{"Host", "localhost:99999"}}).status == 400);
  CHECK(service.client().get("/livez", {{"Host", "localhost:x"}}).status == 400);
  CHECK(service.client().get("/livez", {{"Host", "[::1]:8080"}}).status == 200);
  CHECK(service.client().get("/livez", {{"Host", "[::1"}}).status == 400);
}
