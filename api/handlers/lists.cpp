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

void answer_collection(Exchange& exchange, const EntityType& type, const ListName& list, const PageRequest& request) {
  Page page;
  auto next = checked(exchange.tenant->reader.collection(list.list, type, request.page(),
                                                         [&](std::string_view document) { page.add(document); }));
  if (!next) return answer(exchange, next.error());
  answer_page(exchange, std::move(page), list, *next);
}

// The list and its entities are read at one moment, which the reader shows, so that each id in the list has its entity.
void answer_members_of(Exchange& exchange, const TenantReader& reader, const EntityType& type, const ListName& list,
                       const PageRequest& request) {
  Page page;
  auto next =
      checked(reader.members(list.list, type, request.page(), [&](std::string_view document) { page.add(document); }));
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

void answer_holder(Exchange& exchange, const EntityType& type, const UniqueFilter& filter, const std::string& value) {
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

// The value that a choice is stored as.
Checked<std::string> packed_choice(const EntityType& type, const ChoiceFilter& filter, std::string_view text) {
  const events::Field& field = *filter.filter->field;
  Value entity = Value::of_kind(*type.kind);
  if (field.type->parse(text, {}, field.in(entity.data()))) {
    std::string choices;
    for (const std::string& each : filter.choices) choices += (choices.empty() ? "" : ", ") + each;
    return bad_parameter(filter.parameter, "must be one of " + choices);
  }
  std::string packed;
  field.type->pack(field.in(entity.data()), packed);
  return packed;
}

// The filters of a collection, of which a request may give one.
struct Filters {
  std::vector<UniqueFilter> unique;
  std::vector<ChoiceFilter> choices;
};

Filters filters_of(const EntityType& type) {
  return {unique_filters(type), choice_filters(type)};
}

// What is asked for of a collection: a page of all or of those with a value, or the holder of a unique value.
struct Wanted {
  ListName list;
  PageRequest page;
  const UniqueFilter* unique = nullptr;
  const ChoiceFilter* choice = nullptr;
  std::string value;
};

// Which filter the request gives, with its value.
Checked<void> read_filter(const http::Request& request, const Filters& filters, Wanted& wanted) {
  std::string_view given;
  auto read = [&](std::string_view parameter) -> Checked<bool> {
    auto value = single_parameter(request, parameter);
    if (!value) return std::unexpected(std::move(value.error()));
    if (!*value) return false;
    if (!given.empty()) return bad_parameter(parameter, "has no meaning beside " + std::string{given});
    given = parameter;
    wanted.value = **value;
    return true;
  };
  for (const UniqueFilter& each : filters.unique) {
    auto found = read(each.parameter);
    if (!found) return std::unexpected(std::move(found.error()));
    if (*found) wanted.unique = &each;
  }
  for (const ChoiceFilter& each : filters.choices) {
    auto found = read(each.parameter);
    if (!found) return std::unexpected(std::move(found.error()));
    if (*found) wanted.choice = &each;
  }
  return {};
}

Checked<Wanted> read_wanted(const http::Request& request, const TenantScope& tenant, const EntityType& type,
                            const Filters& filters) {
  Wanted wanted{.list = collection_name(tenant, type), .page = {}, .value = {}};
  if (auto read = read_filter(request, filters, wanted); !read) return std::unexpected(std::move(read.error()));
  if (wanted.unique != nullptr && !request.query("cursor").empty()) {
    return bad_parameter("cursor", "has no meaning beside " + std::string{wanted.unique->parameter});
  }
  if (wanted.choice != nullptr) {
    auto packed = packed_choice(type, *wanted.choice, wanted.value);
    if (!packed) return std::unexpected(std::move(packed.error()));
    wanted.list.list = projections::list_of_filtered(*wanted.choice->filter, *packed);
  }
  auto page = read_page_request(request, wanted.list);
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
  TenantReader reader = exchange.tenant->reader.at_one_moment();
  auto exists = checked(reader.exists(parent_type, *parent));
  if (!exists) return answer(exchange, exists.error());
  if (!*exists) return answer(exchange, none_with(*parent));
  answer_members_of(exchange, reader, type, name, *request);
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

std::vector<ChoiceFilter> choice_filters(const EntityType& type) {
  std::vector<ChoiceFilter> filters;
  for (const EntityType::Filter& each : type.filters) {
    events::ValueShape shape = each.field->type->shape({});
    std::vector<std::string> choices{shape.choices.begin(), shape.choices.end()};
    if (shape.kind == events::ValueShape::Kind::boolean) choices = {"true", "false"};
    filters.push_back({each.field->name, &each, std::move(choices)});
  }
  return filters;
}

Serve serve_collection(const EntityType& type) {
  return [&type, filters = filters_of(type)](Exchange exchange) {
    auto wanted = read_wanted(exchange.request, exchange.tenant->scope(), type, filters);
    if (!wanted) return answer(exchange, wanted.error());
    if (wanted->unique != nullptr) return answer_holder(exchange, type, *wanted->unique, wanted->value);
    if (wanted->choice != nullptr) {
      return answer_members_of(exchange, exchange.tenant->reader.at_one_moment(), type, wanted->list, wanted->page);
    }
    answer_collection(exchange, type, wanted->list, wanted->page);
  };
}

Check check_collection(const EntityType& type) {
  return [&type, filters = filters_of(type)](const http::Request& request, const TenantScope& tenant) -> Checked<void> {
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
