#include <algorithm>

#include "api/handlers/handlers.hpp"
#include "api/request/paging.hpp"
#include "api/tenants/tables.hpp"

namespace tenantry::api {
namespace {

using events::EntityType;
using projections::TenantReader;

struct Page {
  std::string body = R"({"items":[)";
  bool is_empty = true;

  void add(std::string_view document) {
    if (!std::exchange(is_empty, false)) body += ',';
    body += document;
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

// `place`: where the next page starts, empty if this is the last.
void answer_page(Exchange& exchange, Page page, const ListName& list, const std::string& place) {
  answer_page(exchange, std::move(page), place.empty() ? "" : make_cursor(list, place));
}

ListName collection_name(const TenantScope& tenant, const EntityType& type) {
  return {tenant.tenant(), projections::list_of_all(type)};
}

ListName members_name(const TenantScope& tenant, const EntityType::List& list, const Uuid& parent) {
  return {tenant.tenant(), projections::list_of_members(list, parent)};
}

void answer_collection(Exchange& exchange, const EntityType& type, const PageRequest& request) {
  ListName list = collection_name(exchange.tenant->scope(), type);
  Page page;
  auto next = checked(exchange.tenant->reader.collection(list.list, request.page(),
                                                         [&](std::string_view document) { page.add(document); }));
  if (!next) return answer(exchange, next.error());
  answer_page(exchange, std::move(page), list, *next);
}

Checked<std::optional<Uuid>> find_holder(const TenantReader& reader, const UniqueFilter& filter,
                                         const std::string& value) {
  if (!filter.is_id) return checked(reader.holder_as_asked(*filter.key, value));
  auto id = Uuid::parse(value);
  if (!id) return bad_parameter(filter.parameter, "must be a UUID");
  return checked(reader.holder(*filter.key, id->view()));
}

void answer_filtered(Exchange& exchange, const EntityType& type, const UniqueFilter& filter, const std::string& value) {
  const TenantReader& reader = exchange.tenant->reader;
  auto holder = find_holder(reader, filter, value);
  if (!holder) return answer(exchange, holder.error());
  Page page;
  if (*holder) {
    auto document = checked(reader.document(type, **holder));
    if (!document) return answer(exchange, document.error());
    if (*document) page.add((*document)->json);
  }
  answer_page(exchange, std::move(page), "");
}

// What is asked for of a collection: a page, or the holder of a unique value.
struct Wanted {
  PageRequest page;
  const UniqueFilter* filter = nullptr;
  std::string value;
};

Checked<Wanted> read_wanted(const http::Request& request, const TenantScope& tenant, const EntityType& type,
                            const std::vector<UniqueFilter>& filters) {
  Wanted wanted;
  for (const UniqueFilter& filter : filters) {
    auto value = single_parameter(request, filter.parameter);
    if (!value) return std::unexpected(std::move(value.error()));
    if (!*value || wanted.filter != nullptr) continue;
    if (!request.query("cursor").empty()) return bad_parameter("cursor", "has no meaning beside a filter");
    wanted.filter = &filter;
    wanted.value = **value;
  }
  auto page = read_page_request(request, collection_name(tenant, type));
  if (!page) return std::unexpected(std::move(page.error()));
  wanted.page = std::move(*page);
  return wanted;
}

void answer_members(Exchange& exchange, const EntityType& parent_type, const EntityType::List& list,
                    const EntityType& type) {
  auto parent = id_parameter(exchange.request);
  if (!parent) return answer(exchange, parent.error());
  ListName name = members_name(exchange.tenant->scope(), list, *parent);
  auto request = read_page_request(exchange.request, name);
  if (!request) return answer(exchange, request.error());
  // The list and its entities are read at one moment, so that each id in the list has its entity.
  TenantReader reader = exchange.tenant->reader.at_one_moment();
  auto exists = checked(reader.exists(parent_type, *parent));
  if (!exists) return answer(exchange, exists.error());
  if (!*exists) return answer(exchange, none_with(*parent));
  Page page;
  auto next =
      checked(reader.members(name.list, type, request->page(), [&](std::string_view document) { page.add(document); }));
  if (!next) return answer(exchange, next.error());
  answer_page(exchange, std::move(page), name, *next);
}

}  // namespace

std::vector<UniqueFilter> unique_filters(const EntityType& type) {
  std::vector<UniqueFilter> filters;
  for (const EntityType::Key& key : type.keys) {
    if (key.field.empty()) continue;
    auto field = std::ranges::find(type.fields, key.field, &events::Field::name);
    if (field == type.fields.end()) {
      throw std::logic_error(type.name + " has no field " + std::string{key.field} + ", which is declared unique");
    }
    filters.push_back({.parameter = key.field, .key = key.key, .is_id = field->type->id != nullptr});
  }
  return filters;
}

Serve serve_collection(const EntityType& type) {
  return [&type, filters = unique_filters(type)](Exchange exchange) {
    auto wanted = read_wanted(exchange.request, exchange.tenant->scope(), type, filters);
    if (!wanted) return answer(exchange, wanted.error());
    if (wanted->filter != nullptr) return answer_filtered(exchange, type, *wanted->filter, wanted->value);
    answer_collection(exchange, type, wanted->page);
  };
}

Check check_collection(const EntityType& type) {
  return [&type, filters = unique_filters(type)](const http::Request& request,
                                                 const TenantScope& tenant) -> Checked<void> {
    auto wanted = read_wanted(request, tenant, type, filters);
    if (!wanted) return std::unexpected(std::move(wanted.error()));
    return {};
  };
}

Check check_members(const EntityType::List& list) {
  return [&list](const http::Request& request, const TenantScope& tenant) -> Checked<void> {
    auto parent = id_parameter(request);
    if (!parent) return std::unexpected(std::move(parent.error()));
    auto page = read_page_request(request, members_name(tenant, list, *parent));
    if (!page) return std::unexpected(std::move(page.error()));
    return {};
  };
}

Serve serve_members(const EntityType& parent, const EntityType::List& list, const EntityType& type) {
  return [&](Exchange exchange) { answer_members(exchange, parent, list, type); };
}

}  // namespace tenantry::api
