#include "api/routes/builders.hpp"
#include "api/routes/resource.hpp"
#include "api/routes/table.hpp"
#include "domain/access/commands.hpp"
#include "domain/contexts.hpp"

namespace tenantry::api {

template <>
std::vector<Route> routes_of<access::Context>() {
  using namespace access;
  const events::EntityType& user = events::entity_type<User>();
  Route appoint =
      command(http::Method::post, "/v1/administrators", user, events::command_type<AppointAdministrator>().name, 201,
              "Appoint the first administrator of the tenant that the request names, for operators");
  return joined(
      {{std::move(appoint)},
       resource<User>({creates<InviteUser>("Invite a user"), does<RenameUser>("rename", "Rename a user"),
                       does<ActivateUser>("activate", "Activate an invited user"),
                       does<LockUser>("lock", "Lock a user out"), does<UnlockUser>("unlock", "Let a locked user in"),
                       does<DeactivateUser>("deactivate", "Take all access from a user"),
                       does<ReinviteUser>("reinvite", "Invite a deactivated user again"),
                       does<GrantRole>("grant-role", "Grant a role to a user"),
                       does<RevokeRole>("revoke-role", "Take a role from a user")})});
}

}  // namespace tenantry::api
