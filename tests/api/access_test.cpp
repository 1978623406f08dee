// Access by tokens, over HTTP: who is let in, to which tenant, and what each role may ask for.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "api/routes/table.hpp"
#include "domain/access/roles.hpp"
#include "events/catalog/catalog.hpp"
#include "tests/api/test_service.hpp"
#include "tests/support/raw_client.hpp"

using namespace tenantry;
using namespace tenantry::test;
using access::Role;
using api::Requirement;
using api::Route;
using api::tokens::Claims;
using api::tokens::PrivateKey;
using api::tokens::SignatureAlgorithm;
using nlohmann::json;

namespace {

const PrivateKey key = PrivateKey::generate(SignatureAlgorithm::es256);
const PrivateKey development_key = PrivateKey::generate(SignatureAlgorithm::eddsa);
const std::string audience = "https://api.example";

Claims claims(const std::string& subject, const std::string& tenant = "") {
  std::int64_t now_s = Instant::now().unix_ms / 1000;
  Claims made{.issuer = "https://id.example",
              .subject = subject,
              .audience = {audience},
              .expires_at_s = now_s + 600,
              .issued_at_s = now_s,
              .token_id = "t1",
              .client_id = "console",
              .session = "s1"};
  if (!tenant.empty()) made.tenant = tenant;
  return made;
}

api::tokens::KeySet keys_of(const PrivateKey& key) {
  return api::tokens::KeySet::make({{.key_id = "k", .key = key.public_key()}}).value();
}
std::string token(const Claims& claims) {
  return issue_access_token(claims, "tenant", "k", claims.issuer == "development" ? development_key : key);
}
Headers bearing(const std::string& token) {
  return {{"Authorization", "Bearer " + token}};
}

api::ServiceOptions with_tokens() {
  api::ServiceOptions options;
  options.authentication.issuers = {
      {.rules = {.issuer = "https://id.example", .audience = audience}, .keys = keys_of(key), .operators = {"olga"}},
      {.rules = {.issuer = "development", .audience = audience},
       .keys = keys_of(development_key),
       .is_of_development = true}};
  return options;
}

struct Access : TestService {
  Access() : TestService(with_tokens()) {}

  HttpClient system(const std::string& tenant = "") {
    Claims system = claims("system");
    system.issuer = "development";
    Headers standing = bearing(token(system));
    if (!tenant.empty()) standing.emplace_back("X-Tenant", tenant);
    return client(std::move(standing));
  }
  HttpClient by(const Claims& claims) { return client(bearing(token(claims))); }
  HttpClient operator_client() { return by(claims("olga")); }

  // Answers the tenant's id.
  std::string make_tenant(const std::string& slug) {
    return created(operator_client().post(
        "/v1/tenants", json{{"slug", slug}, {"name", "School"}, {"timezone", "Europe/London"}}.dump()));
  }
  std::string user(const std::string& tenant, const std::string& login, const json& role) {
    auto client = system(tenant);
    auto id = created(client.post("/v1/users", json{{"login", login}, {"name", login}}.dump()));
    REQUIRE(client.post("/v1/users/" + id + "/activate", "{}").status == 200);
    if (!role.is_null()) REQUIRE(client.post("/v1/users/" + id + "/grant-role", role.dump()).status == 200);
    return id;
  }
};

// A path of the route about nothing that is there, but for the tenant.
std::string path_of(const Route& route, const std::string& tenant) {
  std::string path = route.pattern;
  for (auto place = path.find('{'); place != std::string::npos; place = path.find('{')) {
    std::size_t end = path.find('}', place);
    bool is_tenant = route.tenant == api::NamedBy::path;
    path.replace(place, end - place + 1, is_tenant ? tenant : id_of(999));
  }
  return path;
}

Answer ask(HttpClient client, const Route& route, const std::string& tenant) {
  Headers headers;
  std::string body;
  if (route.method != api::http::Method::get) {
    bool is_load = route.answer.kind == api::AnswerShape::Kind::lines;
    headers.emplace_back("Content-Type", is_load ? "application/x-ndjson" : "application/json");
    body = is_load || route.body_bytes_max == 0 ? "" : "{}";
  }
  return client.ask(std::string{api::http::name_of(route.method)}, path_of(route, tenant), body, headers);
}

}  // namespace

TEST_CASE("nobody is let in without an access token of a configured issuer, whatever tenant is named") {
  Access service;
  auto tenant = service.make_tenant("oak");
  auto missing = service.client().get("/v1/tenant", {{"X-Tenant", "oak"}});
  CHECK(problem(missing) == "401 token-missing Authorization");
  CHECK(header(missing, "www-authenticate") == "Bearer");
  CHECK(header(missing, "vary").find("Authorization") != std::string::npos);
  auto with = [&](const std::string& authorization) {
    auto answer = service.client({{"Authorization", authorization}}).get("/v1/tenant", {{"X-Tenant", "oak"}});
    if (answer.status == 401) CHECK(header(answer, "www-authenticate") == "Bearer error=\"invalid_token\"");
    return problem(answer);
  };
  const std::string refused = "401 token-refused Authorization";
  CHECK(with("Bearer x") == refused);
  CHECK(with("Basic " + token(claims("ada", tenant))) == refused);
  CHECK(with("Bearer  " + token(claims("ada", tenant))) == refused);
  Claims wrong = claims("ada", tenant);
  wrong.expires_at_s = wrong.issued_at_s - 1;
  CHECK(with("Bearer " + token(wrong)) == refused);
  wrong = claims("ada", tenant);
  wrong.issuer = "https://other.example";
  CHECK(with("Bearer " + token(wrong)) == refused);
  Claims of_other_audience = claims("ada", tenant);
  of_other_audience.audience = {"https://other.example"};
  CHECK(with("Bearer " + token(of_other_audience)) == refused);
  CHECK(with("Bearer " + issue_access_token(claims("ada", tenant), "tenant", "k", development_key)) == refused);
  CHECK(with("Bearer " + token(claims("nobody"))) == refused);      // no operator
  CHECK(with("Bearer " + token(claims("system"))) == refused);      // not of development
  CHECK(with("Bearer " + token(claims("ada", "oak"))) == refused);  // no id
  for (const char* path : {"/livez", "/readyz", "/openapi.json", "/problems"}) {
    CHECK(service.client().get(path).status == 200);
    CHECK(service.client(bearing("x")).get(path).status == 200);
  }
  for (const char* path : {"/metrics", "/v1/cluster", "/v1/quarantine", "/asyncapi.json", "/v1/tenants"}) {
    CHECK(problem(service.client().get(path)) == "401 token-missing Authorization");
    CHECK(service.operator_client().get(path).status == 200);
  }
}

TEST_CASE("headers that say who asks are refused once tokens do") {
  Access service;
  auto tenant = service.make_tenant("oak");
  auto id = service.user(tenant, "ada", {{"role", "registrar"}});
  auto client = service.by(claims(id, tenant));
  for (const char* name : {"X-Actor", "X-Role", "X-On-Behalf-Of"}) {
    CHECK(problem(client.get("/v1/tenant", {{name, "operator"}})) == "400 header-malformed " + std::string{name});
  }
  CHECK(client.get("/v1/tenant").status == 200);
}

TEST_CASE("each route is for whom its permission is, and for nobody else") {
  Access service;
  auto tenant = service.make_tenant("oak");
  auto other = service.make_tenant("ash");
  auto system = service.system(tenant);
  auto teacher = created(system.post("/v1/teachers", student("T1")));
  auto pupil = created(system.post("/v1/students", student("S1")));
  std::map<Role, Claims> users;
  std::map<Role, json> grants{{Role::administrator, {{"role", "administrator"}}},
                              {Role::registrar, {{"role", "registrar"}}},
                              {Role::teacher, {{"role", "teacher"}, {"teacherId", teacher}}},
                              {Role::student, {{"role", "student"}, {"studentId", pupil}}},
                              {Role::auditor, {{"role", "auditor"}}}};
  for (const auto& [role, grant] : grants) users[role] = claims(service.user(tenant, grant.at("role"), grant), tenant);
  Claims without = claims(service.user(tenant, "without", nullptr), tenant);
  Claims of_other = claims(service.user(other, "other", {{"role", "administrator"}}), other);
  auto is_denied = [](const Answer& answer) { return answer.status == 401 || answer.status == 403; };

  for (const Route& route : api::route_table({})) {
    if (route.pattern == "/v1/tenants/{id}/archive") continue;  // for good; asked at the end
    CAPTURE(route.pattern, static_cast<int>(route.method));
    const auto& [kind, permission] = route.requirement;
    bool is_open = kind == Requirement::Kind::nothing, is_for_all = kind == Requirement::Kind::principal;
    bool is_of_tenant = route.tenant == api::NamedBy::request || route.tenant == api::NamedBy::path;
    CHECK((ask(service.client({{"X-Tenant", "oak"}}), route, tenant).status == 401) == !is_open);
    for (const auto& [role, user] : users) {
      CAPTURE(static_cast<int>(role));
      auto rights = access::permissions_of(role);
      bool may = is_open || is_for_all || rights.anywhere.contains(permission) ||
                 (route.can_be_narrowed && rights.own.contains(permission));
      // Whether a command is about their own, its decision says: tests/projections/authorisation_test.cpp.
      if (!may && !route.command.empty() && rights.own.contains(permission)) continue;
      CHECK(is_denied(ask(service.by(user), route, tenant)) != may);
    }
    CHECK(is_denied(ask(service.by(without), route, tenant)) == !(is_open || is_for_all));
    bool for_operators = is_open || is_for_all || access::of_operators.contains(permission);
    CHECK(is_denied(ask(service.client([&] {
            Headers headers = bearing(token(claims("olga")));
            headers.emplace_back("X-Tenant", tenant);
            return headers;
          }()),
                        route, tenant)) == !for_operators);
    // A user of another tenant: whatever its rights there, and whether or not the tenant exists.
    if (!is_of_tenant || access::of_operators.contains(permission)) continue;
    Headers names_oak = bearing(token(of_other));
    names_oak.emplace_back("X-Tenant", "oak");
    CHECK(problem(ask(service.client(names_oak), route, tenant)) == "403 tenant-forbidden");
  }
}

TEST_CASE("a token is for one tenant, and tells nothing of what else there is") {
  Access service;
  auto oak = service.make_tenant("oak");
  auto ash = service.make_tenant("ash");
  Headers standing = bearing(token(claims(service.user(oak, "ada", {{"role", "administrator"}}), oak)));
  standing.emplace_back("X-Correlation-Id", "c");
  auto client = service.client(standing);
  for (const std::string& own : {std::string{"oak"}, oak, std::string{"OAK"}, std::string{"oak."}}) {
    CHECK(client.get("/v1/tenant", {{"X-Tenant", own}}).status == 200);
  }
  CHECK(client.get("/v1/tenant", {{"Host", "oak.localhost"}}).status == 200);
  auto forbidden = client.get("/v1/tenant", {{"X-Tenant", ash}});
  CHECK(problem(forbidden) == "403 tenant-forbidden");
  for (const Headers& names : std::vector<Headers>{{{"X-Tenant", "ash"}},
                                                   {{"X-Tenant", "unknown"}},
                                                   {{"X-Tenant", id_of(7)}},
                                                   {{"Host", "ash.localhost"}},
                                                   {{"Host", "unknown.localhost"}},
                                                   {{"Host", "ash.localhost"}, {"X-Tenant", "oak"}},
                                                   {{"X-Tenant", "no slug at all"}}}) {
    auto answer = client.get("/v1/tenant", names);
    CHECK(answer.status == 403);
    CHECK(answer.body == forbidden.body);
    CHECK(answer.headers.size() == forbidden.headers.size());
  }
  // One of a tenant that does not exist, or not any more.
  auto nowhere =
      service.client({{"Authorization", "Bearer " + token(claims("ada", id_of(7)))}, {"X-Correlation-Id", "c"}});
  CHECK(nowhere.get("/v1/tenant").body == forbidden.body);
}

TEST_CASE("a user is known by id or by login, and has what the roles say at this moment") {
  Access service;
  auto oak = service.make_tenant("oak");
  auto id = service.user(oak, "Ada@Oak.example", {{"role", "registrar"}});
  for (const char* subject : {"ada@oak.example", "ADA@oak.EXAMPLE"}) {
    CHECK(service.by(claims(subject, oak)).get("/v1/students").status == 200);
  }
  auto client = service.by(claims(id, oak));
  CHECK(client.get("/v1/students").status == 200);
  CHECK(problem(service.by(claims("ben@oak.example", oak)).get("/v1/students")) == "403 access-ended");
  CHECK(problem(service.by(claims(id_of(5), oak)).get("/v1/students")) == "403 access-ended");

  auto made = client.post("/v1/students", student("S1"));
  CHECK(made.status == 201);
  auto system = service.system(oak);
  auto events = system.get("/v1/students/" + at(made, "/id") + "/history");
  CHECK(at(events, "/items/0/authid") == id);
  CHECK(at(events, "/items/0/authtype") == "user");
  CHECK(json::parse(at(events, "/items/0/authclaims")) == json{{"client", "console"}, {"session", "s1"}});

  REQUIRE(system.post("/v1/users/" + id + "/revoke-role", R"({"role":"registrar"})").status == 200);
  CHECK(problem(client.get("/v1/students")) == "403 permission-missing");
  CHECK(problem(client.post("/v1/students", student("S2"))) == "403 permission-missing");
  REQUIRE(system.post("/v1/users/" + id + "/lock", R"({"reason":"lost key"})").status == 200);
  CHECK(problem(client.get("/v1/students")) == "403 access-ended");
}

TEST_CASE("scopes narrow a token") {
  Access service;
  auto oak = service.make_tenant("oak");
  Claims user = claims(service.user(oak, "ada", {{"role", "registrar"}}), oak);
  auto with_scope = [&](const std::string& scope) {
    user.scopes = api::tokens::Scopes::parse(scope).value();
    return service.by(user);
  };
  CHECK(with_scope("openid profile").get("/v1/students").status == 200);
  CHECK(with_scope("roster:read").get("/v1/students").status == 200);
  CHECK(problem(with_scope("roster:read").post("/v1/students", student("S1"))) == "403 permission-missing");
  CHECK(problem(with_scope("openid tenant:read").get("/v1/students")) == "403 permission-missing");
  CHECK(problem(with_scope("roster:read access:manage").get("/v1/users")) == "403 permission-missing");
}

TEST_CASE("a forbidden line of a load is refused by itself") {
  Access service;
  auto oak = service.make_tenant("oak");
  auto client = service.by(claims(service.user(oak, "ada", {{"role", "registrar"}}), oak));
  auto loaded = client.ask("POST", "/v1/commands",
                           R"({"command":"RegisterStudent","data":)" + student("S1") + "}\n" +
                               R"({"command":"InviteUser","data":{"login":"eve","name":"Eve"}})" + "\n" +
                               R"({"command":"SuspendTenant","data":{"id":")" + oak + R"(","reason":"x"}})" + "\n" +
                               R"({"command":"RegisterStudent","data":)" + student("S2") + "}\n",
                           {{"Content-Type", "application/x-ndjson"}});
  REQUIRE(loaded.status == 200);
  std::vector<std::string> statuses;
  for (const std::string& line : lines(loaded.body)) statuses.push_back(at(line, "/status"));
  CHECK(statuses == std::vector<std::string>{"201", "403", "403", "201"});
  CHECK(service.system(oak).get("/v1/users?login=eve").body.find("eve") == std::string::npos);
}

TEST_CASE("an idempotency key is its user's own") {
  Access service;
  auto oak = service.make_tenant("oak");
  auto ada = service.by(claims(service.user(oak, "ada", {{"role", "registrar"}}), oak));
  auto ben = service.by(claims(service.user(oak, "ben", {{"role", "registrar"}}), oak));
  Headers keyed{{"Idempotency-Key", "k"}, {"Content-Type", "application/json"}};
  auto first = ada.ask("POST", "/v1/students", student("S1"), keyed);
  CHECK(first.status == 201);
  CHECK(ada.ask("POST", "/v1/students", student("S1"), keyed).body == first.body);
  CHECK(problem(ben.ask("POST", "/v1/students", student("S1"), keyed)) == "409 student-number-taken number");
  CHECK(problem(ben.ask("POST", "/v1/students", student("S2"), keyed)) == "422 idempotency-key-reused Idempotency-Key");
}

TEST_CASE("an open feed ends when its reader's role is taken away, before anything later, and when the token expires") {
  Access service;
  auto oak = service.make_tenant("oak");
  auto system = service.system(oak);
  auto id = service.user(oak, "ada", {{"role", "auditor"}});
  auto events_of = [&](const Claims& user, const std::function<void()>& meanwhile) {
    RawClient feed(service.port());
    feed.send(
        "GET /v1/audit/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer " +
        token(user) + "\r\n\r\n");
    std::string told;
    while (told.find("retry: 2000") == std::string::npos) told += feed.read_some();
    meanwhile();
    const std::string_view last_chunk = "\r\n0\r\n\r\n";
    for (std::string more = feed.read_some(); !more.empty(); more = feed.read_some()) {
      told += more;
      if (told.ends_with(last_chunk)) return told;
    }
    return "the feed did not end: " + told;
  };
  auto told = events_of(claims(id, oak), [&] {
    REQUIRE(system.post("/v1/students", student("S1")).status == 201);
    REQUIRE(system.post("/v1/users/" + id + "/revoke-role", R"({"role":"auditor"})").status == 200);
    REQUIRE(system.post("/v1/students", student("S2")).status == 201);
  });
  CHECK(told.find("text/event-stream") != std::string::npos);
  CHECK_FALSE(told.starts_with("the feed did not end"));
  CHECK(told.find("S2") == std::string::npos);
  CHECK(told.find("role-revoked") == std::string::npos);

  REQUIRE(system.post("/v1/users/" + id + "/grant-role", R"({"role":"auditor"})").status == 200);
  Claims brief = claims(id, oak);
  brief.expires_at_s = Instant::now().unix_ms / 1000 + 2;
  told = events_of(brief, [&] {
    REQUIRE(system.post("/v1/students", student("S3")).status == 201);
    std::this_thread::sleep_for(std::chrono::seconds(3));
    REQUIRE(system.post("/v1/students", student("S4")).status == 201);
  });
  CHECK_FALSE(told.starts_with("the feed did not end"));
  CHECK(told.find("S3") != std::string::npos);
  CHECK(told.find("S4") == std::string::npos);
}

TEST_CASE("an operator appoints a tenant's first administrator, who does the rest") {
  Access service;
  auto oak = service.make_tenant("oak");
  auto olga = service.operator_client();
  Headers for_oak{{"X-Tenant", "oak"}, {"Content-Type", "application/json"}};
  const std::string body = R"({"login":"ada@oak.example","name":"Ada"})";
  auto appointed = olga.ask("POST", "/v1/administrators", body, for_oak);
  auto id = created(appointed);
  CHECK(header(appointed, "location") == "/v1/users/" + id);
  CHECK(olga.ask("POST", "/v1/administrators", body, for_oak).status == 200);
  CHECK(problem(olga.ask("POST", "/v1/administrators", R"({"login":"eve","name":"Eve"})", for_oak)) ==
        "409 administrator-exists");
  auto ada = service.by(claims("ada@oak.example", oak));
  CHECK(problem(ada.post("/v1/administrators", body)) == "403 permission-missing");
  auto ben = created(ada.post("/v1/users", R"({"login":"ben","name":"Ben"})"));
  CHECK(ada.post("/v1/users/" + ben + "/activate", "{}").status == 200);
  CHECK(ada.post("/v1/users/" + ben + "/grant-role", R"({"role":"registrar"})").status == 200);
  CHECK(service.by(claims("ben", oak)).post("/v1/students", student("S1")).status == 201);
  CHECK(problem(ada.post("/v1/users/" + id + "/deactivate", R"({"reason":"left"})")) == "409 last-administrator id");
  CHECK(problem(olga.ask("POST", "/v1/users", body, for_oak)) == "403 permission-missing");
}

TEST_CASE("an operator reaches no tenant's data, and a suspended tenant keeps its users out") {
  Access service;
  auto oak = service.make_tenant("oak");
  auto olga = service.operator_client();
  CHECK(problem(olga.get("/v1/students", {{"X-Tenant", "oak"}})) == "403 permission-missing");
  CHECK(olga.get("/v1/tenants/oak").status == 200);
  auto user = service.by(claims(service.user(oak, "ada", {{"role", "registrar"}}), oak));
  CHECK(problem(user.get("/v1/tenants/oak")) == "403 permission-missing");
  REQUIRE(olga.post("/v1/tenants/oak/suspend", R"({"reason":"unpaid"})").status == 200);
  CHECK(problem(user.get("/v1/students")) == "403 tenant-suspended");
  CHECK(problem(user.post("/v1/students", student("S1"))) == "403 tenant-suspended");
}

// The model: whose each thing is, written down when it is made.
TEST_CASE("a teacher and a student are served what is their own, in every list, by every id, and nothing else") {
  Access service;
  auto oak = service.make_tenant("oak");
  auto system = service.system(oak);
  const std::string ann = "ann", bob = "bob", ada = "ada", ben = "ben", cleo = "cleo";
  std::map<std::string, std::set<std::string>> own;   // person -> ids
  std::map<std::string, std::set<std::string>> made;  // collection -> ids
  auto make = [&](const std::string& collection, const json& body, const std::vector<std::string>& owners) {
    auto id = created(system.post("/v1/" + collection, body.dump()));
    made[collection].insert(id);
    for (const std::string& each : owners) own[each].insert(id);
    return id;
  };
  const std::vector<std::string> everybody{ann, bob, ada, ben, cleo};
  auto term = make("terms", {{"name", "T"}, {"startsOn", "2026-01-01"}, {"endsOn", "2026-06-30"}}, everybody);
  auto course = make("courses", {{"code", "C"}, {"title", "C"}}, everybody);
  auto person = [&](const std::string& collection, const std::string& name, std::vector<std::string> owners) {
    return make(collection, json::parse(student(name)), owners);
  };
  // Ann teaches A, Bob taught A and teaches B; Ada is in A, Ben in A and B, Cleo in none.
  auto id_ann = person("teachers", ann, {ann, ada, ben}), id_bob = person("teachers", bob, {bob, ben});
  auto id_ada = person("students", ada, {ada, ann}), id_ben = person("students", ben, {ben, ann, bob});
  auto id_cleo = person("students", cleo, {cleo});
  auto class_of = [&](const std::string& name, const std::vector<std::string>& owners) {
    return make("classes",
                {{"courseId", course},
                 {"termId", term},
                 {"name", name},
                 {"capacity", 9},
                 {"startsOn", "2026-01-10"},
                 {"endsOn", "2026-06-20"}},
                owners);
  };
  auto a = class_of("A", {ann, ada, ben}), b = class_of("B", {bob, ben});
  make("teaching-assignments", {{"classId", a}, {"teacherId", id_ann}, {"role", "lead"}}, {ann, ada, ben});
  auto ended = make("teaching-assignments", {{"classId", a}, {"teacherId", id_bob}, {"role", "lead"}}, {ann, ada, ben});
  REQUIRE(system.post("/v1/teaching-assignments/" + ended + "/end", "{}").status == 200);
  make("teaching-assignments", {{"classId", b}, {"teacherId", id_bob}, {"role", "lead"}}, {bob, ben});
  make("enrolments", {{"classId", a}, {"studentId", id_ada}}, {ada, ann});
  make("enrolments", {{"classId", a}, {"studentId", id_ben}}, {ben, ann});
  make("enrolments", {{"classId", b}, {"studentId", id_ben}}, {ben, bob});
  auto exam = [&](const std::string& id, const std::vector<std::string>& owners) {
    return make("assessments", {{"classId", id}, {"title", "E"}, {"category", "e"}, {"weight", 1}}, owners);
  };
  auto in_a = exam(a, {ann, ada, ben}), in_b = exam(b, {bob, ben});
  make("results", {{"assessmentId", in_a}, {"studentId", id_ada}, {"score", 1}}, {ada, ann});
  make("results", {{"assessmentId", in_a}, {"studentId", id_ben}, {"score", 2}}, {ben, ann});
  make("results", {{"assessmentId", in_b}, {"studentId", id_ben}, {"score", 3}}, {ben, bob});

  std::map<std::string, json> grants{{ann, {{"role", "teacher"}, {"teacherId", id_ann}}},
                                     {bob, {{"role", "teacher"}, {"teacherId", id_bob}}},
                                     {ada, {{"role", "student"}, {"studentId", id_ada}}},
                                     {ben, {{"role", "student"}, {"studentId", id_ben}}},
                                     {cleo, {{"role", "student"}, {"studentId", id_cleo}}}};
  // Every page of a list, two at a time.
  auto listed = [](HttpClient& client, const std::string& path) {
    std::multiset<std::string> ids;
    std::string target = path + (path.find('?') == std::string::npos ? "?" : "&") + "limit=2";
    while (!target.empty()) {
      auto page = client.get(target);
      REQUIRE(page.status == 200);
      const json document = json::parse(page.body);
      for (const json& item : document.at("items")) ids.insert(item.at("id"));
      target = next(page);
    }
    return ids;
  };
  auto both = [](const std::set<std::string>& all, const std::set<std::string>& own) {
    std::multiset<std::string> ids;
    for (const std::string& id : all) {
      if (own.contains(id)) ids.insert(id);
    }
    return ids;
  };
  for (const auto& [name, grant] : grants) {
    CAPTURE(name);
    auto client = service.by(claims(service.user(oak, "login-" + name, grant), oak));
    for (const auto& [collection, ids] : made) {
      CAPTURE(collection);
      CHECK(listed(client, "/v1/" + collection) == both(ids, own[name]));
      for (const std::string& id : ids) {
        bool is_own = own[name].contains(id);
        const std::string path = "/v1/" + collection + '/' + id;
        CHECK(client.get(path).status == (is_own ? 200 : 404));
        CHECK(client.get(path + "/history").status == (is_own ? 200 : 404));
        if (collection == "classes") CHECK(client.get(path + "/statistics").status == (is_own ? 200 : 404));
      }
    }
    for (const std::string& id : made["classes"]) {
      for (const std::string members : {"enrolments", "assessments", "teaching-assignments"}) {
        std::string path = "/v1/classes/" + id + '/' + members;
        if (!own[name].contains(id)) {
          CHECK(client.get(path).status == 404);
          continue;
        }
        for (const std::string& each : listed(client, path)) CHECK(own[name].contains(each));
      }
    }
    for (const std::string status : {"active", "completed"}) {
      for (const std::string& each : listed(client, "/v1/enrolments?status=" + status)) CHECK(own[name].contains(each));
    }
    for (const std::string& number : {ada, ben, cleo}) {
      std::string id = number == ada ? id_ada : number == ben ? id_ben : id_cleo;
      CHECK(size_at(client.get("/v1/students?number=" + number), "/items") == (own[name].contains(id) ? 1 : 0));
    }
    CHECK(client.get("/v1/statistics").status == 200);
  }
}
