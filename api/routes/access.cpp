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
  Route first_invitation = command(
      http::Method::post, "/v1/administrators/{id}/invitation", user, events::command_type<IssueFirstInvitation>().name,
      200, "Make what an administrator without a password can choose one with, for operators; told once");
  first_invitation.serve = serve_invitation;
  first_invitation.keeping = Keeping::never;
  Route invitation =
      command(http::Method::post, "/v1/users/{id}/invitation", user, events::command_type<IssueInvitation>().name, 200,
              "Make what a user can choose a password with; told once");
  invitation.serve = serve_invitation;
  invitation.keeping = Keeping::never;
  const events::EntityType& credentials = events::entity_type<Credentials>();
  Route shown{.pattern = "/v1/users/{id}/credentials",
              .summary = "What a user shows to be let in, without its secrets, and the sessions that go on",
              .requirement = required(credentials.permission),
              .answer = {AnswerShape::Kind::entity, credentials.name},
              .entity = &credentials,
              .check = check_id,
              .serve = serve_entity(credentials)};
  const events::EntityType& service_key = events::entity_type<ServiceKey>();
  Route issue = command(http::Method::post, "/v1/service-keys", service_key,
                        events::command_type<IssueServiceKey>().name, 201, "Issue a key for a program; told once");
  issue.serve = serve_service_key;
  issue.keeping = Keeping::never;
  return joined(
      {{std::move(appoint), std::move(first_invitation), std::move(invitation), std::move(shown), std::move(issue)},
       resource<Application>({creates<RegisterApplication>("Register a program in which users log in"),
                              does<WithdrawApplication>("withdraw", "Withdraw an application")}),
       resource<ServiceKey>({does<RevokeServiceKey>("revoke", "Revoke a key")}),
       resource<User>({creates<InviteUser>("Invite a user"), does<RenameUser>("rename", "Rename a user"),
                       does<ActivateUser>("activate", "Activate an invited user"),
                       does<LockUser>("lock", "Lock a user out"), does<UnlockUser>("unlock", "Let a locked user in"),
                       does<DeactivateUser>("deactivate", "Take all access from a user"),
                       does<ReinviteUser>("reinvite", "Invite a deactivated user again"),
                       does<GrantRole>("grant-role", "Grant a role to a user"),
                       does<RevokeRole>("revoke-role", "Take a role from a user"),
                       does<RemoveSecondFactor>("remove-second-factor", "Ask a user for one-time codes no more"),
                       does<EndSessions>("end-sessions", "End all sessions of a user")})});
}

}  // namespace tenantry::api
