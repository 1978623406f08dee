#include "api/handlers/handlers.hpp"
#include "api/live/event_pages.hpp"
#include "api/request/paging.hpp"
#include "api/tenants/tables.hpp"
#include "domain/tenancy/entities.hpp"
#include "projections/stored_types.hpp"

namespace tenantry::api {
namespace {

constexpr std::size_t sequence_bytes = 8;

struct Sequences {
  std::vector<std::uint64_t> numbers;
  bool more = false;
};

Checked<Sequences> read_sequences(const storage::TenantStore& store, const std::string& prefix,
                                  const PageRequest& page) {
  Sequences sequences;
  auto scanned = scan_rows(store, prefix, page.place.empty() ? "" : prefix + page.place, page.limit + 1,
                           [&](std::string_view key, std::string_view) {
                             sequences.more = sequences.numbers.size() == page.limit;
                             if (!sequences.more) sequences.numbers.push_back(projections::number_at_end(key));
                             return !sequences.more;
                           });
  if (!scanned) return std::unexpected(std::move(scanned.error()));
  return sequences;
}

ListName history_of(const TenantScope& tenant, char table, const Uuid& id) {
  return {tenant.tenant(), projections::history_prefix(table, id)};
}

void answer_events(Exchange& exchange, const ListName& list, const Sequences& sequences) {
  std::string body = R"({"items":[)";
  bool first = true;
  auto visited = visit_events(exchange.context->log, exchange.tenant->store, sequences.numbers,
                              [&](const events::RecordView& event) {
                                if (!std::exchange(first, false)) body += ',';
                                events::append_cloud_event_json(event, body);
                                return true;
                              });
  if (!visited) return answer(exchange, visited.error());
  body += ']';
  std::string next;
  if (sequences.more) {
    std::string place;
    projections::append_number(place, sequences.numbers.back());
    next = make_cursor(list, place);
    body += ",\"next\":\"" + next + '"';
  }
  http::Response response = json_response(body + '}');
  if (!next.empty()) response.headers.emplace_back("Link", next_link(exchange.request, "cursor", next));
  answer(exchange, std::move(response));
}

void answer_history(Exchange& exchange, char table, const Uuid& id) {
  ListName list = history_of(exchange.tenant->scope(), table, id);
  auto page = read_page_request(exchange.request, list, sequence_bytes);
  if (!page) return answer(exchange, page.error());
  auto sequences = read_sequences(exchange.tenant->store, list.prefix, *page);
  if (!sequences) return answer(exchange, sequences.error());
  if (sequences->numbers.empty() && page->place.empty()) {
    return answer(exchange, problem_of(Fault::entity_unknown, "id", "there is none with the id " + id.text()));
  }
  answer_events(exchange, list, *sequences);
}

Checked<void> check_page(const http::Request& request, const ListName& list) {
  auto page = read_page_request(request, list, sequence_bytes);
  if (!page) return std::unexpected(std::move(page.error()));
  return {};
}

}  // namespace

Check check_history(char table) {
  return [table](const http::Request& request, const TenantScope& tenant) -> Checked<void> {
    auto id = id_parameter(request);
    if (!id) return std::unexpected(std::move(id.error()));
    return check_page(request, history_of(tenant, table, *id));
  };
}

Serve serve_history(char table) {
  return [table](Exchange exchange) {
    auto id = id_parameter(exchange.request);
    if (!id) return answer(exchange, id.error());
    answer_history(exchange, table, *id);
  };
}

Checked<void> check_tenant_history(const http::Request& request, const TenantScope& tenant) {
  return check_page(request, history_of(tenant, projections::table_of<tenancy::Tenant>(), tenant.tenant().value));
}

void serve_tenant_history(Exchange exchange) {
  answer_history(exchange, projections::table_of<tenancy::Tenant>(), exchange.tenant->scope().tenant().value);
}

}  // namespace tenantry::api
