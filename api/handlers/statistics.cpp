#include "api/handlers/handlers.hpp"
#include "api/tenants/tables.hpp"

namespace tenantry::api {
namespace {

void answer_statistics(Exchange& exchange, const projections::StatisticsType& type, const Uuid& id) {
  auto document = checked(exchange.tenant->reader.statistics(type, id));
  if (!document) return answer(exchange, document.error());
  answer(exchange, json_response(std::move(*document)));
}

}  // namespace

Serve serve_statistics(const events::EntityType& entity, const projections::StatisticsType& type) {
  return [&entity, &type](Exchange exchange) {
    auto id = id_parameter(exchange.request);
    if (!id) return answer(exchange, id.error());
    auto exists = checked(exchange.tenant->reader.exists(entity, *id));
    if (!exists) return answer(exchange, exists.error());
    if (!*exists) {
      std::string detail = "there is no " + entity.noun + ' ' + id->text();
      return answer(exchange, problem_of(Fault::entity_unknown, "id", std::move(detail)));
    }
    answer_statistics(exchange, type, *id);
  };
}

Serve serve_tenant_statistics(const projections::StatisticsType& type) {
  return [&type](Exchange exchange) { answer_statistics(exchange, type, exchange.tenant->scope().tenant().value); };
}

}  // namespace tenantry::api
