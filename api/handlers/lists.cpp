#include "api/handlers/handlers.hpp"
#include "api/request/paging.hpp"
#include "api/tenants/tables.hpp"
#include "domain/kernel/text.hpp"

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

ListName collection_name(const TenantScope& tenant, char table) {
  return {tenant.tenant(), projections::entity_prefix(table)};
}

ListName members_name(const TenantScope& tenant, char list, const Uuid& parent) {
  return {tenant.tenant(), projections::list_prefix(list, parent)};
}

void answer_collection(Exchange& exchange, char table, const PageRequest& request) {
  ListName list = collection_name(exchange.tenant->scope(), table);
  const std::string& prefix = list.prefix;
  Page page;
  bool more = false;
  auto scanned = scan_rows(exchange.tenant->store, prefix, request.place.empty() ? "" : prefix + request.place,
                           request.limit + 1, [&](std::string_view key, std::string_view row) {
                             more = page.count == request.limit;
                             if (!more) page.add(projections::read_entity_row(row).document, id_in(key));
                             return !more;
                           });
  if (!scanned) return answer(exchange, scanned.error());
  std::string next = more ? make_cursor(list, page.last) : "";
  answer_page(exchange, std::move(page), next);
}

// A value is looked for as it was asked for, which finds what events from before texts were normalised hold, and then
// in the form in which a command would have kept it.
Checked<std::optional<std::string>> read_holder(const storage::TenantStore& store, char index, std::string_view asked) {
  auto holder = read_row(store, projections::index_key(index, asked));
  if (!holder || *holder) return holder;
  std::string key = normalised_key(asked);
  if (key == asked) return holder;
  return read_row(store, projections::index_key(index, key));
}

void answer_filtered(Exchange& exchange, char table, const IndexFilter& filter, std::string_view value) {
  auto holder = read_holder(exchange.tenant->store, filter.index, value);
  if (!holder) return answer(exchange, holder.error());
  Page page;
  if (*holder) {
    auto row = read_row(exchange.tenant->store, projections::entity_key(table, projections::id_at_end(**holder)));
    if (!row) return answer(exchange, row.error());
    if (*row) page.add(projections::read_entity_row(**row).document, id_in(**holder));
  }
  answer_page(exchange, std::move(page), "");
}

// What is asked for of a collection: a page, or the holder of a unique value.
struct Wanted {
  PageRequest page;
  const IndexFilter* filter = nullptr;
  std::string value;
};

Checked<Wanted> read_wanted(const http::Request& request, const TenantScope& tenant, char table,
                            const std::vector<IndexFilter>& filters) {
  Wanted wanted;
  for (const IndexFilter& filter : filters) {
    auto value = single_parameter(request, filter.parameter);
    if (!value) return std::unexpected(std::move(value.error()));
    if (!*value || wanted.filter != nullptr) continue;
    if (!request.query("cursor").empty()) return bad_parameter("cursor", "has no meaning beside a filter");
    wanted.filter = &filter;
    wanted.value = **value;
  }
  auto page = read_page_request(request, collection_name(tenant, table), id_bytes);
  if (!page) return std::unexpected(std::move(page.error()));
  wanted.page = std::move(*page);
  return wanted;
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

void answer_members(Exchange& exchange, char list, char parent_table, char table) {
  auto parent = id_parameter(exchange.request);
  if (!parent) return answer(exchange, parent.error());
  ListName name = members_name(exchange.tenant->scope(), list, *parent);
  auto request = read_page_request(exchange.request, name, id_bytes);
  if (!request) return answer(exchange, request.error());
  // The list and its entities are read at one moment, so that each id in the list has its entity.
  storage::TenantStore store = exchange.tenant->store.at_one_moment();
  if (auto exists = check_exists(store, parent_table, *parent); !exists) return answer(exchange, exists.error());
  auto members = read_members(store, name.prefix, *request, table);
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
  std::string next = members->more ? make_cursor(name, page.last) : "";
  answer_page(exchange, std::move(page), next);
}

}  // namespace

Serve serve_collection(char table, std::vector<IndexFilter> filters) {
  return [table, filters = std::move(filters)](Exchange exchange) {
    auto wanted = read_wanted(exchange.request, exchange.tenant->scope(), table, filters);
    if (!wanted) return answer(exchange, wanted.error());
    if (wanted->filter != nullptr) return answer_filtered(exchange, table, *wanted->filter, wanted->value);
    answer_collection(exchange, table, wanted->page);
  };
}

Check check_collection(char table, std::vector<IndexFilter> filters) {
  return
      [table, filters = std::move(filters)](const http::Request& request, const TenantScope& tenant) -> Checked<void> {
        auto wanted = read_wanted(request, tenant, table, filters);
        if (!wanted) return std::unexpected(std::move(wanted.error()));
        return {};
      };
}

Check check_list(char list) {
  return [list](const http::Request& request, const TenantScope& tenant) -> Checked<void> {
    auto parent = id_parameter(request);
    if (!parent) return std::unexpected(std::move(parent.error()));
    auto page = read_page_request(request, members_name(tenant, list, *parent), id_bytes);
    if (!page) return std::unexpected(std::move(page.error()));
    return {};
  };
}

Serve serve_list(char list, char parent_table, char table) {
  return [=](Exchange exchange) { answer_members(exchange, list, parent_table, table); };
}

}  // namespace tenantry::api
