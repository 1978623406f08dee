// Conditional requests (RFC 9110 section 13), and what may be kept of answers: no tenant's answer passes for another's.
#include <catch2/catch.hpp>

#include "api/request/conditional.hpp"
#include "api/routes/table.hpp"
#include "tests/api/test_service.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

const std::string long_ago = "Sun, 06 Nov 1994 08:49:37 GMT";
const std::string far_ahead = "Sun, 06 Nov 2094 08:49:37 GMT";

std::string tag_of(HttpClient& client, const std::string& target) {
  return header(client.get(target), "etag");
}

// A tenant with one student, and the student's address.
struct School {
  TestService service;
  HttpClient client = service.tenant("school");
  std::string target = "/v1/students/" + id_of(1);

  School() { created(client.post("/v1/students", student("S1", id_of(1)))); }

  // What a correction to another name is answered under these headers.
  Answer correct(const Headers& headers) {
    return client.patch(target, R"({"givenName":"A)" + std::to_string(++corrections_) + "\"}", headers);
  }
  std::string refusal(const Headers& headers) {
    auto before = tag_of(client, target);
    auto answered = problem(correct(headers));
    CHECK(tag_of(client, target) == before);
    return answered;
  }

 private:
  int corrections_ = 0;
};

}  // namespace

TEST_CASE("the tags of two tenants differ though their versions are equal, and neither passes for the other") {
  TestService service;
  auto one = service.tenant("one1"), two = service.tenant("two2");
  for (HttpClient* client : {&one, &two}) created(client->post("/v1/students", student("S1", id_of(1))));
  std::string target = "/v1/students/" + id_of(1);
  std::string first = tag_of(one, target), second = tag_of(two, target);
  CHECK(first.starts_with("\"2-"));
  CHECK(second.starts_with("\"2-"));
  CHECK(first.size() == std::string("\"2-9f86d081884c7d65\"").size());
  CHECK(first != second);
  CHECK(one.get(target, {{"If-None-Match", first}}).status == 304);
  CHECK(two.get(target, {{"If-None-Match", first}}).status == 200);
  auto other = [&](const Headers& headers) { return problem(two.patch(target, R"({"givenName":"Eve"})", headers)); };
  CHECK(other({{"If-Match", first}}) == "412 precondition-failed If-Match");
  CHECK(two.patch(target, R"({"givenName":"Eve"})", {{"If-Match", second}}).status == 200);
}

TEST_CASE("every answer that may name a tenant says whose it is and that it is to be asked for again") {
  TestService service;
  auto client = service.tenant("school");
  created(client.post("/v1/students", student("S1", id_of(1))));
  auto kept = [](const Answer& answered) {
    return header(answered, "vary") + " | " + header(answered, "cache-control");
  };
  const std::string privately = "Authorization, X-Tenant, X-Role | private, no-cache";
  for (const api::Route& route : api::route_table({})) {
    std::string method{api::http::name_of(route.method)}, target{route.pattern};
    for (auto open = target.find('{'); open != std::string::npos; open = target.find('{')) {
      target.replace(open, target.find('}') - open + 1, id_of(1));
    }
    INFO(method << ' ' << target);
    auto answered = client.ask(method, target, "", {});
    auto nobody = service.client({{"X-Tenant", "nobody"}});
    auto unknown = nobody.ask(method, target, "", {});
    bool is_kept_by_nobody = route.keeping == api::Keeping::never;
    if (!route.pattern.starts_with("/v1/") || is_kept_by_nobody) {
      bool is_momentary = target == "/livez" || target == "/readyz" || target == "/metrics" || is_kept_by_nobody;
      CHECK(kept(answered) == (is_momentary ? " | no-store" : "Authorization, X-Tenant, X-Role | no-cache"));
      continue;
    }
    std::string expected =
        route.pattern == "/v1/audit/events" ? "Authorization, X-Tenant, X-Role, Accept | private, no-cache" : privately;
    CHECK(kept(answered) == expected);
    CHECK(kept(unknown) == expected);
  }
  CHECK(kept(client.get("/v1/nonsense")) == privately);
  CHECK(kept(client.put("/v1/students", "{}")) == privately);
  CHECK(kept(client.get("/v1/students", {{"X-Tenant", "other"}})) == privately);
  CHECK(kept(client.get("/v1/students", {{"Host", "evil.example"}})) == privately);
  CHECK(kept(client.get("/v1/students", {{"X-Role", "king"}})) == privately);
  auto head = client.ask("HEAD", "/v1/students/" + id_of(1), "", {});
  CHECK(kept(head) == privately);
  auto unchanged = client.get("/v1/students/" + id_of(1), {{"If-None-Match", header(head, "etag")}});
  CHECK(unchanged.status == 304);
  CHECK(kept(unchanged) == privately);
  CHECK(header(unchanged, "etag") == header(head, "etag"));
  CHECK(header(unchanged, "last-modified") == header(head, "last-modified"));
  CHECK(header(unchanged, "tenantry-position") == header(head, "tenantry-position"));
  CHECK_FALSE(header(unchanged, "date").empty());
  CHECK(header(unchanged, "content-type").empty());
}

TEST_CASE("a version that the client has is not sent again") {
  School school;
  auto& client = school.client;
  std::string own = tag_of(client, school.target), other = "\"1" + own.substr(2);
  for (const std::string& tags : {own, "W/" + own, other + ", " + own, other + ",," + own + " ,", std::string{"*"}}) {
    CAPTURE(tags);
    auto got = client.get(school.target, {{"If-None-Match", tags}});
    CHECK(got.status == 304);
    CHECK(got.body.empty());
    CHECK(header(got, "etag") == own);
    CHECK(client.ask("HEAD", school.target, "", {{"If-None-Match", tags}}).status == 304);
  }
  CHECK(client.get(school.target, {{"If-None-Match", other}}).status == 200);
  CHECK(client.get(school.target, {{"If-None-Match", "\"2\""}}).status == 200);
  CHECK(client.get(school.target, {{"If-None-Match", "\"a,b\""}}).status == 200);
  CHECK(client.get(school.target, {{"If-None-Match", other}, {"If-None-Match", own}}).status == 304);
  for (const char* malformed : {"2", "\"2", "*, \"2\"", "", ",", "\"a\" \"b\"", "w/\"2\"", "\"a\x09\""}) {
    CAPTURE(malformed);
    CHECK(problem(client.get(school.target, {{"If-None-Match", malformed}})) == "400 header-malformed If-None-Match");
  }
}

TEST_CASE("a read holds to the dates and tags that it is asked under, in the standard's order") {
  School school;
  auto& client = school.client;
  std::string own = tag_of(client, school.target);
  std::string modified = header(client.get(school.target), "last-modified");
  auto status = [&](const Headers& headers) { return client.get(school.target, headers).status; };
  CHECK(status({{"If-Modified-Since", modified}}) == 304);
  CHECK(status({{"If-Modified-Since", far_ahead}}) == 304);
  CHECK(status({{"If-Modified-Since", long_ago}}) == 200);
  CHECK(status({{"If-Modified-Since", "yesterday"}}) == 200);
  CHECK(status({{"If-Modified-Since", far_ahead}, {"If-None-Match", "\"x\""}}) == 200);
  CHECK(status({{"If-Modified-Since", long_ago}, {"If-None-Match", own}}) == 304);
  CHECK(status({{"If-Unmodified-Since", modified}}) == 200);
  CHECK(status({{"If-Unmodified-Since", "yesterday"}}) == 200);
  CHECK(problem(client.get(school.target, {{"If-Unmodified-Since", long_ago}})) ==
        "412 precondition-failed If-Unmodified-Since");
  CHECK(status({{"If-Unmodified-Since", long_ago}, {"If-Match", own}}) == 200);
  CHECK(problem(client.get(school.target, {{"If-Match", "\"x\""}})) == "412 precondition-failed If-Match");
  CHECK(problem(client.get(school.target, {{"If-Match", "W/" + own}})) == "412 precondition-failed If-Match");
  CHECK(status({{"If-Match", "*"}}) == 200);
  CHECK(status({{"If-Match", own}, {"If-None-Match", own}}) == 304);
  // What would not be 2xx anyway is answered as it is (13.2.1).
  CHECK(problem(client.get("/v1/students/" + id_of(9), {{"If-Match", "\"x\""}})) == "404 entity-unknown id");
  CHECK(problem(client.get("/v1/students/" + id_of(9), {{"If-None-Match", "*"}})) == "404 entity-unknown id");
}

TEST_CASE("a read of what has no version of its own holds to conditions too") {
  School school;
  auto& client = school.client;
  for (const char* target : {"/v1/students", "/v1/statistics", "/v1/audit/events", "/v1/tenant/history"}) {
    CAPTURE(target);
    CHECK(client.get(target, {{"If-None-Match", "*"}}).status == 304);
    CHECK(client.get(target, {{"If-None-Match", "\"x\""}}).status == 200);
    CHECK(problem(client.get(target, {{"If-Match", "\"x\""}})) == "412 precondition-failed If-Match");
    CHECK(client.get(target, {{"If-Match", "*"}}).status == 200);
    CHECK(client.get(target, {{"If-Modified-Since", far_ahead}}).status == 200);
    CHECK(client.get(target, {{"If-Unmodified-Since", long_ago}}).status == 200);
  }
  Headers feed{{"Accept", "text/event-stream"}, {"If-None-Match", "*"}};
  CHECK(client.get("/v1/audit/events", feed).status == 304);
}

TEST_CASE("If-Match lets a command through at the versions that it names and no other") {
  School school;
  std::string first = tag_of(school.client, school.target);
  CHECK(school.correct({{"If-Match", first}}).status == 200);
  std::string second = tag_of(school.client, school.target);
  CHECK(school.refusal({{"If-Match", first}}) == "412 precondition-failed If-Match");
  CHECK(school.refusal({{"If-Match", "W/" + second}}) == "412 precondition-failed If-Match");
  CHECK(school.refusal({{"If-Match", "\"3\""}}) == "412 precondition-failed If-Match");
  CHECK(school.refusal({{"If-Match", "\"03" + second.substr(2)}}) == "412 precondition-failed If-Match");
  CHECK(school.refusal({{"If-Match", "3"}}) == "400 header-malformed If-Match");
  CHECK(school.refusal({{"If-Match", ""}}) == "400 header-malformed If-Match");
  auto told = at(school.correct({{"If-Match", "\"3\""}}), "/detail");
  CHECK(told == "the entity is at version 3; the tag of a version is \"{version}" + second.substr(2));
  CHECK(school.correct({{"If-Match", first + ", " + second}}).status == 200);
  std::string third = tag_of(school.client, school.target);
  CHECK(school.correct({{"If-Match", first}, {"If-Match", third}}).status == 200);
  CHECK(school.correct({{"If-Match", "*"}}).status == 200);
  CHECK(problem(school.client.patch("/v1/students/" + id_of(9), "{}", {{"If-Match", first}})) ==
        "404 student-unknown id");
}

TEST_CASE("If-Unmodified-Since and If-None-Match are held to on changes") {
  School school;
  std::string own = tag_of(school.client, school.target);
  std::string modified = header(school.client.get(school.target), "last-modified");
  CHECK(school.refusal({{"If-Unmodified-Since", long_ago}}) == "412 precondition-failed If-Unmodified-Since");
  CHECK(school.refusal({{"If-None-Match", "*"}}) == "412 precondition-failed If-None-Match");
  CHECK(school.refusal({{"If-None-Match", "\"x\", W/" + own}}) == "412 precondition-failed If-None-Match");
  CHECK(school.refusal({{"If-Match", own}, {"If-None-Match", own}}) == "412 precondition-failed If-None-Match");
  CHECK(school.correct({{"If-Unmodified-Since", modified}}).status == 200);
  CHECK(school.correct({{"If-Unmodified-Since", far_ahead}}).status == 200);
  CHECK(school.correct({{"If-Unmodified-Since", "yesterday"}}).status == 200);
  CHECK(school.correct({{"If-None-Match", own}}).status == 200);
  CHECK(school.correct({{"If-Modified-Since", far_ahead}}).status == 200);  // of reads alone
  // If-Match decides alone where both are given.
  CHECK(
      school.correct({{"If-Match", tag_of(school.client, school.target)}, {"If-Unmodified-Since", long_ago}}).status ==
      200);
  auto rename = [&](const Headers& headers) {
    return problem(school.client.post("/v1/tenants/school/rename", R"({"name":"New"})", headers));
  };
  CHECK(rename({{"If-None-Match", "*"}}) == "412 precondition-failed If-None-Match");
  CHECK(rename({{"If-Unmodified-Since", long_ago}}) == "412 precondition-failed If-Unmodified-Since");
}

TEST_CASE("what is to be created has no version: no condition on one holds, and that there is none does") {
  TestService service;
  auto client = service.tenant("school");
  auto create = [&](const Headers& headers) { return client.post("/v1/students", student("S1"), headers); };
  CHECK(problem(create({{"If-Match", "*"}})) == "412 precondition-failed If-Match");
  CHECK(problem(create({{"If-Match", "\"2\""}})) == "412 precondition-failed If-Match");
  CHECK(problem(create({{"If-Unmodified-Since", far_ahead}})) == "412 precondition-failed If-Unmodified-Since");
  CHECK(problem(client.post("/v1/students", "{", {{"If-Match", "*"}})) == "400 body-malformed");
  CHECK(size_at(client.get("/v1/students"), "/items") == 0);
  CHECK(create({{"If-None-Match", "*"}}).status == 201);
  const std::string tenant = R"({"slug":"other","name":"Other","timezone":"UTC"})";
  CHECK(problem(client.post("/v1/tenants", tenant, {{"If-Match", "*"}})) == "412 precondition-failed If-Match");
  CHECK(client.post("/v1/tenants", tenant, {{"If-None-Match", "*"}}).status == 201);
  CHECK(problem(client.put("/v1/tenants/other/creation", "", {{"If-None-Match", "*"}})) ==
        "400 header-malformed If-None-Match");
}

TEST_CASE("a repeated command is answered as the first time, though the version that it asked for is gone by itself") {
  School school;
  Headers headers{{"If-Match", tag_of(school.client, school.target)}, {"Idempotency-Key", "once"}};
  auto correct = [&] { return school.client.patch(school.target, R"({"givenName":"Eve"})", headers); };
  auto first = correct();
  CHECK(first.status == 200);
  auto again = correct();
  CHECK(again.status == 200);
  CHECK(again.body == first.body);
  CHECK(header(again, "idempotent-replayed") == "true");
}
