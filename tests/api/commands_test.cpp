#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/api/test_service.hpp"

using namespace tenantry::test;

TEST_CASE("a command creates, says where and at which position, and the entity is served") {
  TestService service;
  auto client = service.tenant("school");
  auto made = client.post("/v1/students", student("S1", id_of(1)));
  REQUIRE(made.status == 201);
  CHECK(header(made, "location") == "/v1/students/" + id_of(1));
  CHECK(header(made, "content-type") == "application/json");
  CHECK(header(made, "tenantry-position") == "2");
  CHECK(at(made, "/id") == id_of(1));
  CHECK(at(made, "/subject") == "students/" + id_of(1));
  CHECK(at(made, "/position") == "2");
  CHECK(at(made, "/events") == "1");

  auto got = client.get(header(made, "location"));
  REQUIRE(got.status == 200);
  CHECK(at(got, "/number") == "S1");
  CHECK(at(got, "/active") == "true");
  CHECK(header(got, "etag").starts_with("\"2-"));
  CHECK(header(got, "last-modified").ends_with(" GMT"));
  CHECK(header(got, "tenantry-position") == "2");
}

TEST_CASE("asking for what holds already answers 200, makes nothing and gives no location") {
  TestService service;
  auto client = service.tenant("school");
  client.post("/v1/students", student("S1", id_of(1)));
  auto again = client.post("/v1/students", student("S1", id_of(1)));
  CHECK(again.status == 200);
  CHECK(at(again, "/events") == "0");
  CHECK(at(again, "/position") == "2");
  CHECK(header(again, "location").empty());
}

TEST_CASE("what is registered or opened again with the same values holds, whatever became of it") {
  TestService service;
  auto client = service.tenant("school");
  for (std::string people : {"/v1/students", "/v1/teachers"}) {
    created(client.post(people, student("1", id_of(1))));
    CHECK(client.post(people + '/' + id_of(1) + "/deactivate", "").status == 200);
    auto again = client.post(people, student("1", id_of(1)));
    CHECK(again.status == 200);
    CHECK(at(again, "/events") == "0");
    CHECK(problem(client.post(people, student("2", id_of(1)))).ends_with("-exists id"));
    CHECK(client.patch(people + '/' + id_of(1), "{}").status == 200);
  }
  std::string room = open_class(client);
  auto there = client.get("/v1/classes/" + room);
  std::string same = R"({"id":")" + room + R"(","courseId":")" + at(there, "/courseId") + R"(","termId":")" +
                     at(there, "/termId") + R"(","name":")" + at(there, "/name") + R"(","capacity":10,"startsOn":")" +
                     at(there, "/startsOn") + R"(","endsOn":")" + at(there, "/endsOn") + "\"}";
  CHECK(client.post("/v1/classes/" + room + "/close", "").status == 200);
  auto again = client.post("/v1/classes", same);
  CHECK(again.status == 200);
  CHECK(at(again, "/events") == "0");
}

TEST_CASE("an assignment that changes or begins anew is answered 200 without a location, also when it is repeated") {
  TestService service;
  auto client = service.tenant("school");
  std::string room = open_class(client);
  created(client.post("/v1/teachers", student("T1", id_of(1))));
  auto assign = [&](const std::string& role, const std::string& id, const Headers& headers = {}) {
    return client.post("/v1/teaching-assignments",
                       R"({"id":")" + id + R"(","classId":")" + room + R"(","teacherId":")" + id_of(1) +
                           R"(","role":")" + role + "\"}",
                       headers);
  };
  std::string one = "/v1/teaching-assignments/" + id_of(2);
  for (int time = 0; time < 2; ++time) {
    auto first = assign("lead", id_of(2), {{"Idempotency-Key", "first"}});
    CHECK(first.status == 201);
    CHECK(header(first, "location") == one);
  }
  for (int time = 0; time < 2; ++time) {
    auto changed = assign("assistant", id_of(2), {{"Idempotency-Key", "second"}});
    CHECK(changed.status == 200);
    CHECK(at(changed, "/events") == "1");
    CHECK(header(changed, "location").empty());
  }
  CHECK(header(assign("lead", id_of(2), {{"Idempotency-Key", "first"}}), "location") == one);  // as it was answered
  CHECK(client.post(one + "/end", "").status == 200);
  auto anew = assign("assistant", id_of(3));
  CHECK(anew.status == 200);
  CHECK(at(anew, "/events") == "1");
  CHECK(at(anew, "/id") == id_of(2));
  CHECK(header(anew, "location").empty());
}

TEST_CASE("a refusal is a problem with the rule's own code and the command's field") {
  TestService service;
  auto client = service.tenant("school");
  client.post("/v1/students", student("S1", id_of(1)));
  CHECK(problem(client.post("/v1/students", student("S1", id_of(2)))) == "409 student-number-taken number");
  CHECK(problem(client.patch("/v1/students/" + id_of(9), R"({"givenName":"Eve"})")) == "404 student-unknown id");
  CHECK(problem(client.post("/v1/students", student(" ", id_of(3)))) == "422 text-blank number");
  auto full = client.post("/v1/enrolments", R"({"classId":")" + id_of(5) + R"(","studentId":")" + id_of(1) + "\"}");
  CHECK(problem(full) == "404 class-unknown classId");
  CHECK(header(client.get("/v1/tenant"), "tenantry-position") == "2");
}

TEST_CASE("a key is done once, answered alike, and bound to its request, also after a restart") {
  TestService service;
  auto client = service.tenant("school");
  Headers key{{"Idempotency-Key", "first"}};
  auto first = client.post("/v1/students", student("S1"), key);
  REQUIRE(first.status == 201);
  CHECK(header(first, "idempotent-replayed").empty());

  auto replayed = client.post("/v1/students", student("S1"), key);
  CHECK(replayed.status == 201);
  CHECK(replayed.body == first.body);
  CHECK(header(replayed, "location") == header(first, "location"));
  CHECK(header(replayed, "idempotent-replayed") == "true");
  CHECK(problem(client.post("/v1/students", student("S2"), key)) == "422 idempotency-key-reused Idempotency-Key");
  CHECK(problem(client.post("/v1/teachers", student("S1"), key)) == "422 idempotency-key-reused Idempotency-Key");

  service.restart();
  auto later = service.client({{"X-Tenant", "school"}});
  auto after = later.post("/v1/students", student("S1"), key);
  CHECK(after.status == 201);
  CHECK(after.body == first.body);
  CHECK(problem(later.post("/v1/students", student("S2"), key)) == "422 idempotency-key-reused Idempotency-Key");
  CHECK(size_at(later.get("/v1/students"), "/items") == 1);
}

TEST_CASE("a repeated old correction that changed nothing undoes nothing, also after a restart") {
  TestService service;
  auto client = service.tenant("school");
  client.post("/v1/students", student("S1", id_of(1)));
  std::string target = "/v1/students/" + id_of(1);
  std::string given_name = at(client.get(target), "/givenName");
  std::string old = R"({"givenName":")" + given_name + "\"}";
  Headers key{{"Idempotency-Key", "old"}};
  auto first = client.patch(target, old, key);
  REQUIRE(first.status == 200);
  CHECK(at(first, "/events") == "0");
  REQUIRE(client.patch(target, R"({"givenName":"Renamed"})").status / 100 == 2);
  auto events = lines(client.get("/v1/audit/events").body).size();
  auto check = [&](HttpClient& asking) {
    auto again = asking.patch(target, old, key);
    CHECK(again.status == first.status);
    CHECK(again.body == first.body);
    CHECK(header(again, "idempotent-replayed") == "true");
    CHECK(at(asking.get(target), "/givenName") == "Renamed");
    CHECK(lines(asking.get("/v1/audit/events").body).size() == events);
    CHECK(asking.get("/metrics").body.find("tenantry_state_unreadable_records{partition=\"events-0\"} 0") !=
          std::string::npos);
  };
  check(client);
  service.restart();
  auto later = service.client({{"X-Tenant", "school"}});
  check(later);
}

TEST_CASE("what a suspended tenant refused is judged anew when it is open again, with the same key") {
  TestService service;
  auto client = service.tenant("school");
  Headers key{{"Idempotency-Key", "k"}};
  REQUIRE(client.post("/v1/tenants/school/suspend", R"({"reason":"unpaid"})").status / 100 == 2);
  CHECK(problem(client.post("/v1/students", student("S1"), key)).find("tenant-suspended") != std::string::npos);
  REQUIRE(client.post("/v1/tenants/school/reactivate", "{}").status / 100 == 2);
  CHECK(client.post("/v1/students", student("S1"), key).status == 201);
}

TEST_CASE("a refusal is replayed like any other answer, and says so") {
  TestService service;
  auto client = service.tenant("school");
  client.post("/v1/students", student("S1", id_of(1)));
  Headers key{{"Idempotency-Key", "second"}};
  auto refused = client.post("/v1/students", student("S1", id_of(2)), key);
  CHECK(problem(refused) == "409 student-number-taken number");
  CHECK(header(refused, "idempotent-replayed").empty());
  auto replayed = client.post("/v1/students", student("S1", id_of(2)), key);
  CHECK(replayed.body == refused.body);
  CHECK(header(replayed, "idempotent-replayed") == "true");
  Headers held{{"Idempotency-Key", "third"}};
  CHECK(header(client.post("/v1/students", student("S1", id_of(1)), held), "idempotent-replayed").empty());
  auto again = client.post("/v1/students", student("S1", id_of(1)), held);
  CHECK(again.status == 200);
  CHECK(header(again, "idempotent-replayed") == "true");
}

TEST_CASE("null in a correction clears what may be empty and is refused for anything else, by the field's name") {
  TestService service;
  auto client = service.tenant("school");
  client.post("/v1/students",
              R"({"id":")" + id_of(1) + R"(","number":"S1","givenName":"Ada","familyName":"Byron","email":"a@b.c"})");
  std::string target = "/v1/students/" + id_of(1);
  CHECK(problem(client.patch(target, R"({"number":null})")) == "422 field-required number");
  CHECK(problem(client.patch(target, R"({"email":null,"number":null})")) == "422 field-required number");
  CHECK(at(client.get(target), "/email") == "a@b.c");
  CHECK(client.patch(target, R"({"email":null})").status == 200);
  CHECK(at(client.get(target), "/email").empty());
  CHECK(at(client.get(target), "/givenName") == "Ada");
  auto line = R"({"command":"CorrectStudent","data":{"id":")" + id_of(1) + R"(","number":null}})";
  auto loaded = client.post("/v1/commands", line, {{"Content-Type", "application/x-ndjson"}});
  CHECK(at(loaded, "/status") == "422");
  CHECK(at(loaded, "/problem/field") == "number");
}

TEST_CASE("people may have one name, given or family name, and have at least one") {
  TestService service;
  auto client = service.tenant("school");
  for (std::string people : {"/v1/students", "/v1/teachers"}) {
    std::string one = people + '/' + created(client.post(people, R"({"number":"1","givenName":"Suharto"})"));
    created(client.post(people, R"({"number":"2","familyName":"Teller","givenName":null})"));
    CHECK(problem(client.post(people, R"({"number":"3"})")) == "422 name-missing familyName");
    CHECK(problem(client.patch(one, R"({"givenName":null})")) == "422 name-missing givenName");
    CHECK(client.patch(one, R"({"givenName":null,"familyName":"Suharto"})").status == 200);
    CHECK(at(client.get(one), "/givenName").empty());
    CHECK(at(client.get(one), "/familyName") == "Suharto");
  }
}

TEST_CASE("people who were deactivated are made active again") {
  TestService service;
  auto client = service.tenant("school");
  for (std::string people : {"/v1/students", "/v1/teachers"}) {
    std::string one = people + '/' + created(client.post(people, student("1")));
    CHECK(client.post(one + "/deactivate", "").status == 200);
    CHECK(problem(client.patch(one, R"({"givenName":"Eve"})")).starts_with("409 "));
    CHECK(problem(client.post(people, student("1"))).ends_with("-number-taken number"));
    CHECK(at(client.post(one + "/reactivate", ""), "/events") == "1");
    CHECK(at(client.post(one + "/reactivate", ""), "/events") == "0");
    CHECK(at(client.get(one), "/active") == "true");
    CHECK(client.patch(one, R"({"givenName":"Eve"})").status == 200);
    CHECK(size_at(client.get(one + "/history"), "/items") == 4);
  }
}

TEST_CASE(
    "asking again for what holds is answered 200 with the same values, refused by name with others, and corrected") {
  TestService service;
  auto client = service.tenant("school");
  std::string room = open_class(client);  // 10 January to 20 June 2026
  created(client.post("/v1/students", student("S1", id_of(1))));
  auto enrol = [&](const std::string& day) {
    return client.post("/v1/enrolments", R"({"classId":")" + room + R"(","studentId":")" + id_of(1) +
                                             R"(","enrolledOn":")" + day + "\"}");
  };
  CHECK(problem(enrol("2026-06-21")) == "422 enrolment-outside-class enrolledOn");
  std::string one = "/v1/enrolments/" + created(enrol("2026-01-12"));
  auto again = enrol("2026-01-12");
  CHECK(at(again, "/events") == "0");
  CHECK("/v1/enrolments/" + at(again, "/id") == one);
  CHECK(problem(enrol("2026-01-13")) == "409 enrolment-active enrolledOn");
  CHECK(client.patch(one, R"({"enrolledOn":"2026-01-13"})").status == 200);
  CHECK(at(enrol("2026-01-13"), "/events") == "0");

  auto withdraw = [&](const std::string& body) { return client.post(one + "/withdraw", body); };
  CHECK(withdraw(R"({"withdrawnOn":"2026-02-01","reason":"ill"})").status == 200);
  CHECK(at(withdraw(R"({"withdrawnOn":"2026-02-01","reason":"ill"})"), "/events") == "0");
  CHECK(at(withdraw("{}"), "/events") == "0");
  CHECK(problem(withdraw(R"({"withdrawnOn":"2026-02-02"})")) == "409 enrolment-withdrawn withdrawnOn");
  CHECK(problem(withdraw(R"({"reason":"moved away"})")) == "409 enrolment-withdrawn reason");
  CHECK(problem(client.patch(one, R"({"outcome":"pass"})")) == "409 enrolment-withdrawn outcome");
  CHECK(client.patch(one, R"({"withdrawnOn":null,"withdrawalReason":"moved away"})").status == 200);
  CHECK(at(client.get(one), "/withdrawalReason") == "moved away");
  CHECK(at(client.get(one), "/withdrawnOn").empty());

  CHECK(client.post(one + "/re-enrol", R"({"enrolledOn":"2026-03-01"})").status == 200);
  CHECK(problem(client.post(one + "/re-enrol", R"({"enrolledOn":"2026-03-02"})")) == "409 enrolment-active enrolledOn");
  CHECK(client.post(one + "/complete", R"({"outcome":"fail"})").status == 200);
  CHECK(problem(client.post(one + "/complete", R"({"outcome":"pass"})")) == "409 enrolment-completed outcome");
  CHECK(client.patch(one, R"({"outcome":"distinction","completedOn":"2026-06-20"})").status == 200);
  auto statistics = client.get("/v1/classes/" + room + "/statistics");
  CHECK(at(statistics, "/failed") == "0");
  CHECK(at(statistics, "/distinctions") == "1");

  CHECK(client.post(one + "/reopen", "").status == 200);
  CHECK(at(client.post(one + "/reopen", ""), "/events") == "0");
  CHECK(at(client.get(one), "/status") == "active");
  CHECK(at(client.get(one), "/outcome").empty());
  CHECK(at(client.get("/v1/classes/" + room), "/enrolled") == "1");
  statistics = client.get("/v1/classes/" + room + "/statistics");
  CHECK(at(statistics, "/active") == "1");
  CHECK(at(statistics, "/completed") == "0");
  CHECK(at(statistics, "/distinctions") == "0");
  CHECK(size_at(client.get(one + "/history"), "/items") == 8);
}

TEST_CASE("a student who is transferred is listed, counted and remembered as what the enrolment now says") {
  TestService service;
  auto client = service.tenant("school");
  std::string first = open_class(client);
  nlohmann::json other = nlohmann::json::parse(client.get("/v1/classes/" + first).body);
  for (const char* given : {"id", "status", "enrolled"}) other.erase(given);
  other["name"] = "B";
  std::string second = created(client.post("/v1/classes", other.dump()));
  created(client.post("/v1/students", student("S1", id_of(1))));
  nlohmann::json pair{{"classId", first}, {"studentId", id_of(1)}};
  std::string one = "/v1/enrolments/" + created(client.post("/v1/enrolments", pair.dump()));
  auto transfer = [&](const std::string& room) {
    return client.post(one + "/transfer", nlohmann::json{{"classId", room}}.dump());
  };
  auto answer = transfer(second);
  CHECK(answer.status == 200);
  CHECK(at(answer, "/events") == "1");
  CHECK(at(transfer(second), "/events") == "0");
  CHECK(problem(transfer(id_of(99))) == "404 class-unknown classId");
  CHECK(client.post(one + "/transfer", "{}").status == 400);
  CHECK(at(client.get(one), "/classId") == second);
  for (const auto& [room, count] : {std::pair{first, "0"}, std::pair{second, "1"}}) {
    CHECK(at(client.get("/v1/classes/" + room), "/enrolled") == count);
    CHECK(at(client.get("/v1/classes/" + room + "/statistics"), "/active") == count);
    CHECK(std::to_string(size_at(client.get("/v1/classes/" + room + "/enrolments"), "/items")) == count);
  }
  CHECK(at(client.get("/v1/statistics"), "/registrations") == "1");
  CHECK(size_at(client.get("/v1/classes/" + first + "/history"), "/items") == 3);   // opened, enrolled, transferred
  CHECK(size_at(client.get("/v1/classes/" + second + "/history"), "/items") == 2);  // opened, transferred
}

TEST_CASE("an assessment with extra credit takes more than its maximum, and says so") {
  TestService service;
  auto client = service.tenant("school");
  std::string room = open_class(client);
  created(client.post("/v1/students", student("S1", id_of(1))));
  created(client.post("/v1/enrolments", R"({"classId":")" + room + R"(","studentId":")" + id_of(1) + "\"}"));
  auto add = [&](const std::string& more) {
    return created(
        client.post("/v1/assessments",
                    R"({"classId":")" + room + R"(","title":"Exam","category":"exam","weight":50)" + more + "}"));
  };
  auto record = [&](const std::string& exam, const std::string& score) {
    return client.post("/v1/results",
                       R"({"assessmentId":")" + exam + R"(","studentId":")" + id_of(1) + R"(","score":)" + score + "}");
  };
  std::string plain = add(""), extra = add(R"(,"extraCredit":true)");
  CHECK(at(client.get("/v1/assessments/" + plain), "/extraCredit") == "false");
  CHECK(at(client.get("/v1/assessments/" + extra), "/extraCredit") == "true");
  CHECK(problem(record(plain, "100.01")) == "422 score-out-of-range score");
  CHECK(problem(record(extra, "200.01")) == "422 score-out-of-range score");
  created(record(extra, "105"));
  CHECK(problem(client.patch("/v1/assessments/" + extra, R"({"extraCredit":false})")) ==
        "409 maximum-below-score extraCredit");
}

TEST_CASE("what has been corrected must still hold for what depends on it, in the same load and long after") {
  TestService service;
  auto client = service.tenant("school");
  std::string room = open_class(client);  // 10 January to 20 June
  std::string term = at(client.get("/v1/classes/" + room), "/termId");
  std::string course = at(client.get("/v1/classes/" + room), "/courseId");
  CHECK(problem(client.patch("/v1/terms/" + term, R"({"endsOn":"2026-06-19"})")) == "409 term-excludes-class endsOn");
  CHECK(client.patch("/v1/terms/" + term, R"({"endsOn":"2026-06-20"})").status == 200);
  std::string load = R"({"command":"OpenClass","data":{"courseId":")" + course + R"(","termId":")" + term +
                     R"(","name":"B","capacity":5,"startsOn":"2026-01-02","endsOn":"2026-02-01"}})" + "\n" +
                     R"({"command":"CorrectTerm","data":{"id":")" + term + R"(","startsOn":"2026-01-03"}})";
  auto answers = lines(client.post("/v1/commands", load, {{"Content-Type", "application/x-ndjson"}}).body);
  CHECK(at(answers.at(0), "/status") == "201");
  CHECK(at(answers.at(1), "/problem/type") == "/problems/term-excludes-class");

  created(client.post("/v1/students", student("S1", id_of(1))));
  created(client.post("/v1/enrolments", R"({"classId":")" + room + R"(","studentId":")" + id_of(1) + "\"}"));
  std::string exam = created(
      client.post("/v1/assessments", R"({"classId":")" + room + R"(","title":"Exam","category":"exam","weight":100})"));
  created(client.post("/v1/results",
                      R"({"assessmentId":")" + exam + R"(","studentId":")" + id_of(1) + R"(","score":78.5})"));
  auto lower = [&](const char* maximum) {
    return client.patch("/v1/assessments/" + exam, std::string{R"({"maximumScore":)"} + maximum + "}");
  };
  CHECK(problem(lower("78.49")) == "409 maximum-below-score maximumScore");
  CHECK(lower("78.5").status == 200);
}

TEST_CASE("what a client sends wrongly is a 4xx problem that names the field, and nothing is written") {
  TestService service;
  auto client = service.tenant("school");
  client.post("/v1/students", student("S1", id_of(1)));
  auto post = [&](const std::string& body) { return problem(client.post("/v1/students", body)); };
  CHECK(post("{") == "400 body-malformed");
  CHECK(post("[]") == "400 body-malformed");
  CHECK(post("{} {}") == "400 body-malformed");
  CHECK(post(R"({"number":5,"givenName":"A","familyName":"B"})") == "400 body-malformed number");
  CHECK(post(R"({"number":"5","givenName":7,"familyName":"B"})") == "400 body-malformed givenName");
  CHECK(post(R"({"givenName":"A","familyName":"B"})") == "400 body-malformed number");
  CHECK(post(R"({"number":"5","givenName":"A","familyName":"B","shoeSize":9})") == "400 body-malformed shoeSize");
  CHECK(post(R"({"number":"5","number":"6","givenName":"A","familyName":"B"})") == "400 body-malformed number");
  CHECK(post("{\"number\":\"5\\u0000\",\"givenName\":\"A\",\"familyName\":\"B\"}") == "400 body-malformed number");
  CHECK(post("{\"number\":\"\xff\",\"givenName\":\"A\",\"familyName\":\"B\"}").starts_with("400 body-malformed"));
  CHECK(post(R"({"id":"7","number":"5","givenName":"A","familyName":"B"})") == "400 body-malformed id");
  CHECK(post("") == "400 body-malformed number");
  CHECK(problem(client.patch("/v1/students/7", "{}")) == "400 body-malformed id");
  CHECK(problem(client.patch("/v1/students/" + id_of(1), R"({"id":")" + id_of(2) + "\"}")) == "400 body-malformed id");
  CHECK(problem(client.post("/v1/terms", R"({"name":"T","startsOn":"2026-02-30","endsOn":"2026-03-01"})")) ==
        "400 body-malformed startsOn");
  CHECK(problem(client.post("/v1/classes", R"({"capacity":1e400})")).starts_with("400 body-malformed"));
  CHECK(header(client.get("/v1/tenant"), "tenantry-position") == "2");
}

TEST_CASE("media types, keys, parameters, paths and methods are checked") {
  TestService service;
  auto client = service.tenant("school");
  auto typed = [&](const std::string& type) {
    return client.post("/v1/students", student("S" + type), {{"Content-Type", type}});
  };
  CHECK(problem(typed("text/plain")) == "415 media-type-unsupported Content-Type");
  CHECK(problem(typed("application/json; charset=latin1")) == "415 media-type-unsupported Content-Type");
  CHECK(typed("application/json; charset=utf8").status == 201);
  CHECK(typed("application/json; profile=x; v=1").status == 201);
  CHECK(problem(typed("application/json; version")) == "415 media-type-unsupported Content-Type");
  CHECK(problem(typed("application/merge-patch+json")) == "415 media-type-unsupported Content-Type");
  CHECK(typed("application/json; charset=UTF-8").status == 201);
  auto made = created(client.post("/v1/students", student("S9")));
  CHECK(client.patch("/v1/students/" + made, "{}", {{"Content-Type", "application/merge-patch+json"}}).status == 200);

  CHECK(problem(client.post("/v1/students", student("S2"), {{"Idempotency-Key", std::string(256, 'k')}})) ==
        "400 header-malformed Idempotency-Key");
  CHECK(problem(client.post("/v1/students", student("S2"), {{"Idempotency-Key", "a b"}})) ==
        "400 header-malformed Idempotency-Key");
  CHECK(problem(client.post("/v1/students", student("S2"), {{"Idempotency-Key", "a"}, {"Idempotency-Key", "b"}})) ==
        "400 header-malformed Idempotency-Key");
  CHECK(problem(client.post("/v1/students?dry=1", student("S2"))) == "400 parameter-malformed dry");
  CHECK(problem(client.get("/v1/students?colour=red")) == "400 parameter-malformed colour");
  CHECK(problem(client.get("/v1/students?limit=5&limit=6")) == "400 parameter-malformed limit");
  for (std::string limit : {"0", "201", "-1", "x", "", "99999999999999999999"}) {
    CHECK(problem(client.get("/v1/students?limit=" + limit)) == "400 parameter-malformed limit");
  }
  CHECK(problem(client.get("/v1/students/7")) == "400 parameter-malformed id");
  CHECK(problem(client.get("/v1/nonsense")) == "404 not-found");
  auto wrong_method = client.put("/v1/students", "{}");
  CHECK(problem(wrong_method) == "405 method-not-allowed");
  CHECK(header(wrong_method, "allow") == "GET, HEAD, POST, OPTIONS");
  auto trace = client.ask("TRACE", "/v1/students", "", {});
  CHECK(problem(trace) == "405 method-not-allowed");
  CHECK(header(trace, "allow") == "GET, HEAD, POST, OPTIONS");
  CHECK(problem(client.ask("PROPFIND", "/v1/students", "", {})) == "501 not-implemented");
}

TEST_CASE("numbers of a body count by their value") {
  TestService service;
  auto client = service.tenant("school");
  std::string room = open_class(client, 10), target = "/v1/classes/" + room;
  auto capacity = [&](const std::string& literal) { return client.patch(target, R"({"capacity":)" + literal + "}"); };
  for (const char* literal : {"31.0", "3.1e1", "310E-1"}) {
    CHECK(capacity(literal).status == 200);
    CHECK(at(client.get(target), "/capacity") == "31");
  }
  CHECK(problem(capacity("31.5")) == "400 body-malformed capacity");
  CHECK(problem(capacity("1e400")) == "400 body-malformed capacity");
  CHECK(problem(capacity("1e300")) == "400 body-malformed capacity");
  CHECK(problem(capacity("1e6")) == "422 capacity-out-of-range capacity");
  std::string exam = R"({"classId":")" + room + R"(","title":"Exam","category":"exam","weight":8.25e1})";
  CHECK(at(client.get("/v1/assessments/" + created(client.post("/v1/assessments", exam))), "/weight") == "82.5");
}

TEST_CASE("a body in a coding is refused by the header's name, not taken for a malformed one") {
  TestService service;
  auto client = service.tenant("school");
  Headers gzip{{"Content-Encoding", "gzip"}};
  CHECK(problem(client.post("/v1/students", student("S1"), gzip)) == "415 media-type-unsupported Content-Encoding");
  CHECK(client.post("/v1/students", student("S1"), {{"Content-Encoding", "identity"}}).status == 201);
}
