#include "api/exchange/authorisation.hpp"

#include "api/exchange/route.hpp"
#include "api/tenants/tables.hpp"
#include "domain/access/authorisation.hpp"
#include "domain/operators/entities.hpp"
#include "domain/operators/refusals.hpp"
#include "events/engine/state.hpp"

namespace tenantry::api {
namespace {

// By its login in the tenant's tables; an unknown one stays nobody, whom the rows do not know either.
void identify(Caller& caller, Tables& tables) {
  if (caller.login.empty()) return;
  auto user = access::user_with_login(tables, caller.login);
  if (!user) return;
  caller.origin.principal.id = user->value;
  caller.origin.auth_id = user->value.text();
  caller.login.clear();
}

// By the rows, without the token's scopes.
Checked<std::expected<access::Rights, Refusal>> ask_rows(Caller& caller, const projections::TenantReader& reader) {
  std::expected<access::Rights, Refusal> rights;
  auto asked = checked(reader.ask_tables([&](Tables& tables) {
    identify(caller, tables);
    Principal principal = caller.origin.principal;
    principal.scopes = PermissionSet::all();
    rights = access::rights_of(tables, principal);
  }));
  if (!asked) return std::unexpected(std::move(asked.error()));
  return rights;
}

// What is remembered of this moment of the tenant, where each of its commits is told of; else what the rows say.
Checked<std::expected<access::Rights, Refusal>> rights_of(Exchange& exchange) {
  Context& context = *exchange.context;
  Caller& caller = exchange.caller;
  TenantScope scope = exchange.tenant->scope();
  std::uint64_t sequence = exchange.tenant->sequence;
  bool can_be_remembered = caller.login.empty() && context.engine.serves(events::engine::partition_of(scope));
  if (can_be_remembered) {
    if (auto known = context.rights.find(scope.tenant(), caller.origin.principal, sequence)) return *known;
  }
  auto rights = ask_rows(caller, exchange.tenant->reader);
  if (can_be_remembered && rights && *rights) {
    context.rights.remember(scope.tenant(), caller.origin.principal, sequence, **rights);
  }
  return rights;
}

// Nothing of a permission that the caller lacks. Whether a command is about what is the caller's own, its decision
// looks at.
std::expected<std::optional<Person>, Refusal> narrowing_of(const Route& route, const access::Rights& rights) {
  const Requirement& requirement = route.requirement;
  if (requirement.kind != Requirement::Kind::permission) return std::nullopt;
  auto anywhere = access::is_allowed_anywhere(rights, requirement.permission);
  if (!anywhere) return std::unexpected(std::move(anywhere.error()));
  if (*anywhere || !route.command.empty()) return std::nullopt;
  if (!route.can_be_narrowed) return std::unexpected(access::permission_missing(requirement.permission));
  return rights.person;
}

}  // namespace

bool is_of_tenant(const Principal& principal) {
  return principal.kind == Principal::Kind::user || principal.kind == Principal::Kind::service;
}

Checked<void> authorise_operator(const Exchange& exchange) {
  const Principal& principal = exchange.caller.origin.principal;
  if (principal.kind != Principal::Kind::platform_operator || principal.id.is_nil()) return {};
  auto key = checked(exchange.context->state.reader(Gate::platform()).read(Id<operators::OperatorKey>{principal.id}));
  if (!key) return std::unexpected(std::move(key.error()));
  if (*key && (*key)->status == operators::OperatorKeyStatus::issued) return {};
  return std::unexpected(problem_of(refusal(operators::refused.operator_key_revoked, "")));
}

std::function<bool()> goes_on_being_allowed(const Exchange& exchange) {
  const Caller& caller = exchange.caller;
  if (caller.expires_at == 0) return {};
  return [&context = *exchange.context, route = exchange.route, caller = Caller{caller},
          scope = exchange.tenant->scope()]() mutable {
    std::int64_t now_s = context.engine.options().clock->now().unix_ms / 1000;
    if (now_s >= caller.expires_at) return false;
    if (!is_of_tenant(caller.origin.principal)) return true;
    auto rights = ask_rows(caller, context.state.reader(scope));
    return rights && *rights && narrowing_of(*route, (*rights)->within(caller.origin.principal.scopes)).has_value();
  };
}

Checked<void> authorise(Exchange& exchange) {
  const Principal& principal = exchange.caller.origin.principal;
  if (!is_of_tenant(principal)) return {};  // admission has seen to all there is
  auto rights = rights_of(exchange);
  if (!rights) return std::unexpected(std::move(rights.error()));
  if (!*rights) return std::unexpected(problem_of(rights->error()));
  auto own_of = narrowing_of(*exchange.route, (*rights)->within(principal.scopes));
  if (!own_of) return std::unexpected(problem_of(own_of.error()));
  if (!*own_of) return {};
  exchange.tenant->reader = exchange.tenant->reader.narrowed_to(**own_of);
  exchange.is_narrowed = true;
  return {};
}

}  // namespace tenantry::api
