#include "api/tenants/gate.hpp"

#include "api/http/text.hpp"
#include "api/tenants/registrations.hpp"
#include "domain/kernel/platform.hpp"
#include "domain/tenancy/refusals.hpp"

namespace tenantry::api {
namespace {

Problem unknown_tenant(std::string_view field, std::string_view name) {
  return problem_of(
      Refusal{&tenancy::refused.tenant_unknown, std::string{field}, "there is no tenant " + std::string{name}});
}

// Neither case nor the one dot at the end of a name, of which a slug is a label, makes another tenant. An id is no
// name.
std::string comparable_tenant(std::string_view slug_or_id) {
  bool is_dotted_id = slug_or_id.ends_with('.') && Uuid::parse(slug_or_id.substr(0, slug_or_id.size() - 1));
  return is_dotted_id ? std::string{slug_or_id} : http::comparable_host(slug_or_id);
}

// X-Tenant, if it is there.
Checked<std::optional<std::string_view>> tenant_header(const http::Request& request) {
  auto named = single_header(request, "X-Tenant");
  if (named && *named && (*named)->empty()) return bad_header("X-Tenant", "must not be empty");
  return named;
}

}  // namespace

Gate::Gate(const projections::StateStore& state, GateOptions options)
    : state_(state), options_(std::move(options)), remembered_(options_.remembered_tenants_max) {
  for (std::string& domain : options_.base_domains) domain = http::comparable_host(domain);
}

TenantScope Gate::platform() {
  return {platform_id, 0};
}

TenantScope Gate::scope_of(const directory::Registration& registration) {
  return {registration.tenant, registration.partition};
}

TenantScope Gate::scope_in(events::Partition partition, TenantId tenant) {
  return {tenant, partition.number};
}

std::optional<std::string> Gate::slug_in_host(std::string_view host) const {
  std::string name = http::comparable_host_of(host);
  for (const std::string& domain : options_.base_domains) {
    if (name.size() <= domain.size() + 1 || !name.ends_with(domain)) continue;
    std::size_t label_end = name.size() - domain.size() - 1;
    if (name[label_end] == '.') return name.substr(0, label_end);
  }
  return std::nullopt;
}

Checked<TenantScope> Gate::resolve(const http::Request& request) const {
  auto named = tenant_header(request);
  if (!named) return std::unexpected(std::move(named.error()));
  auto slug = slug_in_host(request.host());
  if (!*named && !slug) {
    return std::unexpected(problem_of(Fault::tenant_missing, "X-Tenant",
                                      "name the tenant by its slug or id in X-Tenant, or by the host's subdomain"));
  }
  std::string_view first = *named ? **named : *slug;
  auto known = look_up(first);
  if (!known) return std::unexpected(std::move(known.error()));
  if (!*known) return std::unexpected(unknown_tenant(*named ? "X-Tenant" : "Host", first));
  if (!*named || !slug) return (*known)->scope;
  auto other = look_up(*slug);
  if (!other) return std::unexpected(std::move(other.error()));
  if (*other && (*other)->scope == (*known)->scope) return (*known)->scope;
  return std::unexpected(
      problem_of(Fault::tenant_contradictory, "X-Tenant", "X-Tenant and the host's subdomain name different tenants"));
}

Checked<TenantScope> Gate::resolve_own(const http::Request& request, const Uuid& own, std::string_view path_id) const {
  auto named = tenant_header(request);
  if (!named) return std::unexpected(std::move(named.error()));
  auto known = look_up(own.text());
  if (!known) return std::unexpected(std::move(known.error()));
  auto names_own = [&](std::string_view name) {
    std::string comparable = comparable_tenant(name);
    auto id = Uuid::parse(comparable);
    return id ? *id == own : comparable == (*known)->slug;
  };
  auto slug = slug_in_host(request.host());
  bool agrees = known->has_value() && (path_id.empty() || names_own(path_id)) && (!*named || names_own(**named)) &&
                (!slug || names_own(*slug));
  if (agrees) return (*known)->scope;
  return std::unexpected(problem_of(Fault::tenant_forbidden, "", "the access token is for one tenant alone"));
}

bool Gate::names_tenant(const http::Request& request) const {
  return request.header("X-Tenant") || slug_in_host(request.host());
}

Checked<TenantScope> Gate::find(std::string_view slug_or_id) const {
  auto known = look_up(slug_or_id);
  if (!known) return std::unexpected(std::move(known.error()));
  if (!*known) return std::unexpected(unknown_tenant("id", slug_or_id));
  return (*known)->scope;
}

Checked<std::optional<Gate::Known>> Gate::look_up(std::string_view slug_or_id) const {
  std::string name = comparable_tenant(slug_or_id);
  if (auto known = remembered(name)) return known;
  auto registration = find_registration(state_.reader(platform()), name);
  if (!registration) return std::unexpected(std::move(registration.error()));
  if (!*registration) return std::nullopt;
  Known known{scope_of(**registration), (*registration)->slug};
  remember(name, known);
  return known;
}

std::optional<Gate::Known> Gate::remembered(const std::string& name) const {
  ReaderLock lock(mutex_);
  const Known* found = remembered_.find(name);
  return found == nullptr ? std::nullopt : std::optional{*found};
}

void Gate::remember(const std::string& name, Known known) const {
  WriterLock lock(mutex_);
  remembered_.put(name, std::move(known));
}

}  // namespace tenantry::api
