#include "api/handlers/handlers.hpp"
#include "api/paging.hpp"
#include "api/tables.hpp"

namespace tenantry::api {
namespace {

constexpr std::size_t id_bytes = 16;

struct Page {
  std::string body = R"({"items":[)";
  std::size_t count = 0;
  std::string last;  // id of the last item

  void add(std::string_view document, std::string_view id) {
    if (count++ > 0) body += ',';
    body += document;
    last = id;
  }
};

// `next`: the cursor of the next page, empty if this is the last.
void answer_page(Exchange& exchange, Page page, const std::string& next) {
  page.body += ']';
  if (!next.empty()) page.body += ",\"next\":\"" + next + '"';
  page.body += '}';
  http::Response response = json_response(std::move(page.body));
  if (!next.empty()) response.headers.emplace_back("Link", next_link(exchange.request, "cursor", next));
  answer(exchange, std::move(response));
}

std::string_view id_in(std::string_view key) {
  return key.substr(key.size() - id_bytes);
}

void answer_collection(Exchange& exchange, char table) {
  auto request = read_page_request(exchange.request, table, id_bytes);
  if (!request) return answer(exchange, request.error());
  std::string prefix = projections::entity_prefix(table);
  Page page;
  bool more = false;
  auto scanned = scan_rows(exchange.tenant->store, prefix, request->place.empty() ? "" : prefix + request->place,
                           request->limit + 1, [&](std::string_view key, std::string_view row) {
                             more = page.count == request->limit;
                             if (!more) page.add(projections::read_entity_row(row).document, id_in(key));
                             return !more;
                           });
  if (!scanned) return answer(exchange, scanned.error());
  std::string next = more ? make_cursor(table, page.last) : "";
  answer_page(exchange, std::move(page), next);
}

void answer_filtered(Exchange& exchange, char table, const IndexFilter& filter, std::string_view value) {
  auto holder = read_row(exchange.tenant->store, projections::index_key(filter.index, value));
  if (!holder) return answer(exchange, holder.error());
  Page page;
  if (*holder) {
    auto row = read_row(exchange.tenant->store, projections::entity_key(table, projections::id_at_end(**holder)));
    if (!row) return answer(exchange, row.error());
    if (*row) page.add(projections::read_entity_row(**row).document, id_in(**holder));
  }
  answer_page(exchange, std::move(page), "");
}

// The filter that the query gives, if any, and its value.
Checked<std::pair<const IndexFilter*, std::string>> read_filter(const http::Request& request,
                                                                const std::vector<IndexFilter>& filters) {
  for (const IndexFilter& filter : filters) {
    auto value = single_parameter(request, filter.parameter);
    if (!value) return std::unexpected(std::move(value.error()));
    if (!*value) continue;
    if (!request.query("cursor").empty()) return bad_parameter("cursor", "has no meaning beside a filter");
    return std::pair{&filter, std::string{**value}};
  }
  return std::pair<const IndexFilter*, std::string>{nullptr, ""};
}

struct Members {
  std::vector<std::string> entity_keys;
  bool more = false;
};

Checked<Members> read_members(const storage::TenantStore& store, const std::string& prefix, const PageRequest& request,
                              char table) {
  Members members;
  auto scanned = scan_rows(store, prefix, request.place.empty() ? "" : prefix + request.place, request.limit + 1,
                           [&](std::string_view key, std::string_view) {
                             members.more = members.entity_keys.size() == request.limit;
                             if (members.more) return false;
                             members.entity_keys.push_back(projections::entity_key(table, projections::id_at_end(key)));
                             return true;
                           });
  if (!scanned) return std::unexpected(std::move(scanned.error()));
  return members;
}

Checked<void> check_exists(const storage::TenantStore& store, char table, const Uuid& id) {
  auto row = read_row(store, projections::entity_key(table, id));
  if (!row) return std::unexpected(std::move(row.error()));
  if (*row) return {};
  return std::unexpected(problem_of(Fault::entity_unknown, "id", "there is none with the id " + id.text()));
}

void answer_members(Exchange& exchange, projections::List list, char parent_table, char table) {
  auto parent = Uuid::parse(exchange.request.parameter("id"));
  if (!parent) return answer(exchange, problem_of(Fault::parameter_malformed, "id", "must be a UUID"));
  auto request = read_page_request(exchange.request, static_cast<char>(list), id_bytes);
  if (!request) return answer(exchange, request.error());
  // The list and its entities are read at one moment, so that each id in the list has its entity.
  storage::TenantStore store = exchange.tenant->store.at_one_moment();
  if (auto exists = check_exists(store, parent_table, *parent); !exists) return answer(exchange, exists.error());
  auto members = read_members(store, projections::list_prefix(list, *parent), *request, table);
  if (!members) return answer(exchange, members.error());
  auto rows = read_rows(store, members->entity_keys);
  if (!rows) return answer(exchange, rows.error());
  Page page;
  for (std::size_t index = 0; index < rows->size(); ++index) {
    const auto& row = (*rows)[index];
    if (!row)
      return answer(exchange, problem_of(Fault::tables_unreadable, "", "a list names an entity that is not there"));
    page.add(projections::read_entity_row(*row).document, id_in(members->entity_keys[index]));
  }
  std::string next = members->more ? make_cursor(static_cast<char>(list), page.last) : "";
  answer_page(exchange, std::move(page), next);
}

}  // namespace

Serve serve_collection(char table, std::vector<IndexFilter> filters) {
  return [table, filters = std::move(filters)](Exchange exchange) {
    auto filter = read_filter(exchange.request, filters);
    if (!filter) return answer(exchange, filter.error());
    if (auto page = read_page_request(exchange.request, table, id_bytes); !page) return answer(exchange, page.error());
    if (filter->first != nullptr) return answer_filtered(exchange, table, *filter->first, filter->second);
    answer_collection(exchange, table);
  };
}

Serve serve_list(projections::List list, char parent_table, char table) {
  return [=](Exchange exchange) { answer_members(exchange, list, parent_table, table); };
}

}  // namespace tenantry::api
