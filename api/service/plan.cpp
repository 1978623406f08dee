#include "api/service/plan.hpp"

#include "api/tenants/gate.hpp"
#include "domain/tenancy/refusals.hpp"
#include "events/engine/state.hpp"

namespace tenantry::api {
namespace {

using events::engine::partition_of;
using tenancy::TenantStatus;

bool is_unknown_tenant(const Problem& problem) {
  return problem.slug == tenancy::refused.tenant_unknown.word;
}

Plan without_tenant(Facts facts) {
  bool may_be_news = is_unknown_tenant(facts.tenant.error()) && facts.known == Register::as_it_is;
  if (may_be_news && !facts.elsewhere.empty()) return WaitCurrent{std::move(facts.elsewhere), std::nullopt};
  return Refuse{std::move(facts.tenant.error())};
}

std::unexpected<Problem> refusal_of(const RefusalType& type, std::string detail) {
  return std::unexpected(problem_of(Refusal{&type, "", std::move(detail)}));
}

}  // namespace

bool is_command(const Route& route) {
  return route.reach == Reach::command || route.reach == Reach::creation || !route.command.empty();
}

std::vector<events::Partition> partitions_about(const Route& route, const Checked<std::optional<TenantScope>>& tenant,
                                                const std::vector<events::Partition>& all) {
  if (!tenant) return {partition_of(Gate::platform())};
  if (*tenant) return {partition_of(**tenant)};
  if (route.tenant == NamedBy::shown) return {};  // what is shown is not good
  if (is_command(route)) return {partition_of(Gate::platform())};
  // Of a route of no tenant, which is about the register, all tenants, or the service itself.
  if (route.answer.kind == AnswerShape::Kind::list) return all;
  return {};
}

Plan plan_of(Facts facts) {
  if (!facts.tenant) return without_tenant(std::move(facts));
  if (!facts.position) return Refuse{std::move(facts.position.error())};
  if (!facts.checked) return Refuse{std::move(facts.checked.error())};
  ServeHere here{.tenant = *facts.tenant};
  bool commands = is_command(*facts.route);
  if (here.tenant && *facts.position && !commands) {
    bool may_be_behind = !facts.elsewhere.empty() && facts.known == Register::as_it_is;
    if (facts.is_judged_by_rows && may_be_behind) return WaitCurrent{std::move(facts.elsewhere), std::nullopt};
    return WaitPosition{*here.tenant, **facts.position};
  }
  if (facts.elsewhere.empty()) return here;
  if (commands) return PassOn{facts.elsewhere.front(), here};
  return WaitCurrent{std::move(facts.elsewhere), here};
}

Checked<void> check_status(Reach reach, TenantStatus status, bool is_operator) {
  if (reach == Reach::command || status == TenantStatus::active) return {};
  if (status == TenantStatus::archived) {
    if (reach == Reach::record) return {};
    return refusal_of(tenancy::refused.tenant_archived, "only its audit feed is served");
  }
  if (is_operator) return {};
  return refusal_of(tenancy::refused.tenant_suspended, "only operators may read it");
}

}  // namespace tenantry::api
