#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"
#include "domain/contexts.hpp"
#include "domain/tenancy/commands.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::api {
namespace {

using enum http::Method;

// A command about a tenant, for the platform's operators; the path names the tenant by id or slug.
template <class Command>
Route tenant_command(http::Method method, std::string_view last_segment, std::string summary) {
  Route route = command(method, "/v1/tenants/{id}/" + std::string{last_segment}, events::entity_type<tenancy::Tenant>(),
                        events::command_type<Command>().name, 200, std::move(summary));
  route.tenant = NamedBy::path;
  return route;
}

}  // namespace

template <>
std::vector<Route> routes_of<tenancy::Context>() {
  using namespace tenancy;
  const events::EntityType& tenant = events::entity_type<Tenant>();
  return {
      {.pattern = "/v1/tenants/{id}",
       .summary = "Get a tenant by its id or slug",
       .reach = Reach::record,
       .requirement = required(Permission::manage_tenants),
       .tenant = NamedBy::path,
       .answer = {AnswerShape::Kind::entity, tenant.name},
       .entity = &tenant,
       .serve = serve_own_tenant},
      {.pattern = "/v1/tenant",
       .summary = "Get the tenant that the request names",
       .requirement = required(Permission::read_tenant),
       .answer = {AnswerShape::Kind::entity, tenant.name},
       .entity = &tenant,
       .serve = serve_own_tenant},
      {.pattern = "/v1/tenants/{id}/history",
       .summary = "The events about a tenant itself",
       .reach = Reach::record,
       .requirement = required(Permission::manage_tenants),
       .tenant = NamedBy::path,
       .answer = {AnswerShape::Kind::events},
       .entity = &tenant,
       .query = {limit_parameter, cursor_parameter},
       .check = check_tenant_history,
       .serve = serve_tenant_history},
      {.pattern = "/v1/tenant/history",
       .summary = "The events about the tenant that the request names",
       .requirement = required(Permission::read_tenant),
       .answer = {AnswerShape::Kind::events},
       .entity = &tenant,
       .query = {limit_parameter, cursor_parameter},
       .check = check_tenant_history,
       .serve = serve_tenant_history},
      tenant_command<RenameTenant>(post, "rename", "Rename a tenant"),
      tenant_command<ChangeTenantMetadata>(put, "metadata", "Replace a tenant's metadata"),
      tenant_command<SuspendTenant>(post, "suspend", "Suspend a tenant"),
      tenant_command<ReactivateTenant>(post, "reactivate", "Reactivate a suspended tenant"),
      tenant_command<ArchiveTenant>(post, "archive", "Archive a tenant for good"),
  };
}

}  // namespace tenantry::api
