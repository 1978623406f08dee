#include "api/service/admission.hpp"

#include <algorithm>

#include "api/exchange/route.hpp"
#include "api/exchange/site.hpp"
#include "api/http/text.hpp"
#include "domain/access/authorisation.hpp"

namespace tenantry::api {
namespace {

// What nobody of the caller's kind may do needs no look at what this one may.
Checked<void> check_ceiling(const Requirement& requirement, const Caller& caller) {
  if (requirement.kind != Requirement::Kind::permission) return {};
  if (access::ceiling_of(caller.origin.principal).contains(requirement.permission)) return {};
  return std::unexpected(problem_of(access::permission_missing(requirement.permission)));
}

Checked<void> check_query(const Route& route, const http::Request& request) {
  for (const auto& [name, value] : request.query()) {
    if (std::ranges::find(route.query, name, &QueryParameter::name) == route.query.end()) {
      return bad_parameter(name, "is not a parameter of this route");
    }
  }
  return {};
}

// A compressed body would be taken for a malformed one.
Checked<void> check_encoding(const http::Request& request) {
  auto encoding = single_header(request, "Content-Encoding");
  if (!encoding) return std::unexpected(std::move(encoding.error()));
  if (!*encoding || http::equal_ignoring_case(**encoding, "identity")) return {};
  return std::unexpected(problem_of(Fault::media_type_unsupported, "Content-Encoding", "bodies are taken as they are"));
}

// What handlers of changes that are no single command could not hold to.
Checked<void> check_conditions(const Route& route, const Conditions& conditions) {
  auto name = condition_on_change(conditions);
  if (name.empty() || route.method == http::Method::get || !route.command.empty()) return {};
  return bad_header(name, "has no meaning here, where there is no one entity with a version");
}

}  // namespace

Checked<void> admit(Exchange& exchange) {
  const Route& route = *exchange.route;
  const http::Request& request = exchange.request;
  if (auto good = check_transport(request, exchange.context->options); !good) return good;
  bool is_for_browsers = route.visitors == Visitors::browsers;
  if (auto good = check_host(request, exchange.context->options); !good) return good;
  if (!is_for_browsers) {
    if (auto good = check_site(request, exchange.context->options); !good) return good;
  }
  bool is_open = route.requirement.kind == Requirement::Kind::nothing;
  auto caller = read_caller(request, exchange.context->authentication, is_open ? Asked::nothing : Asked::who);
  if (!caller) return std::unexpected(std::move(caller.error()));
  exchange.caller = std::move(*caller);
  if (auto allowed = check_ceiling(route.requirement, exchange.caller); !allowed) return allowed;
  if (!is_for_browsers) {
    if (auto known = check_query(route, request); !known) return known;
  }
  if (auto plain = check_encoding(request); !plain) return plain;
  auto conditions = read_conditions(request);
  if (!conditions) return std::unexpected(std::move(conditions.error()));
  if (auto fit = check_conditions(route, *conditions); !fit) return fit;
  exchange.conditions = std::move(*conditions);
  return {};
}

}  // namespace tenantry::api
