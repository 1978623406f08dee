// The register's routes: which tenants there are. A tenant's own are in tenancy.cpp.
#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"
#include "domain/contexts.hpp"
#include "domain/directory/commands.hpp"
#include "domain/tenancy/entities.hpp"
#include "events/catalog/catalog.hpp"

namespace tenantry::api {

template <>
std::vector<Route> routes_of<directory::Context>() {
  using enum http::Method;
  const events::EntityType& tenant = events::entity_type<tenancy::Tenant>();
  return {
      {.method = post,
       .pattern = "/v1/tenants",
       .summary = "Create a tenant",
       .reach = Reach::service,
       .requirement = required(Permission::manage_tenants),
       .tenant = NamedBy::nothing,
       .answer = {AnswerShape::Kind::command},
       .success = 201,
       .command = events::command_type<directory::RegisterTenant>().name,
       .entity = &tenant,
       .body_bytes_max = command_body_bytes_max,
       .serve = serve_tenant_creation},
      {.pattern = "/v1/tenants",
       .summary = "List the tenants",
       .reach = Reach::service,
       .requirement = required(Permission::manage_tenants),
       .tenant = NamedBy::nothing,
       .answer = {AnswerShape::Kind::list, tenant.name},
       .entity = &tenant,
       .query = {limit_parameter, cursor_parameter},
       .serve = serve_tenants},
      {.method = put,
       .pattern = "/v1/tenants/{id}/creation",
       .summary = "Finish the creation of a registered tenant, where it was cut short; nodes ask each other for it",
       .reach = Reach::creation,
       .requirement = required(Permission::manage_tenants),
       .tenant = NamedBy::path,
       .answer = {AnswerShape::Kind::command},
       .entity = &tenant,
       .serve = serve_creation},
  };
}

}  // namespace tenantry::api
