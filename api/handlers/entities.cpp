#include "api/handlers/handlers.hpp"
#include "api/request/conditional.hpp"
#include "api/tenants/tables.hpp"

namespace tenantry::api {

void answer_entity(Exchange& exchange, char table, const Uuid& id) {
  auto row = read_row(exchange.tenant->store, projections::entity_key(table, id));
  if (!row) return answer(exchange, row.error());
  if (!*row) return answer(exchange, problem_of(Fault::entity_unknown, "id", "there is none with the id " + id.text()));
  projections::EntityRow entity = projections::read_entity_row(**row);
  http::Response response = json_response(std::string{entity.document});
  response.headers.emplace_back("ETag", entity_tag(exchange.tenant->scope().tenant(), entity.version));
  response.headers.emplace_back("Last-Modified", http_date(entity.modified));
  answer(exchange, std::move(response));
}

Checked<void> check_id(const http::Request& request, const TenantScope&) {
  auto id = id_parameter(request);
  if (!id) return std::unexpected(std::move(id.error()));
  return {};
}

Serve serve_entity(char table) {
  return [table](Exchange exchange) {
    auto id = id_parameter(exchange.request);
    if (!id) return answer(exchange, id.error());
    answer_entity(exchange, table, *id);
  };
}

}  // namespace tenantry::api
