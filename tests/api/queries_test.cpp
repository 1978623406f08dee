#include <catch2/catch.hpp>
#include <chrono>
#include <future>
#include <set>

#include "tests/api/test_service.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

// Every page from a target on, as the ids of its items.
std::vector<std::string> all_ids(HttpClient& client, std::string target) {
  std::vector<std::string> ids;
  while (!target.empty()) {
    auto page = client.get(target);
    REQUIRE(page.status == 200);
    for (std::size_t each = 0; each < size_at(page, "/items"); ++each) {
      ids.push_back(at(page, "/items/" + std::to_string(each) + "/id"));
    }
    target = next(page);
    CHECK(target.empty() == at(page, "/next").empty());
  }
  return ids;
}

std::string load_of_students(unsigned count) {
  std::string body;
  for (unsigned number = 1; number <= count; ++number) {
    body += R"({"command":"RegisterStudent","data":)" + student("S" + std::to_string(number), id_of(number)) + "}\n";
  }
  return body;
}

}  // namespace

TEST_CASE("lists of more than a page hold every row once, in any page size") {
  TestService service;
  auto client = service.tenant("school");
  auto loaded = client.post("/v1/commands", load_of_students(430), {{"Content-Type", "application/x-ndjson"}});
  REQUIRE(loaded.status == 200);
  for (std::string limit : {"?limit=200", "?limit=7", ""}) {
    auto ids = all_ids(client, "/v1/students" + limit);
    REQUIRE(ids.size() == 430);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == 430);
    CHECK(std::ranges::is_sorted(ids));
  }
  auto exact = client.get("/v1/students?limit=200&cursor=" + at(client.get("/v1/students?limit=30"), "/next"));
  CHECK(at(exact, "/items/0/id") == id_of(31));
}

TEST_CASE("a cursor of another list, or one that was tampered with, is refused") {
  TestService service;
  auto client = service.tenant("school");
  client.post("/v1/commands", load_of_students(3), {{"Content-Type", "application/x-ndjson"}});
  std::string cursor = at(client.get("/v1/students?limit=1"), "/next");
  REQUIRE_FALSE(cursor.empty());
  CHECK(problem(client.get("/v1/teachers?cursor=" + cursor)) == "400 parameter-malformed cursor");
  CHECK(problem(client.get("/v1/students?cursor=" + cursor + "A")) == "400 parameter-malformed cursor");
  CHECK(problem(client.get("/v1/students?cursor=%21")) == "400 parameter-malformed cursor");
  CHECK(problem(client.get("/v1/students?cursor=")) == "400 parameter-malformed cursor");
  CHECK(problem(client.get("/v1/students?number=S1&cursor=" + cursor)) == "400 parameter-malformed cursor");
}

TEST_CASE("a cursor is good for the list and the tenant that gave it, and for no other") {
  TestService service;
  auto one = service.tenant("one1");
  auto two = service.tenant("two2");
  for (HttpClient* client : {&one, &two}) {
    client->post("/v1/commands", load_of_students(3), {{"Content-Type", "application/x-ndjson"}});
    REQUIRE(client->patch("/v1/students/" + id_of(1), R"({"givenName":"Eve"})").status == 200);
  }
  std::string cursor = at(one.get("/v1/students?limit=1"), "/next");
  CHECK(at(one.get("/v1/students?cursor=" + cursor), "/items/0/id") == id_of(2));
  CHECK(problem(two.get("/v1/students?cursor=" + cursor)) == "400 parameter-malformed cursor");
  std::string history = "/v1/students/" + id_of(1) + "/history";
  std::string events = at(one.get(history + "?limit=1"), "/next");
  CHECK(size_at(one.get(history + "?cursor=" + events), "/items") == 1);
  CHECK(problem(two.get(history + "?cursor=" + events)) == "400 parameter-malformed cursor");
  CHECK(problem(one.get("/v1/students/" + id_of(2) + "/history?cursor=" + events)) == "400 parameter-malformed cursor");
  std::string tenants = at(one.get("/v1/tenants?limit=1"), "/next");
  CHECK(size_at(two.get("/v1/tenants?cursor=" + tenants), "/items") == 1);
}

TEST_CASE("a unique value finds its one holder") {
  TestService service;
  auto client = service.tenant("school");
  open_class(client);
  created(client.post("/v1/students", student("S 1+ä", id_of(1))));
  created(client.post("/v1/teachers", student("T1", id_of(2))));
  CHECK(at(client.get("/v1/students?number=S%201%2B%C3%A4"), "/items/0/id") == id_of(1));
  CHECK(at(client.get("/v1/teachers?number=T1"), "/items/0/id") == id_of(2));
  CHECK(at(client.get("/v1/courses?code=MATH"), "/items/0/title") == "Mathematics");
  CHECK(at(client.get("/v1/terms?name=Spring"), "/items/0/startsOn") == "2026-01-01");
  CHECK(size_at(client.get("/v1/students?number=S2"), "/items") == 0);
  CHECK(problem(client.get("/v1/students?number=S1&limit=abc")) == "400 parameter-malformed limit");
}

TEST_CASE("a unique value is found as one writes it, and what looks alike is one value") {
  TestService service;
  auto client = service.tenant("school");
  open_class(client);
  created(client.post("/v1/students", student(" S-1\u00a0", id_of(1))));
  created(client.post("/v1/teachers", student("\u00c9-1", id_of(2))));
  CHECK(at(client.get("/v1/students/" + id_of(1)), "/number") == "S-1");
  for (const char* alike : {"S-1", "S-1%20", "%20S-1", "S-1%C2%A0", "%EF%BB%BFS-1", "S%E2%80%8B-1"}) {
    CAPTURE(alike);
    CHECK(at(client.get(std::string{"/v1/students?number="} + alike), "/items/0/id") == id_of(1));
  }
  CHECK(size_at(client.get("/v1/students?number=s-1"), "/items") == 0);
  CHECK(size_at(client.get("/v1/students?number=%20"), "/items") == 0);
  CHECK(problem(client.get("/v1/students?number=%FF")).starts_with("400 "));
  CHECK(at(client.get("/v1/teachers?number=E%CC%81-1"), "/items/0/id") == id_of(2));
  CHECK(at(client.get("/v1/courses?code=%20MATH%20"), "/items/0/title") == "Mathematics");
  CHECK(at(client.get("/v1/terms?name=Spring%E3%80%80"), "/items/0/startsOn") == "2026-01-01");
  CHECK(problem(client.post("/v1/students", student("S-1\u200b"))) == "409 student-number-taken number");
  CHECK(problem(client.post("/v1/teachers", student("E\u0301-1"))) == "409 teacher-number-taken number");
  CHECK(problem(client.post("/v1/courses", R"({"code":"MATH\u00a0","title":"M"})")) == "409 course-code-taken code");
  CHECK(problem(client.post("/v1/students", R"({"number":"S-2","givenName":"\u3000\u3000"})")) ==
        "422 text-blank givenName");
}

TEST_CASE("rosters, results and counts follow what was done") {
  TestService service;
  auto client = service.tenant("school");
  std::string room = open_class(client);
  std::string term = at(client.get("/v1/classes/" + room), "/termId");
  std::string course = at(client.get("/v1/classes/" + room), "/courseId");
  created(client.post("/v1/students", student("S1", id_of(1))));
  created(client.post("/v1/students", student("S2", id_of(2))));
  created(client.post("/v1/teachers", student("T1", id_of(3))));
  auto enrol = [&](const std::string& who) {
    return created(client.post("/v1/enrolments", R"({"classId":")" + room + R"(","studentId":")" + who + "\"}"));
  };
  std::string first = enrol(id_of(1)), second = enrol(id_of(2));
  std::string teaching = created(client.post(
      "/v1/teaching-assignments", R"({"classId":")" + room + R"(","teacherId":")" + id_of(3) + R"(","role":"lead"})"));
  std::string exam = created(
      client.post("/v1/assessments", R"({"classId":")" + room + R"(","title":"Exam","category":"exam","weight":100})"));
  std::string result = created(client.post(
      "/v1/results", R"({"assessmentId":")" + exam + R"(","studentId":")" + id_of(1) + R"(","score":78.5})"));
  REQUIRE(client.post("/v1/enrolments/" + first + "/complete", R"({"outcome":"pass"})").status == 200);
  REQUIRE(client.post("/v1/enrolments/" + second + "/withdraw", R"({"reason":"moved"})").status == 200);

  CHECK(all_ids(client, "/v1/classes/" + room + "/enrolments?limit=1").size() == 2);
  CHECK(all_ids(client, "/v1/students/" + id_of(1) + "/enrolments") == std::vector{first});
  CHECK(all_ids(client, "/v1/classes/" + room + "/teaching-assignments") == std::vector{teaching});
  CHECK(all_ids(client, "/v1/teachers/" + id_of(3) + "/teaching-assignments") == std::vector{teaching});
  CHECK(all_ids(client, "/v1/classes/" + room + "/assessments") == std::vector{exam});
  CHECK(all_ids(client, "/v1/assessments/" + exam + "/results") == std::vector{result});
  CHECK(all_ids(client, "/v1/students/" + id_of(1) + "/results") == std::vector{result});
  CHECK(all_ids(client, "/v1/terms/" + term + "/classes") == std::vector{room});
  CHECK(all_ids(client, "/v1/courses/" + course + "/classes") == std::vector{room});
  CHECK(problem(client.get("/v1/classes/" + id_of(99) + "/enrolments")) == "404 entity-unknown id");
  CHECK(problem(client.get("/v1/classes/" + id_of(99) + "/statistics")) == "404 entity-unknown id");

  auto counts = client.get("/v1/classes/" + room + "/statistics");
  CHECK(at(counts, "/registrations") == "2");
  CHECK(at(counts, "/passed") == "1");
  CHECK(at(counts, "/withdrawn") == "1");
  CHECK(at(client.get("/v1/statistics"), "/results") == "1");
  CHECK(at(client.get("/v1/results/" + result), "/score") == "78.5");
  CHECK(client.patch("/v1/results/" + result, R"({"score":null})").status == 200);
  CHECK(at(client.get("/v1/results/" + result), "/score").empty());
}

TEST_CASE("counts of a tenant that has done nothing are zero") {
  TestService service;
  auto client = service.tenant("school");
  CHECK(at(client.get("/v1/statistics"), "/students") == "0");
}

TEST_CASE("a query that sends a position sees at least that much") {
  TestService service;
  auto client = service.tenant("school");
  for (unsigned number = 1; number <= 50; ++number) {
    auto made = client.post("/v1/students", student("S" + std::to_string(number), id_of(number)));
    auto got = client.get("/v1/students/" + id_of(number), {{"Tenantry-Position", header(made, "tenantry-position")}});
    REQUIRE(got.status == 200);
    CHECK(std::stoull(header(got, "tenantry-position")) >= std::stoull(header(made, "tenantry-position")));
  }
}

TEST_CASE("a query waits for a position that is still to come") {
  TestService service;
  auto client = service.tenant("school");
  auto waiting = std::async(std::launch::async, [&] {
    auto reader = service.client({{"X-Tenant", "school"}});
    return reader.get("/v1/students/" + id_of(1), {{"Tenantry-Position", "2"}});
  });
  // The reader waits, or has not come yet: either way it must be answered with the row.
  created(client.post("/v1/students", student("S1", id_of(1))));
  auto got = waiting.get();
  CHECK(got.status == 200);
  CHECK(header(got, "tenantry-position") == "2");
}

TEST_CASE("a position that does not come in time is a problem to try again after") {
  api::ServiceOptions options;
  options.position_wait_timeout_ms = 50;
  options.position_waiters_max = 1;
  TestService service(options);
  auto client = service.tenant("school");
  auto late = client.get("/v1/students", {{"Tenantry-Position", "99"}});
  CHECK(problem(late) == "503 position-not-reached Tenantry-Position");
  CHECK(header(late, "retry-after") == "1");
  CHECK(client.get("/v1/students", {{"Tenantry-Position", "1"}}).status == 200);
}

TEST_CASE("what is wrong with a query is said before it waits for a position") {
  api::ServiceOptions options;
  options.position_wait_timeout_ms = 50;
  TestService service(options);
  auto client = service.tenant("school");
  auto get = [&](const std::string& target, Headers headers = {}) {
    headers.emplace_back("Tenantry-Position", "18446744073709551615");
    return problem(client.get(target, headers));
  };
  CHECK(get("/v1/students?limit=0") == "400 parameter-malformed limit");
  CHECK(get("/v1/students?cursor=x") == "400 parameter-malformed cursor");
  CHECK(get("/v1/students?number=1&cursor=x") == "400 parameter-malformed cursor");
  CHECK(get("/v1/students/7") == "400 parameter-malformed id");
  CHECK(get("/v1/students/" + id_of(1), {{"If-None-Match", "2"}}) == "400 header-malformed If-None-Match");
  CHECK(get("/v1/tenant", {{"If-None-Match", "2"}}) == "400 header-malformed If-None-Match");
  CHECK(get("/v1/students/" + id_of(1) + "/enrolments?limit=x") == "400 parameter-malformed limit");
  CHECK(get("/v1/students/7/enrolments") == "400 parameter-malformed id");
  CHECK(get("/v1/students/" + id_of(1) + "/history?limit=x") == "400 parameter-malformed limit");
  CHECK(get("/v1/tenants/school/history?cursor=x") == "400 parameter-malformed cursor");
  CHECK(get("/v1/classes/7/statistics") == "400 parameter-malformed id");
  CHECK(get("/v1/audit/events?after=x") == "400 parameter-malformed after");
  CHECK(get("/v1/audit/events?from=x") == "400 parameter-malformed from");
  CHECK(get("/v1/audit/events?limit=2", {{"Accept", "text/event-stream"}}) == "400 parameter-malformed limit");
  CHECK(get("/v1/audit/events", {{"Accept", "image/png"}}) == "406 not-acceptable Accept");
  CHECK(get("/v1/students", {{"If-Match", "2"}}) == "400 header-malformed If-Match");
  CHECK(get("/v1/students") == "503 position-not-reached Tenantry-Position");
}

TEST_CASE("a collection is listed by a value, page by page, and follows what changes") {
  TestService service;
  auto school = service.tenant("oak");
  auto class_id = open_class(school, 100);
  std::vector<std::string> active, withdrawn;
  for (int number = 0; number < 7; ++number) {
    auto pupil = created(school.post("/v1/students", student(std::to_string(number), id_of(100 + number))));
    auto body =
        R"({"id":")" + id_of(200 + number) + R"(","classId":")" + class_id + R"(","studentId":")" + pupil + "\"}";
    auto enrolment = created(school.post("/v1/enrolments", body));
    if (number % 3 == 1) {
      REQUIRE(school.post("/v1/enrolments/" + enrolment + "/withdraw", "{}").status == 200);
      withdrawn.push_back(enrolment);
    } else {
      active.push_back(enrolment);
    }
  }
  CHECK(all_ids(school, "/v1/enrolments?status=active&limit=2") == active);
  CHECK(all_ids(school, "/v1/enrolments?limit=2&status=withdrawn") == withdrawn);
  CHECK(all_ids(school, "/v1/enrolments?status=completed").empty());
  REQUIRE(school.post("/v1/enrolments/" + withdrawn[0] + "/re-enrol", "{}").status == 200);
  CHECK(all_ids(school, "/v1/enrolments?status=withdrawn") == std::vector{withdrawn[1]});
  for (unsigned number = 1; number <= 3; ++number) {
    created(school.post("/v1/teachers", student(std::to_string(number), id_of(number))));
  }
  REQUIRE(school.post("/v1/teachers/" + id_of(2) + "/deactivate", "{}").status == 200);
  CHECK(all_ids(school, "/v1/teachers?active=false") == std::vector{id_of(2)});
  CHECK(all_ids(school, "/v1/teachers?active=true&limit=1") == std::vector{id_of(1), id_of(3)});
  CHECK(at(school.get("/v1/enrolments?status=active&limit=1"), "/items/0/status") == "active");
  auto document = service.client().get("/openapi.json").body;
  CHECK(document.find(R"({"type":"string","enum":["active","withdrawn","completed"]})") != std::string::npos);
}

TEST_CASE("a filter that cannot be is refused by its name") {
  TestService service;
  auto school = service.tenant("oak");
  CHECK(problem(school.get("/v1/enrolments?status=gone")) == "400 parameter-malformed status");
  CHECK(problem(school.get("/v1/enrolments?status=")) == "400 parameter-malformed status");
  CHECK(problem(school.get("/v1/enrolments?status=Active")) == "400 parameter-malformed status");
  CHECK(problem(school.get("/v1/enrolments?status=active&status=active")) == "400 parameter-malformed status");
  CHECK(problem(school.get("/v1/teachers?active=1")) == "400 parameter-malformed active");
  CHECK(problem(school.get("/v1/teachers?number=1&active=true")) == "400 parameter-malformed active");
  CHECK(school.get("/v1/enrolments?status=gone").body.find("active, withdrawn, completed") != std::string::npos);
  for (int number = 0; number < 3; ++number) created(school.post("/v1/teachers", student(std::to_string(number))));
  auto cursor = at(school.get("/v1/teachers?active=true&limit=1"), "/next");
  REQUIRE_FALSE(cursor.empty());
  CHECK(school.get("/v1/teachers?active=true&cursor=" + cursor).status == 200);
  CHECK(problem(school.get("/v1/teachers?active=false&cursor=" + cursor)) == "400 parameter-malformed cursor");
  CHECK(problem(school.get("/v1/teachers?cursor=" + cursor)) == "400 parameter-malformed cursor");
}
