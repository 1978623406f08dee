// Data folders that earlier versions of the program left, killed while they served: each opens and goes on.
//
// tests/golden/data-folders has one for each format of the tables; they are never edited. They hold the tenants oak and
// elm (suspended), a class with six enrolments in every state, and numbers that today's program would not take as they
// stand.
#include "tests/support/temporary_folder.hpp"
#include "tests/system/program.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

std::string id_of(int number) {
  std::string digits = std::to_string(number);
  return "0190163d-0000-7000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

void unpack(const std::string& name, const std::string& folder) {
  std::string archive = std::string{TENANTRY_SOURCE_DIR} + "/tests/golden/data-folders/" + name;
  Finished finished = run({"tar", "-xzf", archive, "-C", folder});
  INFO(finished.errors);
  REQUIRE(finished.code == 0);
}

}  // namespace

TEST_CASE("a data folder of tables of format 3 opens, is the same, and goes on") {
  TemporaryFolder folder;
  unpack("tables-3.tar.gz", folder.path());
  {
    Server server(folder.path());
    REQUIRE(server.serves());
    CHECK(server.process().errors().find("made anew") != std::string::npos);
    auto client = server.client();
    auto statistics = json_of(client.get("/v1/statistics", of("oak")));
    CHECK(statistics.at("students") == 13);
    CHECK(statistics.at("active") == 4);
    CHECK(statistics.at("withdrawn") == 1);
    CHECK(statistics.at("distinctions") == 1);
    CHECK(statistics.at("results") == 1);
    auto student = json_of(client.get("/v1/students/" + id_of(10), of("oak")));
    CHECK(student.at("familyName") == "Lovelace");
    CHECK(json_of(client.get("/v1/results/" + id_of(60), of("oak"))).at("score") == 80);
    // Stored texts stand as they were stored, and are found both as they were and as one writes them.
    CHECK(json_of(client.get("/v1/students/" + id_of(20), of("oak"))).at("number") == "\u00a0S-20");
    CHECK(json_of(client.get("/v1/students?number=%C2%A0S-20", of("oak"))).at("items").size() == 1);
    CHECK(json_of(client.get("/v1/students?number=E%CC%81-21", of("oak"))).at("items").size() == 1);
    auto refused = client.post("/v1/courses", json({{"code", "A"}, {"title", "A"}}).dump(), of("elm"));
    CHECK(json_of(refused).at("type") == "/problems/tenant-suspended");
    // An answer to an idempotency key is still known, and uniqueness and capacity still hold.
    std::string tenth = R"({"id": ")" + id_of(10) +
                        R"(", "number": "S-10", "givenName": "Given10", "familyName": "Family10", )"
                        R"("email": "s10@example.org"})";
    auto again =
        client.post("/v1/students", tenth,
                    {{"X-Tenant", "oak"}, {"Content-Type", "application/json"}, {"Idempotency-Key", "student-10"}});
    CHECK(again.status == 201);
    CHECK(again.headers.at("idempotent-replayed") == "true");
    CHECK(client.post("/v1/students", test::student("S-22").dump(), of("oak")).status == 409);
    auto page = client.get("/v1/audit/events?after=0&limit=1000", of("oak"));
    CHECK(lines_of(page.body).size() == 34);
    CHECK(client.post("/v1/students", test::student("S-23").dump(), of("oak")).status == 201);
    CHECK(json_of(client.get("/v1/statistics", of("oak"))).at("students") == 14);
    CHECK(server.stop() == 0);
  }
  auto all = digests(folder.path());
  CHECK(all.at("oak").at(0) == "35");
  // The roots of the audit trees are a function of the stored bytes alone.
  CHECK(all.at("elm").at(4) == "455f18b01585bba36ec3e684ae91614fe9454387689c3d01fe6c7bedd6b07c64");
  CHECK(all.at("(platform)").at(4) == "5fab33ed5b62c62e179838ebc88478baf6612d4544051343a49ab3be82165177");
}
