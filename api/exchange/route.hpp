// A route of the API: one value from which the router, the permission check and the OpenAPI document are all made.
//
// Plain values made once at start; names and types are those of the catalog. Handlers take the exchange over and answer
// it, now or later; they must not block.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "api/exchange/exchange.hpp"
#include "api/http/router.hpp"
#include "api/request/caller.hpp"
#include "events/catalog/type.hpp"

namespace tenantry::api {

using Serve = std::function<void(Exchange)>;
// What is wrong with a query's parameters and headers, as its handler would answer it; looks at no tables.
using Check = std::function<Checked<void>(const http::Request&, const TenantScope&)>;

// Whose business a route is, which decides what the state of the tenant means to it.
enum class Reach {
  service,   // of no tenant
  command,   // to the engine, whose rules know suspended and archived tenants
  creation,  // the second step of creating one: it may not be there yet
  query,     // reads of a tenant: not of an archived one, of a suspended one for operators
  record     // reads that remain when a tenant is archived
};

// Who comes to a route. Browsers are sent by pages of other sites with whatever parameters these add, and post forms
// that say nothing of where they come from; a route for them knows its own forms.
enum class Visitors { programs, browsers };

// Where the tenant's name stands.
enum class NamedBy {
  nothing,
  request,
  path,
  shown  // by a code, a token or a form that the server made itself, if it is good (Route::tenant_shown)
};

// The tenant of what is shown; nothing if there is none, which the handler answers.
using TenantShown = std::optional<TenantScope> (*)(const Context&, const http::Request&);

// Who may ask for it. A route that does not say is none.
struct Requirement {
  enum class Kind {
    unsaid,
    nothing,    // anybody, without a token
    principal,  // anybody who shows a token; what is asked for is judged by what it is
    permission
  };
  Kind kind = Kind::unsaid;
  Permission permission{};
};
inline constexpr Requirement nothing_required{Requirement::Kind::nothing};
inline constexpr Requirement principal_required{Requirement::Kind::principal};
constexpr Requirement required(Permission permission) {
  return {Requirement::Kind::permission, permission};
}

// What may be kept of a route's answers, problems too, and by whom.
enum class Keeping {
  privately,  // they may name a tenant: by the one who asked, for that tenant, if the server says that it still holds
  openly,     // by anyone, if the server says so
  never       // they are about this moment
};

struct QueryParameter {
  std::string_view name;
  std::string about;
  std::string schema = R"({"type":"string","minLength":1})";
};

// What a successful answer is, for OpenAPI.
struct AnswerShape {
  enum class Kind { command, entity, document, list, json, events, lines, feed, text } kind = Kind::json;
  std::string_view entity = {};  // the name of the schema, of an entity, a document without version, or a list's items
};

struct Route {
  http::Method method = http::Method::get;
  std::string pattern;
  std::string summary;
  std::string description = {};  // what the summary does not say, if anything
  Reach reach = Reach::query;
  Requirement requirement = {};
  // Who has the permission for their own alone is served what a narrowed reader shows (projections/tenant_reader.hpp).
  bool can_be_narrowed = false;
  Visitors visitors = Visitors::programs;
  NamedBy tenant = NamedBy::request;
  TenantShown tenant_shown = nullptr;
  AnswerShape answer = {};
  Keeping keeping = Keeping::privately;
  int success = 200;
  std::string_view command = {};               // the catalog's name of the command, if it is one
  const events::EntityType* entity = nullptr;  // what it is about; never null for a command
  std::vector<QueryParameter> query = {};
  std::size_t body_bytes_max = 0;
  Check check = {};
  Serve serve;
};

// The names in the pattern's braces, in order.
std::vector<std::string_view> parameters_of(std::string_view pattern);
// The segment after "/v1/": the collection that the route is about.
std::string_view collection_of(std::string_view pattern);

}  // namespace tenantry::api
