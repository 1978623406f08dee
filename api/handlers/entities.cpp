#include "api/handlers/handlers.hpp"
#include "api/request/conditional.hpp"
#include "api/tenants/tables.hpp"

namespace tenantry::api {

void answer_entity(Exchange& exchange, const events::EntityType& type, const Uuid& id) {
  auto document = checked(exchange.tenant->reader.document(type, id));
  if (!document) return answer(exchange, document.error());
  if (!*document) return answer(exchange, none_with(id));
  http::Response response = json_response(std::move((*document)->json));
  response.headers.emplace_back("ETag", entity_tag(exchange.tenant->scope().tenant(), (*document)->version));
  response.headers.emplace_back("Last-Modified", http_date((*document)->modified));
  answer(exchange, std::move(response));
}

Problem none_with(const Uuid& id) {
  return problem_of(Fault::entity_unknown, "id", "there is none with the id " + id.text());
}

Checked<void> check_id(const http::Request& request, const TenantScope&) {
  auto id = id_parameter(request);
  if (!id) return std::unexpected(std::move(id.error()));
  return {};
}

Serve serve_entity(const events::EntityType& type) {
  return [&type](Exchange exchange) {
    auto id = id_parameter(exchange.request);
    if (!id) return answer(exchange, id.error());
    answer_entity(exchange, type, *id);
  };
}

}  // namespace tenantry::api
