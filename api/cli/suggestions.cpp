#include "api/cli/suggestions.hpp"

#include "api/tenants/gate.hpp"

namespace tenantry::api::cli {
namespace {

constexpr std::string_view demo_tenant = "aaa";

std::string line(const std::string& about, const std::string& command) {
  return "\n# " + about + '\n' + command + '\n';
}

std::string for_demo(const std::string& url) {
  std::string curl = "curl -s -H 'X-Tenant: aaa' ";
  return line("what a tenant holds, and what became of its students", curl + url + "/v1/statistics") +
         line("a student by number", curl + "'" + url + "/v1/students?number=11391'") +
         line("the first classes", curl + "'" + url + "/v1/classes?limit=2'") +
         line("the audit trail: who did what, when", curl + "'" + url + "/v1/audit/events?limit=3'") +
         line("another tenant, by its host name", "curl -s -H 'Host: bbb.localhost' '" + url + "/v1/courses'");
}

std::string for_nobody(const std::string& url) {
  std::string json = "-H 'Content-Type: application/json' ";
  return line("make a tenant",
              "curl -s " + json +
                  "-d '{\"slug\":\"my-school\",\"name\":\"My school\",\"timezone\":\"Europe/London\"}' " + url +
                  "/v1/tenants") +
         line("register a student in it",
              "curl -s -H 'X-Tenant: my-school' " + json +
                  "-d '{\"number\":\"1\",\"givenName\":\"Ada\",\"familyName\":\"Lovelace\"}' " + url + "/v1/students") +
         line("see both, and the events that made them", "curl -s -H 'X-Tenant: my-school' " + url +
                                                             "/v1/students\ncurl -s -H 'X-Tenant: my-school' " + url +
                                                             "/v1/audit/events");
}

}  // namespace

std::string suggestions(Node& node, const std::string& url) {
  bool has_demo = Gate(node.state()).find(demo_tenant).has_value();
  return "\nTenantry serves " + node.options().folder + " on " + url + ". Try:\n" +
         (has_demo ? for_demo(url) : for_nobody(url)) +
         line("everything it can do", "curl -s " + url + "/openapi.json") + '\n';
}

}  // namespace tenantry::api::cli
