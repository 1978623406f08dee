// Events that stood in the log before texts were normalised and before people could have one name alone: served as they
// were stored, found as they were typed.
#include <catch2/catch.hpp>

#include "api/tenants/gate.hpp"
#include "events/engine/engine.hpp"
#include "events/identifiers.hpp"
#include "events/record.hpp"
#include "tests/api/test_service.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

void append_registration(api::Node& node, const std::string& slug, std::uint64_t sequence, const std::string& data) {
  TenantScope scope = api::Gate(node.state()).find(slug).value();
  events::Record record;
  record.attributes.id = events::fresh_id();
  record.attributes.tenant = scope.tenant();
  record.attributes.source = "/tenants/" + scope.tenant().text();
  record.attributes.type = "tenantry.roster.student-registered.v1";
  record.attributes.subject = "students/" + id_of(1);
  record.attributes.time = Instant::now();
  record.attributes.sequence = sequence;
  record.attributes.command_id = events::fresh_id().text();
  record.data = data;
  std::string bytes;
  events::encode_record(record, bytes);
  REQUIRE(node.log().append(events::engine::partition_of(scope), {bytes}));
}

}  // namespace

TEST_CASE("a student from before texts were normalised is served as stored and found as typed") {
  TestService service;
  service.tenant("school");
  const std::string stored =
      R"({"id":")" + id_of(1) + "\",\"number\":\"S-1\u00a0\",\"givenName\":\"Zoe\u0308\",\"familyName\":\"King\"}";
  service.restart([&](api::Node& node) { append_registration(node, "school", 2, stored); });
  service.restart();
  auto client = service.client({{"X-Tenant", "school"}});
  CHECK(at(client.get("/v1/students/" + id_of(1)), "/number") == "S-1\u00a0");
  CHECK(at(client.get("/v1/students/" + id_of(1)), "/givenName") == "Zoe\u0308");
  CHECK(at(client.get("/v1/students?number=S-1%C2%A0"), "/items/0/id") == id_of(1));
  CHECK(at(client.get("/v1/students/" + id_of(1) + "/history"), "/items/0/type") ==
        "tenantry.roster.student-registered.v1");

  CHECK(problem(client.post("/v1/students", student("S-1\u00a0"))) == "409 student-number-taken number");
  created(client.post("/v1/students", student("S-1", id_of(2))));
  CHECK(at(client.get("/v1/students?number=S-1"), "/items/0/id") == id_of(2));
  CHECK(at(client.get("/v1/students?number=S-1%20"), "/items/0/id") == id_of(2));
  CHECK(at(client.get("/v1/students?number=S-1%C2%A0"), "/items/0/id") == id_of(1));
  auto sent_back = client.patch("/v1/students/" + id_of(1), "{\"number\":\"S-1\u00a0\",\"givenName\":\"Zoe\u0308\"}");
  CHECK(sent_back.status == 200);
  CHECK(at(sent_back, "/events") == "0");
  auto married = client.patch("/v1/students/" + id_of(1), "{\"number\":\"S-1\u00a0\",\"familyName\":\"Prince\"}");
  CHECK(at(married, "/events") == "1");
  CHECK(at(client.get("/v1/students/" + id_of(1)), "/number") == "S-1\u00a0");
  CHECK(problem(client.patch("/v1/students/" + id_of(1), R"({"number":"S-1"})")) == "409 student-number-taken number");
  CHECK(client.patch("/v1/students/" + id_of(1), R"({"familyName":"Queen"})").status == 200);
  CHECK(client.patch("/v1/students/" + id_of(1), R"({"number":"S-3"})").status == 200);
  CHECK(size_at(client.get("/v1/students?number=S-1%E2%80%8B"), "/items") == 1);
}
