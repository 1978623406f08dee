// The routes of the platform's operation: the keys that tokens are signed with.
#include "api/routes/builders.hpp"
#include "api/routes/table.hpp"
#include "domain/contexts.hpp"
#include "domain/operators/commands.hpp"

namespace tenantry::api {

template <>
std::vector<Route> routes_of<operators::Context>() {
  using namespace operators;
  const events::EntityType& key = events::entity_type<SigningKey>();
  Route add = command(http::Method::post, "/v1/signing-keys", key, events::command_type<AddSigningKey>().name, 201,
                      "Sign tokens with a new key from now on");
  add.serve = serve_signing_key;
  Route retire =
      command(http::Method::post, "/v1/signing-keys/{id}/retire", key, events::command_type<RetireSigningKey>().name,
              200, "Take a key away: what it signed is believed no more");
  retire.serve = serve_platform_command;
  const events::EntityType& operator_key = events::entity_type<OperatorKey>();
  Route issue = command(http::Method::post, "/v1/operator-keys", operator_key,
                        events::command_type<IssueOperatorKey>().name, 201, "Issue a key for an operator; told once");
  issue.serve = serve_operator_key;
  issue.keeping = Keeping::never;
  Route revoke = command(http::Method::post, "/v1/operator-keys/{id}/revoke", operator_key,
                         events::command_type<RevokeOperatorKey>().name, 200, "Revoke an operator's key");
  revoke.serve = serve_platform_command;
  for (Route* each : {&add, &retire, &issue, &revoke}) {
    each->reach = Reach::service;
    each->tenant = NamedBy::nothing;
  }
  return {add, retire, issue, revoke};
}

}  // namespace tenantry::api
