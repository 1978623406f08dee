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
  retire.serve = serve_retirement;
  for (Route* each : {&add, &retire}) {
    each->reach = Reach::service;
    each->tenant = NamedBy::nothing;
  }
  return {add, retire};
}

}  // namespace tenantry::api
