#include "projections/roster/statistics.hpp"

#include "api/handlers/handlers.hpp"
#include "api/tenants/tables.hpp"
#include "domain/roster/entities.hpp"

namespace tenantry::api {
namespace {

// What was never counted is zero.
template <class Statistics>
void answer_statistics(Exchange& exchange, const Uuid& id) {
  auto row = read_row(exchange.tenant->store, projections::entity_key(projections::table_of<Statistics>(), id));
  if (!row) return answer(exchange, row.error());
  if (*row) return answer(exchange, json_response(std::string{projections::read_entity_row(**row).document}));
  Statistics none;
  none.id.value = id;
  std::string document;
  events::encode(projections::stored_type(kind_of<Statistics>).type->fields, &none, document);
  answer(exchange, json_response(std::move(document)));
}

}  // namespace

void serve_class_statistics(Exchange exchange) {
  auto id = id_parameter(exchange.request);
  if (!id) return answer(exchange, id.error());
  auto row = read_row(exchange.tenant->store, projections::entity_key(projections::table_of<roster::Class>(), *id));
  if (!row) return answer(exchange, row.error());
  if (!*row) return answer(exchange, problem_of(Fault::entity_unknown, "id", "there is no class " + id->text()));
  answer_statistics<projections::ClassStatistics>(exchange, *id);
}

void serve_tenant_statistics(Exchange exchange) {
  answer_statistics<projections::TenantStatistics>(exchange, exchange.tenant->scope().tenant().value);
}

}  // namespace tenantry::api
