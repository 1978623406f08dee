#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"
#include "domain/tenancy/entities.hpp"

namespace tenantry::api {

std::vector<Route> tenant_routes() {
  using enum http::Method;
  constexpr AnswerShape a_tenant{AnswerShape::Kind::entity, "Tenant"};
  return {
      {.method = post,
       .pattern = "/v1/tenants",
       .summary = "Create a tenant",
       .reach = Reach::service,
       .role = Role::platform_operator,
       .tenant = NamedBy::nothing,
       .answer = {AnswerShape::Kind::command},
       .success = 201,
       .command = "RegisterTenant",
       .body_bytes_max = command_body_bytes_max,
       .serve = serve_tenant_creation},
      {.pattern = "/v1/tenants",
       .summary = "List the tenants",
       .reach = Reach::service,
       .role = Role::platform_operator,
       .tenant = NamedBy::nothing,
       .answer = {AnswerShape::Kind::list, "Tenant"},
       .query = {limit_parameter, cursor_parameter},
       .serve = serve_tenants},
      {.pattern = "/v1/tenants/{id}",
       .summary = "Get a tenant by its id or slug",
       .reach = Reach::record,
       .role = Role::platform_operator,
       .tenant = NamedBy::path,
       .answer = a_tenant,
       .serve = serve_own_tenant},
      {.pattern = "/v1/tenant",
       .summary = "Get the tenant that the request names",
       .answer = a_tenant,
       .serve = serve_own_tenant},
      {.method = put,
       .pattern = "/v1/tenants/{id}/creation",
       .summary = "Finish the creation of a registered tenant, where it was cut short; nodes ask each other for it",
       .reach = Reach::creation,
       .role = Role::platform_operator,
       .tenant = NamedBy::path,
       .answer = {AnswerShape::Kind::command},
       .serve = serve_creation},
      {.pattern = "/v1/tenants/{id}/history",
       .summary = "The events about a tenant itself",
       .reach = Reach::record,
       .role = Role::platform_operator,
       .tenant = NamedBy::path,
       .answer = {AnswerShape::Kind::events},
       .query = {limit_parameter, cursor_parameter},
       .check = check_tenant_history,
       .serve = serve_tenant_history},
      {.pattern = "/v1/tenant/history",
       .summary = "The events about the tenant that the request names",
       .answer = {AnswerShape::Kind::events},
       .query = {limit_parameter, cursor_parameter},
       .check = check_tenant_history,
       .serve = serve_tenant_history},
      tenant_command(post, "/v1/tenants/{id}/rename", "RenameTenant", "Rename a tenant"),
      tenant_command(put, "/v1/tenants/{id}/metadata", "ChangeTenantMetadata", "Replace a tenant's metadata"),
      tenant_command(post, "/v1/tenants/{id}/suspend", "SuspendTenant", "Suspend a tenant"),
      tenant_command(post, "/v1/tenants/{id}/reactivate", "ReactivateTenant", "Reactivate a suspended tenant"),
      tenant_command(post, "/v1/tenants/{id}/archive", "ArchiveTenant", "Archive a tenant for good"),
  };
}

}  // namespace tenantry::api
