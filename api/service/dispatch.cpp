#include "api/service/dispatch.hpp"

#include "api/exchange/authorisation.hpp"
#include "api/service/admission.hpp"
#include "api/service/elsewhere.hpp"
#include "api/service/plan.hpp"
#include "api/tenants/registrations.hpp"

namespace tenantry::api {
namespace {

// Where the path names the tenant, nothing else need name it, but what does must agree.
Checked<std::optional<TenantScope>> find_tenant(const Context& context, const Route& route,
                                                const http::Request& request, const Caller& caller) {
  if (route.tenant == NamedBy::nothing) return std::nullopt;
  if (route.tenant == NamedBy::shown) return route.tenant_shown(context, request);
  if (caller.tenant) {
    std::string_view path_id = route.tenant == NamedBy::path ? request.parameter("id") : std::string_view{};
    return context.gate.resolve_own(request, *caller.tenant, path_id);
  }
  if (route.tenant == NamedBy::request) return context.gate.resolve(request);
  auto scope = context.gate.find(request.parameter("id"));
  if (!scope || !context.gate.names_tenant(request)) return scope;
  auto other = context.gate.resolve(request);
  if (!other) return std::unexpected(std::move(other.error()));
  if (*other == *scope) return *scope;
  return std::unexpected(problem_of(Fault::tenant_contradictory, request.header("X-Tenant") ? "X-Tenant" : "Host",
                                    "the path and the request's head name different tenants"));
}

Facts facts_of(const Exchange& exchange, Register known) {
  const Context& context = *exchange.context;
  const Route& route = *exchange.route;
  Facts facts{
      .route = &route, .known = known, .tenant = find_tenant(context, route, exchange.request, exchange.caller)};
  if (facts.tenant && *facts.tenant) {
    facts.position = number_header(exchange.request, "Tenantry-Position");
    bool waits = facts.position && *facts.position && !is_command(route);
    if (waits && route.check) facts.checked = route.check(exchange.request, **facts.tenant);
  }
  if (context.cluster == nullptr) return facts;
  facts.is_judged_by_rows = is_of_tenant(exchange.caller.origin.principal);
  facts.elsewhere = partitions_about(route, facts.tenant, context.log.partitions());
  std::erase_if(facts.elsewhere, [&](events::Partition partition) { return context.engine.serves(partition); });
  return facts;
}

// A registered tenant that was not created, because a crash or a failure fell between: finished now, for the next try.
Problem finish_creation(Context& context, const TenantScope& scope) {
  auto registration = find_registration(context.state.reader(Gate::platform()), scope.tenant().text());
  if (!registration) return registration.error();
  if (*registration)
    context.creation.finish(**registration, {.principal = {.kind = Principal::Kind::system}, .auth_type = "system"},
                            [](events::engine::Outcome) {});
  return problem_of(Fault::tenant_not_ready, "", "try again");
}

// `at_least`: a sequence that the tables have reached.
Checked<void> view_tenant(Exchange& exchange, const TenantScope& scope, std::uint64_t at_least) {
  Context& context = *exchange.context;
  TenantView view{.reader = context.state.reader(scope)};
  auto standing = context.standings.look_up(view.reader, at_least);
  if (!standing) return std::unexpected(std::move(standing.error()));
  if (!standing->exists) return std::unexpected(finish_creation(context, scope));
  view.sequence = standing->sequence;
  exchange.tenant.emplace(std::move(view));
  if (auto allowed = authorise(exchange); !allowed) return allowed;
  return check_status(exchange.route->reach, standing->status, is_operator(exchange.caller));
}

Problem problem_of_wait(Waited waited, std::uint64_t sequence) {
  if (waited == Waited::stopping) return problem_of(Fault::stopping, "", "the server is stopping");
  if (waited == Waited::too_many) return problem_of(Fault::overloaded, "", "too many requests wait for a position");
  return problem_of(Fault::position_not_reached, "Tenantry-Position",
                    "the tenant's tables have not reached " + std::to_string(sequence) + " in time");
}

// Each does what its step of the plan says, and answers the exchange in the end.

void take(Exchange exchange, const Refuse& refuse) {
  answer(exchange, refuse.problem);
}

void take(Exchange exchange, const ServeHere& here) {
  const Route& route = *exchange.route;
  if (here.tenant && route.reach != Reach::creation) {
    auto viewed = view_tenant(exchange, *here.tenant, here.at_least);
    if (!viewed) return answer(exchange, viewed.error());
  }
  route.serve(std::move(exchange));
}

void take(Exchange exchange, const WaitPosition& wait) {
  Context& context = *exchange.context;
  std::chrono::milliseconds timeout{context.options.position_wait_timeout_ms};
  auto then = [exchange = std::move(exchange), wait](Waited waited) mutable {
    if (waited == Waited::reached) return take(std::move(exchange), ServeHere{wait.tenant, wait.sequence});
    answer(exchange, problem_of_wait(waited, wait.sequence));
  };
  context.positions.wait(wait.tenant, wait.sequence, timeout, std::move(then));
}

void plan_and_follow(Exchange exchange, Register known);

void take(Exchange exchange, const WaitCurrent& wait) {
  when_current(std::move(exchange), wait.partitions, [then = wait.then](Exchange current) {
    if (then) return take(std::move(current), *then);
    plan_and_follow(std::move(current), Register::current);
  });
}

void take(Exchange exchange, const PassOn& pass) {
  pass_on(std::move(exchange), pass.partition, [here = pass.here](Exchange mine) { take(std::move(mine), here); });
}

void follow(Exchange exchange, const Plan& plan) {
  std::visit([&](const auto& step) { take(std::move(exchange), step); }, plan);
}

void plan_and_follow(Exchange exchange, Register known) {
  Plan plan = plan_of(facts_of(exchange, known));
  follow(std::move(exchange), plan);
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
  if (auto admitted = admit(exchange); !admitted) return answer(exchange, admitted.error());
  if (auto allowed = authorise_operator(exchange); !allowed) return answer(exchange, allowed.error());
  plan_and_follow(std::move(exchange), Register::as_it_is);
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
