#include <catch2/catch.hpp>

#include "api/handlers/load_line.hpp"
#include "tests/api/test_service.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

const Headers ndjson{{"Content-Type", "application/x-ndjson"}};

std::string register_student(const std::string& number, const std::string& more = "") {
  return R"({"command":"RegisterStudent","data":)" + student(number) + more + "}\n";
}

}  // namespace

TEST_CASE("a load is answered line by line, good and bad ones in their places") {
  TestService service;
  auto client = service.tenant("school");
  std::string load = register_student("S1") + "{not json}\n" + register_student("S1") + "\r\n" +
                     R"({"command":"Fly","data":{}})" + "\n" +
                     R"({"command":"RegisterStudent","data":{"givenName":"Ada"}})" + "\n" +
                     register_student("S3", R"(,"idempotencyKey":"k3")") +
                     register_student("S3", R"(,"idempotencyKey":"k3")") + R"({"command":"RegisterTenant","data":{}})";
  auto answered = client.post("/v1/commands", load, ndjson);
  REQUIRE(answered.status == 200);
  CHECK(header(answered, "content-type") == "application/x-ndjson");
  CHECK(header(answered, "tenantry-position") == "3");
  auto all = lines(answered.body);
  REQUIRE(all.size() == 8);
  CHECK(at(all[0], "/status") == "201");
  CHECK(at(all[0], "/position") == "2");
  CHECK(at(all[0], "/subject") == "students/" + at(all[0], "/id"));
  CHECK(at(all[1], "/status") == "400");
  CHECK(at(all[1], "/problem/detail").find("not valid JSON at byte") != std::string::npos);
  CHECK(at(all[2], "/problem/type") == "/problems/student-number-taken");
  CHECK(at(all[2], "/problem/field") == "number");
  CHECK(at(all[3], "/line") == "5");
  CHECK(at(all[3], "/problem/field") == "command");
  CHECK(at(all[4], "/problem/field") == "number");
  CHECK(at(all[5], "/status") == "201");
  CHECK(at(all[6], "/status") == "201");
  CHECK(at(all[6], "/replayed") == "true");
  CHECK(at(all[6], "/id") == at(all[5], "/id"));
  CHECK(at(all[7], "/problem/field") == "command");
  CHECK(size_at(client.get("/v1/students"), "/items") == 2);
}

TEST_CASE("an all-or-nothing load does everything or nothing") {
  TestService service;
  auto client = service.tenant("school");
  auto refused = client.post("/v1/commands?atomic=true", register_student("S1") + register_student("S1"), ndjson);
  auto all = lines(refused.body);
  REQUIRE(all.size() == 2);
  CHECK(at(all[0], "/problem/type") == "/problems/rolled-back");
  CHECK(at(all[1], "/problem/type") == "/problems/student-number-taken");
  auto malformed = client.post("/v1/commands?atomic=true", register_student("S1") + "{}", ndjson);
  CHECK(at(lines(malformed.body).at(0), "/status") == "424");
  CHECK(at(lines(malformed.body).at(1), "/problem/field") == "command");
  CHECK(size_at(client.get("/v1/students"), "/items") == 0);
  CHECK(header(client.get("/v1/tenant"), "tenantry-position") == "1");
  auto good = client.post("/v1/commands?atomic=true", register_student("S1") + register_student("S2"), ndjson);
  CHECK(at(lines(good.body).at(1), "/position") == "3");
}

TEST_CASE("what a load may not be is refused as a whole") {
  events::engine::EngineOptions engine;
  engine.submission_commands_max = 3;
  engine.atomic_commands_max = 2;
  TestService service({}, engine);
  auto client = service.tenant("school");
  std::string two = register_student("S1") + register_student("S2"), four = two + register_student("S3") + two;
  CHECK(problem(client.post("/v1/commands", two)) == "415 media-type-unsupported Content-Type");
  CHECK(problem(client.post("/v1/commands?atomic=maybe", two, ndjson)) == "400 parameter-malformed atomic");
  CHECK(problem(client.post("/v1/commands", "\n \n", ndjson)) == "400 body-malformed");
  CHECK(problem(client.post("/v1/commands", four, ndjson)) == "413 too-large");
  CHECK(problem(client.post("/v1/commands?atomic=true", two + register_student("S3"), ndjson)) == "413 too-large");
  auto keyed = ndjson;
  keyed.emplace_back("Idempotency-Key", "k");
  CHECK(problem(client.post("/v1/commands", two, keyed)) == "400 header-malformed Idempotency-Key");
  for (const auto& [name, value] :
       Headers{{"If-Match", "*"}, {"If-None-Match", "*"}, {"If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"}}) {
    auto conditional = ndjson;
    conditional.emplace_back(name, value);
    CHECK(problem(client.post("/v1/commands", two, conditional)) == "400 header-malformed " + name);
  }
  CHECK(header(client.get("/v1/tenant"), "tenantry-position") == "1");
}

TEST_CASE("a line of a load has the status that its command has by itself") {
  TestService service;
  auto client = service.tenant("school");
  auto status = [&](const std::string& line) {
    return at(lines(client.post("/v1/commands", line, ndjson).body).at(0), "/status");
  };
  std::string add = R"({"command":"RegisterStudent","data":)" + student("S1", id_of(1)) + R"(,"idempotencyKey":"a"})";
  CHECK(status(add) == "201");
  CHECK(status(add) == "201");  // replayed
  CHECK(status(R"({"command":"RegisterStudent","data":)" + student("S1", id_of(1)) + "}") == "200");
  std::string correct = R"({"command":"CorrectStudent","data":{"id":")" + id_of(1) + R"(","givenName":"Eve"})";
  CHECK(status(correct + R"(,"idempotencyKey":"b"})") == "200");
  CHECK(status(correct + R"(,"idempotencyKey":"b"})") == "200");  // replayed
  CHECK(status(correct + "}") == "200");
  CHECK(client.patch("/v1/students/" + id_of(1), R"({"givenName":"Ada"})").status == 200);
}

TEST_CASE("a line that assigns has 201 where the assignment begins and 200 where it changes, in the same load too") {
  TestService service;
  auto client = service.tenant("school");
  std::string room = open_class(client);
  created(client.post("/v1/teachers", student("T1", id_of(1))));
  auto line = [&](const std::string& role, const std::string& key) {
    return R"({"command":"AssignTeacher","data":{"id":")" + id_of(2) + R"(","classId":")" + room +
           R"(","teacherId":")" + id_of(1) + R"(","role":")" + role + R"("},"idempotencyKey":")" + key + "\"}\n";
  };
  std::string load = line("lead", "a") + line("assistant", "b") + line("assistant", "c");
  for (int time = 0; time < 2; ++time) {
    auto answers = lines(client.post("/v1/commands", load, ndjson).body);
    REQUIRE(answers.size() == 3);
    CHECK(at(answers.at(0), "/status") == "201");
    CHECK(at(answers.at(1), "/status") == "200");
    CHECK(at(answers.at(1), "/events") == "1");
    CHECK(at(answers.at(2), "/status") == "200");
  }
}

TEST_CASE("a load keeps to its tenant and to the caller's role") {
  TestService service;
  auto client = service.tenant("school");
  auto member = ndjson;
  member.emplace_back("X-Role", "member");
  std::string rename =
      R"({"command":"RenameTenant","data":{"id":")" + at(client.get("/v1/tenant"), "/id") + R"(","name":"Academy"}})";
  CHECK(at(lines(client.post("/v1/commands", rename, member).body).at(0), "/status") == "403");
  CHECK(at(lines(client.post("/v1/commands", rename, ndjson).body).at(0), "/status") == "200");
  std::string other = R"({"command":"RenameTenant","data":{"id":")" + id_of(4) + R"(","name":"Academy"}})";
  CHECK(at(lines(client.post("/v1/commands", other, ndjson).body).at(0), "/status") == "404");
}

TEST_CASE("a large load is answered whole") {
  TestService service;
  auto client = service.tenant("school");
  std::string load;
  for (int number = 0; number < 5000; ++number) load += register_student("S" + std::to_string(number));
  auto answered = client.post("/v1/commands", load, ndjson);
  auto all = lines(answered.body);
  REQUIRE(all.size() == 5000);
  CHECK(at(all.back(), "/position") == "5001");
  CHECK(at(client.get("/v1/statistics"), "/students") == "5000");
}

TEST_CASE("a line is taken apart strictly") {
  auto field = [](std::string_view line) {
    auto read = api::read_load_line(line);
    return read ? std::string{"fine"} : read.error().field + '!';
  };
  CHECK(field(R"( { "command" : "A" , "data" : {"a":"}\"{"} , "idempotencyKey" : "k" } )") == "fine");
  CHECK(api::read_load_line(R"({"data":{"a":{}},"command":"A"})")->data == R"({"a":{}})");
  CHECK(field(R"({"command":"A"})") == "fine");
  CHECK(field(R"({"data":{}})") == "command!");
  CHECK(field(R"({"command":5})") == "command!");
  CHECK(field(R"({"command":"A\n"})") == "command!");
  CHECK(field(R"({"command":"A","command":"B"})") == "command!");
  CHECK(field(R"({"command":"A","data":[]})") == "data!");
  CHECK(field(R"({"command":"A","idempotencyKey":""})") == "idempotencyKey!");
  CHECK(field(R"({"command":"A","colour":"red"})") == "colour!");
  for (std::string_view line : {"", "{", "[]", "{}x", R"({"command":"A",})", R"({"command":"A"} {})",
                                R"({"command":"A","data":{)", R"({"command" "A"})", R"({"command":"A)"}) {
    CHECK(field(line).ends_with('!'));
  }
}

TEST_CASE("a line whose key came before with another payload names the line's own member") {
  TestService service;
  auto client = service.tenant("school");
  auto answered = client.post(
      "/v1/commands",
      register_student("S1", R"(,"idempotencyKey":"k")") + register_student("S2", R"(,"idempotencyKey":"k")"), ndjson);
  CHECK(at(lines(answered.body).at(1), "/problem/field") == "idempotencyKey");
}
