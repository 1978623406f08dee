#include "api/handlers/handlers.hpp"
#include "api/live/event_pages.hpp"
#include "api/request/paging.hpp"
#include "api/tenants/tables.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::api {
namespace {

ListName history_of(const TenantScope& tenant, const events::EntityType& type, const Uuid& id) {
  return {tenant.tenant(), projections::list_of_events(type, id)};
}

const events::EntityType& tenant_type() {
  return events::entity_type<tenancy::Tenant>();
}

void answer_events(Exchange& exchange, const ListName& list, const projections::TenantReader::Sequences& sequences) {
  std::string body = R"({"items":[)";
  bool first = true;
  auto visited = visit_events(exchange.context->log, exchange.tenant->reader, sequences.numbers,
                              [&](const events::RecordView& event) {
                                if (!std::exchange(first, false)) body += ',';
                                events::append_cloud_event_json(event, body);
                                return true;
                              });
  if (!visited) return answer(exchange, visited.error());
  body += ']';
  std::string next;
  if (!sequences.next.empty()) {
    next = make_cursor(list, sequences.next);
    body += ",\"next\":\"" + next + '"';
  }
  http::Response response = json_response(body + '}');
  if (!next.empty()) response.headers.emplace_back("Link", next_link(exchange.request, "cursor", next));
  answer(exchange, std::move(response));
}

void answer_history(Exchange& exchange, const events::EntityType& type, const Uuid& id) {
  ListName list = history_of(exchange.tenant->scope(), type, id);
  auto page = read_page_request(exchange.request, list);
  if (!page) return answer(exchange, page.error());
  if (exchange.is_narrowed) {
    auto exists = checked(exchange.tenant->reader.exists(type, id));
    if (!exists) return answer(exchange, exists.error());
    if (!*exists) return answer(exchange, none_with(id));
  }
  auto sequences = checked(exchange.tenant->reader.sequences(list.list, page->page()));
  if (!sequences) return answer(exchange, sequences.error());
  if (sequences->numbers.empty() && page->place.empty()) {
    return answer(exchange, none_with(id));
  }
  answer_events(exchange, list, *sequences);
}

Checked<void> check_page(const http::Request& request, const ListName& list) {
  auto page = read_page_request(request, list);
  if (!page) return std::unexpected(std::move(page.error()));
  return {};
}

}  // namespace

Check check_history(const events::EntityType& type) {
  return [&type](const http::Request& request, const TenantScope& tenant) -> Checked<void> {
    auto id = id_parameter(request);
    if (!id) return std::unexpected(std::move(id.error()));
    return check_page(request, history_of(tenant, type, *id));
  };
}

Serve serve_history(const events::EntityType& type) {
  return [&type](Exchange exchange) {
    auto id = id_parameter(exchange.request);
    if (!id) return answer(exchange, id.error());
    answer_history(exchange, type, *id);
  };
}

Checked<void> check_tenant_history(const http::Request& request, const TenantScope& tenant) {
  return check_page(request, history_of(tenant, tenant_type(), tenant.tenant().value));
}

void serve_tenant_history(Exchange exchange) {
  answer_history(exchange, tenant_type(), exchange.tenant->scope().tenant().value);
}

}  // namespace tenantry::api
