// Secrets that are told once, over HTTP: keys of services, invitations, the server's own signing keys.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/api/test_service.hpp"
#include "tests/support/manual_clock.hpp"

using namespace tenantry;
using namespace tenantry::test;
using nlohmann::json;

namespace {

const api::tokens::PrivateKey key = api::tokens::PrivateKey::generate(api::tokens::SignatureAlgorithm::eddsa);

std::string token(const std::string& subject, const std::string& tenant = "") {
  std::int64_t now_s = Instant::now().unix_ms / 1000;
  api::tokens::Claims claims{.issuer = "https://id.example",
                             .subject = subject,
                             .audience = {"https://api.example"},
                             .expires_at_s = now_s + 600,
                             .issued_at_s = now_s,
                             .token_id = "t1",
                             .client_id = "console"};
  if (!tenant.empty()) claims.tenant = tenant;
  return issue_access_token(claims, "tenant", "k", key);
}

Headers bearing(const std::string& token) {
  return {{"Authorization", "Bearer " + token}};
}

api::ServiceOptions with_issuer() {
  api::ServiceOptions options;
  options.authentication.issuers = {
      {.rules = {.issuer = "https://id.example", .audience = "https://api.example"},
       .keys = api::tokens::KeySet::make({{.key_id = "k", .key = key.public_key()}}).value(),
       .operators = {"olga"}}};
  options.issuer = api::IssuerOptions{.url = "https://school.example"};
  return options;
}

struct School : TestService {
  School() : TestService(with_issuer()) {
    tenant = created(operators().post("/v1/tenants", R"({"slug":"oak","name":"Oak","timezone":"Europe/London"})"));
    head = created(client({{"Authorization", "Bearer " + token("olga")}, {"X-Tenant", "oak"}})
                       .post("/v1/administrators", R"({"login":"head@oak.example","name":"The head"})"));
  }
  HttpClient operators() { return client(bearing(token("olga"))); }
  HttpClient administrator() { return client(bearing(token(head, tenant))); }
  HttpClient with_key(const std::string& text) { return client(bearing(text)); }

  std::string tenant, head;
};

const std::string reading = R"({"name":"Timetable","permissions":[{"permission":"roster:read"}]})";

}  // namespace

TEST_CASE("a key is told once, does what it was issued for, and nothing after it was revoked") {
  School school;
  auto issued = school.administrator().post("/v1/service-keys", reading);
  REQUIRE(issued.status == 201);
  std::string text = at(issued, "/key"), id = at(issued, "/id");
  CHECK(text.starts_with("tnt_key_"));
  CHECK(header(issued, "location") == "/v1/service-keys/" + id);
  CHECK(header(issued, "cache-control").find("no-store") != std::string::npos);

  auto program = school.with_key(text);
  CHECK(program.get("/v1/students").status == 200);
  CHECK(problem(program.post("/v1/students", student("S-1"))) == "403 permission-missing");
  CHECK(problem(program.get("/v1/users")) == "403 permission-missing");
  CHECK(problem(program.get("/v1/students", {{"X-Tenant", "elm"}})) == "403 tenant-forbidden");

  auto shown = school.administrator().get("/v1/service-keys/" + id);
  CHECK(at(shown, "/status") == "issued");
  CHECK(at(shown, "/permissions/0/permission") == "roster:read");
  CHECK(shown.body.find(text.substr(text.rfind('_') + 1)) == std::string::npos);

  std::string forged = text;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  CHECK(problem(school.with_key(forged).get("/v1/students")) == "401 token-refused Authorization");
  CHECK(problem(school.with_key("tnt_key_x").get("/v1/students")) == "401 token-refused Authorization");

  REQUIRE(school.administrator().post("/v1/service-keys/" + id + "/revoke", "{}").status == 200);
  CHECK(problem(program.get("/v1/students")) == "403 access-ended");
}

TEST_CASE("what a key does is noted as done by it") {
  School school;
  auto issued = school.administrator().post("/v1/service-keys",
                                            R"({"name":"Timetable","permissions":[{"permission":"roster:manage"}]})");
  auto made = school.with_key(at(issued, "/key")).post("/v1/students", student("S-1"));
  REQUIRE(made.status == 201);
  auto history = school.administrator().get("/v1/students/" + at(made, "/id") + "/history");
  CHECK(at(history, "/items/0/authid") == at(issued, "/id"));
  CHECK(at(history, "/items/0/authtype") == "service_account");
  CHECK(history.body.find(at(issued, "/key")) == std::string::npos);
}

TEST_CASE("a key is not issued by who lacks its permissions, again under a key, or in a load") {
  School school;
  auto narrow = school.administrator().post("/v1/service-keys",
                                            R"({"name":"Access","permissions":[{"permission":"access:manage"}]})");
  auto program = school.with_key(at(narrow, "/key"));
  CHECK(problem(program.post("/v1/service-keys", reading)) == "403 grant-beyond permissions");
  CHECK(program.post("/v1/service-keys", R"({"name":"Less","permissions":[{"permission":"access:manage"}]})").status ==
        201);

  auto administrator = school.administrator();
  CHECK(problem(administrator.post("/v1/service-keys", reading, {{"Idempotency-Key", "k"}})) ==
        "400 header-malformed Idempotency-Key");
  CHECK(
      problem(administrator.post(
          "/v1/service-keys",
          R"({"id":"01901600-0000-7000-8000-000000000001","name":"T","permissions":[{"permission":"roster:read"}]})")) ==
      "400 body-malformed id");
  CHECK(problem(administrator.post("/v1/service-keys",
                                   R"({"name":"T","permissions":[{"permission":"tenants:manage"}]})")) ==
        "403 grant-beyond permissions");
  auto load = administrator.ask("POST", "/v1/commands", R"({"command":"IssueServiceKey","data":)" + reading + "}\n",
                                {{"Content-Type", "application/x-ndjson"}});
  CHECK(load.body.find("is asked for by itself") != std::string::npos);
}

TEST_CASE("a key with an expiry is good until then") {
  ManualClock clock(Instant::now());
  events::engine::EngineOptions engine;
  engine.clock = &clock;
  TestService service(with_issuer(), engine);
  auto operators = service.client(bearing(token("olga")));
  auto tenant = created(operators.post("/v1/tenants", R"({"slug":"oak","name":"Oak","timezone":"Europe/London"})"));
  auto head = created(service.client({{"Authorization", "Bearer " + token("olga")}, {"X-Tenant", "oak"}})
                          .post("/v1/administrators", R"({"login":"head@oak.example","name":"The head"})"));
  auto start = clock.now();
  json wanted = json::parse(reading);
  wanted["expiresAt"] = "2100-01-01T00:00:00.000Z";
  auto issued = service.client(bearing(token(head, tenant))).post("/v1/service-keys", wanted.dump());
  REQUIRE(issued.status == 201);
  auto program = service.client(bearing(at(issued, "/key")));
  CHECK(program.get("/v1/students").status == 200);
  clock.set({4'102'444'800'000});
  CHECK(problem(program.get("/v1/students")) == "401 token-refused Authorization");
  clock.set(start);
}

TEST_CASE("an invitation is told once, to who may invite, and by an operator for a first administrator alone") {
  School school;
  auto operators = school.client({{"Authorization", "Bearer " + token("olga")}, {"X-Tenant", "oak"}});
  auto first = operators.post("/v1/administrators/" + school.head + "/invitation", "");
  REQUIRE(first.status == 200);
  CHECK(at(first, "/invitation").starts_with("tnt_invitation_"));

  auto administrator = school.administrator();
  auto ben = created(administrator.post("/v1/users", R"({"login":"ben","name":"Ben"})"));
  auto invited = administrator.post("/v1/users/" + ben + "/invitation", "{}");
  REQUIRE(invited.status == 200);
  CHECK(at(invited, "/invitation").starts_with("tnt_invitation_"));
  CHECK(problem(operators.post("/v1/users/" + ben + "/invitation", "{}")) == "403 permission-missing");
  CHECK(problem(operators.post("/v1/administrators/" + ben + "/invitation", "{}")) == "409 user-not-activated");

  auto credentials = administrator.get("/v1/users/" + ben + "/credentials");
  REQUIRE(credentials.status == 200);
  CHECK(at(credentials, "/id") == ben);
  CHECK_FALSE(at(credentials, "/invitation/id").empty());
  CHECK(credentials.body.find(at(invited, "/invitation")) == std::string::npos);
}

TEST_CASE("the server has a signing key of its own, which operators exchange") {
  School school;
  auto operators = school.operators();
  auto added = operators.post("/v1/signing-keys", "");
  REQUIRE(added.status == 201);
  CHECK(operators.post("/v1/signing-keys/" + at(added, "/id") + "/retire", "").status == 200);
  CHECK(problem(operators.post("/v1/signing-keys/" + id_of(9) + "/retire", "")) == "404 signing-key-unknown id");
  CHECK(problem(school.administrator().post("/v1/signing-keys", "")) == "403 permission-missing");
}

TEST_CASE("an operator's key does what operators may, and nothing after it was revoked") {
  School school;
  auto issued = school.operators().post("/v1/operator-keys", R"({"name":"Olga"})");
  REQUIRE(issued.status == 201);
  auto olga = school.client(bearing(at(issued, "/key")));
  auto made = olga.post("/v1/tenants", R"({"slug":"elm","name":"Elm","timezone":"Europe/London"})");
  CHECK(made.status == 201);
  CHECK(olga.get("/v1/tenants").status == 200);
  CHECK(problem(olga.get("/v1/students", {{"X-Tenant", "oak"}})) == "403 permission-missing");
  CHECK(problem(school.administrator().post("/v1/operator-keys", R"({"name":"Eve"})")) == "403 permission-missing");
  REQUIRE(school.operators().post("/v1/operator-keys/" + at(issued, "/id") + "/revoke", "").status == 200);
  CHECK(problem(olga.get("/v1/tenants")) == "403 operator-key-revoked");
  CHECK(problem(olga.post("/v1/tenants", R"({"slug":"ash","name":"Ash","timezone":"Europe/London"})")) ==
        "403 operator-key-revoked");
}

TEST_CASE("a server without a vault says so, and issues nothing") {
  TestService service;
  auto client = service.tenant("oak");
  CHECK(problem(client.post("/v1/service-keys", reading)) == "409 issues-nothing");
  CHECK(at(client.get("/v1/service-keys"), "/items") == "[]");
}

TEST_CASE("keys go on after a restart, and a vault whose keys are gone is not opened") {
  School school;
  auto issued = school.administrator().post("/v1/service-keys", reading);
  school.restart();
  CHECK(school.with_key(at(issued, "/key")).get("/v1/students").status == 200);
}
