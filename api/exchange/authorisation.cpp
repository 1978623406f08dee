#include "api/exchange/authorisation.hpp"

#include "api/exchange/route.hpp"
#include "api/tenants/tables.hpp"
#include "domain/access/authorisation.hpp"
#include "domain/access/refusals.hpp"

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

// Whether a command is about what is the caller's own, its decision looks at.
std::optional<Refusal> refusal_to(const Route& route, Caller& caller, Tables& tables, std::optional<Person>& own_of) {
  const Requirement& requirement = route.requirement;
  identify(caller, tables);
  auto rights = access::rights_of(tables, caller.origin.principal);
  if (!rights) return std::move(rights.error());
  if (requirement.kind != Requirement::Kind::permission) return std::nullopt;
  auto anywhere = access::is_allowed_anywhere(*rights, requirement.permission);
  if (!anywhere) return std::move(anywhere.error());
  if (*anywhere || !route.command.empty()) return std::nullopt;
  if (!route.can_be_narrowed) return access::permission_missing(requirement.permission);
  own_of = rights->person;
  return std::nullopt;
}

}  // namespace

std::function<bool()> goes_on_being_allowed(const Exchange& exchange) {
  const Caller& caller = exchange.caller;
  if (caller.expires_at == 0) return {};
  return [&context = *exchange.context, route = exchange.route, caller = Caller{caller},
          scope = exchange.tenant->scope()]() mutable {
    std::int64_t now_s = context.engine.options().clock->now().unix_ms / 1000;
    if (now_s >= caller.expires_at) return false;
    if (caller.origin.principal.kind != Principal::Kind::user) return true;
    std::optional<Refusal> refusal;
    std::optional<Person> own_of;
    auto asked = context.state.reader(scope).ask_tables(
        [&](Tables& tables) { refusal = refusal_to(*route, caller, tables, own_of); });
    return asked.has_value() && !refusal;
  };
}

Checked<void> authorise(Exchange& exchange) {
  Caller& caller = exchange.caller;
  if (caller.origin.principal.kind != Principal::Kind::user) return {};  // admission has seen to all there is
  std::optional<Refusal> refusal;
  std::optional<Person> own_of;
  auto asked = checked(exchange.tenant->reader.ask_tables(
      [&](Tables& tables) { refusal = refusal_to(*exchange.route, caller, tables, own_of); }));
  if (!asked) return asked;
  if (refusal) return std::unexpected(problem_of(*refusal));
  if (own_of) {
    exchange.tenant->reader = exchange.tenant->reader.narrowed_to(*own_of);
    exchange.is_narrowed = true;
  }
  return {};
}

}  // namespace tenantry::api
