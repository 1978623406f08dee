#include <catch2/catch.hpp>

#include "api/tenants/gate.hpp"
#include "events/engine/engine.hpp"
#include "events/identifiers.hpp"
#include "events/record.hpp"
#include "tests/api/test_service.hpp"

using namespace tenantry;
using namespace tenantry::test;

namespace {

// An event that no version of the product has ever known, as a newer one might leave behind.
void append_unknown_event(api::Node& node, const std::string& slug, std::uint64_t sequence) {
  TenantScope scope = api::Gate(node.state()).find(slug).value();
  events::Record record;
  record.attributes.id = events::fresh_id();
  record.attributes.tenant = scope.tenant();
  record.attributes.source = "/tenants/" + scope.tenant().text();
  record.attributes.type = "tenantry.roster.student-teleported.v1";
  record.attributes.subject = "students/" + id_of(1);
  record.attributes.time = Instant::now();
  record.attributes.sequence = sequence;
  record.attributes.command_id = events::fresh_id().text();
  record.data = "{}";
  std::string bytes;
  events::encode_record(record, bytes);
  REQUIRE(node.log().append(events::engine::partition_of(scope), {bytes}));
}

}  // namespace

TEST_CASE("a tenant in quarantine is reported, refuses commands and is still read; others go on") {
  TestService service;
  auto school = service.tenant("school");
  auto other = service.tenant("college");
  created(school.post("/v1/students", student("S1", id_of(1))));
  service.restart([](api::Node& node) { append_unknown_event(node, "school", 3); });
  service.restart();
  auto client = service.client({{"X-Tenant", "school"}});
  auto listed = client.get("/v1/quarantine");
  REQUIRE(size_at(listed, "/items") == 1);
  CHECK(at(listed, "/items/0/tenantId") == at(client.get("/v1/tenant"), "/id"));
  CHECK(at(listed, "/items/0/sequence") == "3");
  CHECK(at(listed, "/items/0/type") == "tenantry.roster.student-teleported.v1");
  CHECK_FALSE(at(listed, "/items/0/reason").empty());

  auto refused = client.post("/v1/students", student("S2"));
  CHECK(problem(refused) == "503 tenant-quarantined");
  CHECK_FALSE(header(refused, "retry-after").empty());
  CHECK(client.get("/v1/students/" + id_of(1)).status == 200);
  auto college = service.client({{"X-Tenant", "college"}});
  CHECK(college.post("/v1/students", student("S1")).status == 201);
  CHECK(client.get("/metrics").body.find("quarantined_tenants{partition=\"events-") != std::string::npos);
}
