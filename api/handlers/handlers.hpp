// The handlers of the route table. Each takes an exchange that has passed the checks of service/dispatch.hpp (role,
// query parameters, tenant) and answers it, now or later, without blocking. A check_… answers what the serve_… of the
// same name would refuse without looking at tables. What is made for a type, a list or statistics refers to it, as they
// are declared: for as long as the process. Free functions; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "api/exchange/route.hpp"
#include "projections/rulebook.hpp"

namespace tenantry::api {

// A query parameter that picks the one entity that holds a unique value.
struct UniqueFilter {
  std::string_view parameter;
  const UniqueKey* key;
  bool is_id = false;  // else it is a text
};

// A query parameter that picks the entities that have a value.
struct ChoiceFilter {
  std::string_view parameter;
  const events::EntityType::Filter* filter;
  std::vector<std::string> choices;  // what can be asked for
};

// commands.cpp
void serve_command(Exchange exchange);
// secrets.cpp
void serve_invitation(Exchange exchange);
void serve_service_key(Exchange exchange);
void serve_signing_key(Exchange exchange);
void serve_operator_key(Exchange exchange);
void serve_platform_command(Exchange exchange);
// The tenant of what is shown: of a form of a login page, an invitation, a code, a token or a key.
std::optional<TenantScope> tenant_of_authorization(const Context& context, const http::Request& request);
std::optional<TenantScope> tenant_of_login(const Context& context, const http::Request& request);
std::optional<TenantScope> tenant_of_invitation(const Context& context, const http::Request& request);
std::optional<TenantScope> tenant_of_token_request(const Context& context, const http::Request& request);
// login.cpp
void serve_authorization(Exchange exchange);
void serve_login(Exchange exchange);
void serve_invitation_page(Exchange exchange);
void serve_password_choice(Exchange exchange);
// self.cpp
void serve_self(Exchange exchange);
void serve_log_out(Exchange exchange);
void serve_password_change(Exchange exchange);
void serve_second_factor(Exchange exchange);
void serve_second_factor_confirmation(Exchange exchange);
void serve_second_factor_removal(Exchange exchange);
// oauth_tokens.cpp
void serve_token(Exchange exchange);
void serve_revocation(Exchange exchange);
void serve_introspection(Exchange exchange);
void serve_keys(Exchange exchange);
void serve_metadata(Exchange exchange);
// loads.cpp
void serve_load(Exchange exchange);
// tenants.cpp
void serve_tenant_creation(Exchange exchange);
void serve_creation(Exchange exchange);
void serve_tenants(Exchange exchange);
void serve_own_tenant(Exchange exchange);
// entities.cpp
Serve serve_entity(const events::EntityType& type);
Checked<void> check_id(const http::Request& request, const TenantScope& tenant);  // the path's {id}
void answer_entity(Exchange& exchange, const events::EntityType& type, const Uuid& id);
Problem none_with(const Uuid& id);
// lists.cpp
Serve serve_collection(const events::EntityType& type);
Check check_collection(const events::EntityType& type);
// By each value of one field that is declared unique. Throws std::logic_error for a field that is not there.
std::vector<UniqueFilter> unique_filters(const events::EntityType& type);
// By the values of each field that is declared filtered.
std::vector<ChoiceFilter> choice_filters(const events::EntityType& type);
// The entities of `type` that are in the list, which it declares, of a `parent`.
Serve serve_members(const events::EntityType& parent, const events::EntityType::List& list,
                    const events::EntityType& type);
Check check_members(const events::EntityType::List& list);
// statistics.cpp
Serve serve_statistics(const events::EntityType& entity, const projections::StatisticsType& type);
Serve serve_tenant_statistics(const projections::StatisticsType& type);
// history.cpp
Serve serve_history(const events::EntityType& type);
Check check_history(const events::EntityType& type);
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
