#include "api/service/dispatch.hpp"

#include <algorithm>

#include "api/exchange/site.hpp"
#include "api/http/text.hpp"
#include "api/service/elsewhere.hpp"
#include "api/tenants/registrations.hpp"
#include "api/tenants/tables.hpp"
#include "domain/tenancy/entities.hpp"

namespace tenantry::api {
namespace {

using events::engine::partition_of;
using tenancy::TenantStatus;

Checked<void> check_role(const Route& route, const Caller& caller) {
  if (route.role == Role::member || caller.role == Role::platform_operator) return {};
  return std::unexpected(problem_of(Fault::operator_required, "X-Role", "members may not do this"));
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

// Where the path names the tenant, nothing else need name it, but what does must agree.
Checked<std::optional<TenantScope>> find_tenant(const Context& context, const Route& route,
                                                const http::Request& request) {
  if (route.tenant == NamedBy::nothing) return std::nullopt;
  if (route.tenant == NamedBy::request) return context.gate.resolve(request);
  auto scope = context.gate.find(request.parameter("id"));
  if (!scope || !context.gate.names_tenant(request)) return scope;
  auto other = context.gate.resolve(request);
  if (!other) return std::unexpected(std::move(other.error()));
  if (*other == *scope) return *scope;
  return std::unexpected(problem_of(Fault::tenant_contradictory, request.header("X-Tenant") ? "X-Tenant" : "Host",
                                    "the path and the request's head name different tenants"));
}

bool is_unknown_tenant(const Problem& problem) {
  return problem.slug == text(tenancy::Refused::tenant_unknown);
}

Problem refusal_of(tenancy::Refused code, std::string detail) {
  return problem_of(events::AnyRefusal{Refusal<tenancy::Refused>{code, "", std::move(detail)}});
}

Checked<void> check_status(const Exchange& exchange, TenantStatus status) {
  Reach reach = exchange.route->reach;
  if (reach == Reach::command || status == TenantStatus::active) return {};
  if (status == TenantStatus::archived) {
    if (reach == Reach::record) return {};
    return std::unexpected(refusal_of(tenancy::Refused::tenant_archived, "only its audit feed is served"));
  }
  if (exchange.caller.role == Role::platform_operator) return {};
  return std::unexpected(refusal_of(tenancy::Refused::tenant_suspended, "only operators may read it"));
}

// A registered tenant that was not created, because a crash or a failure fell between: finished now, for the next try.
Problem finish_creation(Context& context, const TenantScope& scope) {
  auto registration = find_registration(context.state.store(Gate::platform()), scope.tenant().text());
  if (!registration) return registration.error();
  if (*registration) context.creation.finish(**registration, {.auth_type = "system"}, [](events::engine::Outcome) {});
  return problem_of(Fault::tenant_not_ready, "", "try again");
}

// `at_least`: a sequence that the tables have reached.
Checked<void> view_tenant(Exchange& exchange, const TenantScope& scope, std::uint64_t at_least) {
  Context& context = *exchange.context;
  TenantView view{.store = context.state.store(scope)};
  auto standing = context.standings.look_up(view.store, at_least);
  if (!standing) return std::unexpected(std::move(standing.error()));
  if (!standing->exists) return std::unexpected(finish_creation(context, scope));
  view.sequence = standing->sequence;
  exchange.tenant.emplace(std::move(view));
  return check_status(exchange, standing->status);
}

void serve(Exchange exchange, const TenantScope& scope, std::uint64_t at_least) {
  const Route& route = *exchange.route;
  if (route.reach != Reach::creation) {
    if (auto viewed = view_tenant(exchange, scope, at_least); !viewed) return answer(exchange, viewed.error());
  }
  route.serve(std::move(exchange));
}

Problem problem_of_wait(Waited waited, std::uint64_t sequence) {
  if (waited == Waited::stopping) return problem_of(Fault::stopping, "", "the server is stopping");
  if (waited == Waited::too_many) return problem_of(Fault::overloaded, "", "too many requests wait for a position");
  return problem_of(Fault::position_not_reached, "Tenantry-Position",
                    "the tenant's tables have not reached " + std::to_string(sequence) + " in time");
}

void serve_at(Exchange exchange, const TenantScope& scope, std::uint64_t sequence) {
  Context& context = *exchange.context;
  if (exchange.route->check) {
    if (auto good = exchange.route->check(exchange.request, scope); !good) return answer(exchange, good.error());
  }
  std::chrono::milliseconds timeout{context.options.position_wait_timeout_ms};
  context.positions.wait(scope, sequence, timeout,
                         [exchange = std::move(exchange), scope, sequence](Waited waited) mutable {
                           if (waited == Waited::reached) return serve(std::move(exchange), scope, sequence);
                           answer(exchange, problem_of_wait(waited, sequence));
                         });
}

bool is_command(const Route& route) {
  return route.reach == Reach::command || route.reach == Reach::creation || !route.command.empty();
}

// A route of no tenant: of the platform's register, of all tenants, or of the service itself.
void serve_untenanted(Exchange exchange) {
  Context& context = *exchange.context;
  const Route& route = *exchange.route;
  events::Partition platform = partition_of(Gate::platform());
  if (context.cluster != nullptr && is_command(route) && !context.engine.serves(platform)) {
    return pass_on(std::move(exchange), platform, [](Exchange here) { here.route->serve(std::move(here)); });
  }
  if (route.answer.kind != AnswerShape::Kind::list || context.cluster == nullptr) {
    return route.serve(std::move(exchange));
  }
  when_current(std::move(exchange), context.log.partitions(),
               [](Exchange current) { current.route->serve(std::move(current)); });
}

void serve_tenanted(Exchange exchange, const TenantScope& scope) {
  Context& context = *exchange.context;
  const Route& route = *exchange.route;
  auto position = number_header(exchange.request, "Tenantry-Position");
  if (!position) return answer(exchange, position.error());
  if (*position && !is_command(route)) return serve_at(std::move(exchange), scope, **position);
  events::Partition partition = partition_of(scope);
  if (context.cluster == nullptr || context.engine.serves(partition)) return serve(std::move(exchange), scope, 0);
  if (is_command(route)) {
    return pass_on(std::move(exchange), partition, [scope](Exchange here) { serve(std::move(here), scope, 0); });
  }
  when_current(std::move(exchange), {partition}, [scope](Exchange current) { serve(std::move(current), scope, 0); });
}

// A node that does not serve the register may not have heard of a tenant that another node has just answered for.
enum class Register { as_it_is, current };

void find_and_serve(Exchange exchange, Register known) {
  Context& context = *exchange.context;
  auto scope = find_tenant(context, *exchange.route, exchange.request);
  if (!scope && known == Register::as_it_is && context.cluster != nullptr && is_unknown_tenant(scope.error())) {
    return when_current(std::move(exchange), {partition_of(Gate::platform())},
                        [](Exchange current) { find_and_serve(std::move(current), Register::current); });
  }
  if (!scope) return answer(exchange, scope.error());
  if (!*scope) return serve_untenanted(std::move(exchange));
  serve_tenanted(std::move(exchange), **scope);
}

// An address that no route serves may name a tenant all the same, and may be one's tomorrow.
http::Response kept_privately(http::Response response) {
  append_keeping(response.headers, Keeping::privately, varies_by_caller);
  return response;
}

}  // namespace

void dispatch(Context& context, const Route& route, http::Request request, http::Reply reply) {
  Exchange exchange{
      .context = context.shared_from_this(), .route = &route, .request = std::move(request), .reply = std::move(reply)};
  if (auto good = check_site(exchange.request, context.options); !good) return answer(exchange, good.error());
  auto caller = read_caller(exchange.request);
  if (!caller) return answer(exchange, caller.error());
  exchange.caller = std::move(*caller);
  if (auto allowed = check_role(route, exchange.caller); !allowed) return answer(exchange, allowed.error());
  if (auto known = check_query(route, exchange.request); !known) return answer(exchange, known.error());
  if (auto plain = check_encoding(exchange.request); !plain) return answer(exchange, plain.error());
  auto conditions = read_conditions(exchange.request);
  if (!conditions) return answer(exchange, conditions.error());
  if (auto fit = check_conditions(route, *conditions); !fit) return answer(exchange, fit.error());
  exchange.conditions = std::move(*conditions);
  find_and_serve(std::move(exchange), Register::as_it_is);
}

http::Routes http_routes(Context& context) {
  http::Routes routes;
  for (const Route& route : context.routes) {
    routes.routes.push_back({.method = route.method,
                             .pattern = std::string{route.pattern},
                             .body_bytes_max = route.body_bytes_max,
                             .handler = [&context, &route](http::Request request, http::Reply reply) {
                               dispatch(context, route, std::move(request), std::move(reply));
                             }});
  }
  routes.not_found = [](http::Request request, http::Reply reply) {
    reply.send(
        kept_privately(response_of(problem_of(Fault::route_unknown, "", "nothing is served at " + request.path()))));
  };
  routes.method_not_allowed = [](http::Request request, http::Reply reply, std::string allow) {
    std::string method{http::name_of(request.method())};
    http::Response response =
        response_of(problem_of(Fault::method_not_allowed, "", request.path() + " does not serve " + method));
    response.headers.emplace_back("Allow", std::move(allow));
    reply.send(kept_privately(std::move(response)));
  };
  return routes;
}

}  // namespace tenantry::api
