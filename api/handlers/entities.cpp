#include "api/conditional.hpp"
#include "api/handlers/handlers.hpp"
#include "api/tables.hpp"

namespace tenantry::api {

void answer_entity(Exchange& exchange, char table, const Uuid& id) {
  auto row = read_row(exchange.tenant->store, projections::entity_key(table, id));
  if (!row) return answer(exchange, row.error());
  if (!*row) return answer(exchange, problem_of(Fault::entity_unknown, "id", "there is none with the id " + id.text()));
  projections::EntityRow entity = projections::read_entity_row(**row);
  auto already = has_already(exchange.request, entity.version);
  if (!already) return answer(exchange, already.error());
  http::Response response{.status = *already ? 304 : 200};
  response.headers.emplace_back("ETag", entity_tag(entity.version));
  response.headers.emplace_back("Last-Modified", http_date(entity.modified));
  if (!*already) {
    response.content_type = "application/json";
    response.body = entity.document;
  }
  answer(exchange, std::move(response));
}

Serve serve_entity(char table) {
  return [table](Exchange exchange) {
    auto id = Uuid::parse(exchange.request.parameter("id"));
    if (!id) return answer(exchange, problem_of(Fault::parameter_malformed, "id", "must be a UUID"));
    answer_entity(exchange, table, *id);
  };
}

}  // namespace tenantry::api
