#include "api/handlers/command_request.hpp"
#include "api/handlers/handlers.hpp"
#include "api/request/paging.hpp"
#include "api/tenants/registrations.hpp"
#include "api/tenants/tables.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::api {
namespace {

using events::engine::Done;
using events::engine::Outcome;

const events::EntityType& tenant_type() {
  return events::entity_type<tenancy::Tenant>();
}

}  // namespace

void serve_tenant_creation(Exchange exchange) {
  Context& context = *exchange.context;
  std::string partitions = std::to_string(context.tenant_partitions);
  auto request = read_command(exchange, {{"partitions", partitions}});
  if (!request) return answer(exchange, request.error());
  auto origin = exchange.caller.origin;
  auto reply = [exchange = std::move(exchange)](Outcome outcome) mutable {
    const auto* done = std::get_if<Done>(&outcome);
    if (done == nullptr) return answer(exchange, problem_of_outcome(outcome));
    answer_done(exchange, *done);
  };
  context.creation.create(std::move(*request), std::move(origin), std::move(reply));
}

// Asked by the node that registered the tenant; asking again changes nothing.
void serve_creation(Exchange exchange) {
  Context& context = *exchange.context;
  auto registration = find_registration(context.state.reader(Gate::platform()), exchange.request.parameter("id"));
  if (!registration) return answer(exchange, registration.error());
  if (!*registration) return answer(exchange, problem_of(Fault::entity_unknown, "id", "no tenant is registered so"));
  auto origin = exchange.caller.origin;
  auto reply = [exchange = std::move(exchange)](Outcome outcome) mutable {
    const auto* done = std::get_if<Done>(&outcome);
    if (done == nullptr) return answer(exchange, problem_of_outcome(outcome));
    answer_done(exchange, *done);
  };
  context.creation.finish(**registration, std::move(origin), std::move(reply));
}

void serve_own_tenant(Exchange exchange) {
  answer_entity(exchange, tenant_type(), exchange.tenant->scope().tenant().value);
}

// The register says which tenants there are; each one's own tables say what it is now. A tenant whose creation is not
// finished is left out.
void serve_tenants(Exchange exchange) {
  const ListName list{Gate::platform().tenant(), projections::list_of_all(tenant_type())};
  auto page = read_page_request(exchange.request, list);
  if (!page) return answer(exchange, page.error());
  const auto& state = exchange.context->state;
  auto registrations = list_registrations(state.reader(Gate::platform()), page->page());
  if (!registrations) return answer(exchange, registrations.error());
  std::string body = R"({"items":[)";
  bool first = true;
  for (const auto& registration : registrations->items) {
    auto document = checked(state.reader(Gate::scope_of(registration)).document(tenant_type(), registration.id.value));
    if (!document) return answer(exchange, document.error());
    if (!*document) continue;
    if (!std::exchange(first, false)) body += ',';
    body += (*document)->json;
  }
  body += ']';
  bool more = !registrations->next.empty();
  std::string next = more ? make_cursor(list, registrations->next) : "";
  if (more) body += ",\"next\":\"" + next + '"';
  http::Response response = json_response(body + '}');
  if (more) response.headers.emplace_back("Link", next_link(exchange.request, "cursor", next));
  answer(exchange, std::move(response));
}

}  // namespace tenantry::api
