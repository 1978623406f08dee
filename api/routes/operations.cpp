#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"

namespace tenantry::api {
namespace {

Route service_route(std::string_view pattern, std::string_view summary, Keeping keeping, Serve serve) {
  return {.pattern = std::string{pattern},
          .summary = std::string{summary},
          .reach = Reach::service,
          .requirement = nothing_required,
          .tenant = NamedBy::nothing,
          .keeping = keeping,
          .serve = std::move(serve)};
}

Route operator_route(std::string_view pattern, std::string_view summary, Keeping keeping, Serve serve) {
  Route route = service_route(pattern, summary, keeping, std::move(serve));
  route.requirement = required(Permission::operate_service);
  return route;
}

}  // namespace

std::vector<Route> operation_routes() {
  using enum Keeping;
  std::vector<Route> table{
      service_route("/livez", "Whether the process answers", never, serve_livez),
      service_route("/readyz", "Whether commands can be taken", never, serve_readyz),
      operator_route("/metrics", "Counters and levels in the Prometheus text format", never, serve_metrics),
      service_route("/openapi.json", "This document", openly, serve_openapi),
      operator_route("/asyncapi.json", "The events on the Kafka topics, as an AsyncAPI document", openly,
                     serve_asyncapi),
      service_route("/problems", "Every problem that the API can answer", openly, serve_problems),
      service_route("/problems/{slug}", "One of them", openly, serve_problem),
      operator_route("/v1/cluster", "The log's partitions, who serves them, and how far this node is", privately,
                     serve_cluster),
      operator_route("/v1/quarantine", "The tenants whose tables wait for a repair", privately, serve_quarantine),
  };
  for (Route& route : table) {
    if (route.pattern == "/metrics") route.answer.kind = AnswerShape::Kind::text;
  }
  return table;
}

}  // namespace tenantry::api
