// The handlers of the route table. Each takes an exchange that has passed the checks of service/dispatch.hpp (role,
// query parameters, tenant) and answers it, now or later, without blocking. A check_… answers what the serve_… of the
// same name would refuse without looking at tables. Free functions; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "api/exchange/route.hpp"
#include "projections/keys.hpp"

namespace tenantry::api {

// A query parameter that picks the one entity that holds a unique value.
struct IndexFilter {
  std::string_view parameter;
  std::string_view about;
  char index = '\0';  // its letter
};

// commands.cpp
void serve_command(Exchange exchange);
// loads.cpp
void serve_load(Exchange exchange);
// tenants.cpp
void serve_tenant_creation(Exchange exchange);
void serve_creation(Exchange exchange);
void serve_tenants(Exchange exchange);
void serve_own_tenant(Exchange exchange);
// entities.cpp
Serve serve_entity(char table);
Checked<void> check_id(const http::Request& request, const TenantScope& tenant);  // the path's {id}
void answer_entity(Exchange& exchange, char table, const Uuid& id);
// lists.cpp
Serve serve_collection(char table, std::vector<IndexFilter> filters);
Check check_collection(char table, std::vector<IndexFilter> filters);
Serve serve_list(char list, char parent_table, char table);
Check check_list(char list);
// statistics.cpp
void serve_class_statistics(Exchange exchange);
void serve_tenant_statistics(Exchange exchange);
// history.cpp
Serve serve_history(char table);
Check check_history(char table);
void serve_tenant_history(Exchange exchange);
Checked<void> check_tenant_history(const http::Request& request, const TenantScope& tenant);
// audit.cpp
void serve_audit(Exchange exchange);
Checked<void> check_audit(const http::Request& request, const TenantScope& tenant);
// operations.cpp
void serve_livez(Exchange exchange);
void serve_readyz(Exchange exchange);
void serve_metrics(Exchange exchange);
void serve_openapi(Exchange exchange);
void serve_asyncapi(Exchange exchange);
void serve_problems(Exchange exchange);
void serve_problem(Exchange exchange);
void serve_quarantine(Exchange exchange);
// cluster.cpp
void serve_cluster(Exchange exchange);

}  // namespace tenantry::api
