// Applications in which users log in, and the keys of services.
#include <algorithm>

#include "domain/access/authorisation.hpp"
#include "domain/access/commands.hpp"
#include "domain/access/events.hpp"
#include "domain/access/redirect_uri.hpp"
#include "domain/access/roles.hpp"
#include "domain/access/rules.hpp"
#include "domain/kernel/existing.hpp"
#include "domain/kernel/text.hpp"

namespace tenantry::access {
namespace {

template <class E>
Decision accept(E event) {
  return accept_one_of<Event>(std::move(event));
}

std::optional<Refusal> check_redirect_uris(const std::vector<RedirectUri>& uris) {
  if (uris.empty()) return refusal(refused.redirect_uri_missing, "redirectUris");
  for (std::size_t place = 0; place < uris.size(); ++place) {
    if (auto fault = fault_of_redirect_uri(uris[place].uri)) {
      return Refusal{&refused.redirect_uri_unfit, "redirectUris[" + std::to_string(place) + "].uri", *fault};
    }
  }
  return std::nullopt;
}

std::optional<Refusal> check_permissions(const std::vector<GrantedPermission>& permissions) {
  if (permissions.empty()) return refusal(refused.permissions_missing, "permissions");
  for (std::size_t place = 0; place < permissions.size(); ++place) {
    if (of_tenants.contains(permissions[place].permission)) continue;
    return refusal(refused.permission_unfit, "permissions[" + std::to_string(place) + "].permission");
  }
  return std::nullopt;
}

// In the order of their declaration, each once.
std::vector<GrantedPermission> sorted(std::vector<GrantedPermission> permissions) {
  std::ranges::sort(permissions, {}, &GrantedPermission::permission);
  auto again = std::ranges::unique(permissions);
  permissions.erase(again.begin(), again.end());
  return permissions;
}

}  // namespace

Application own_machine() {
  return {.id = own_machine_id,
          .name = "A program on your own machine",
          .redirect_uris = {{"http://127.0.0.1/callback"}, {"http://[::1]/callback"}}};
}

std::optional<Application> application_of(const Table<Application>& applications, const Id<Application>& id) {
  if (id == own_machine_id) return own_machine();
  const Application* found = applications.find(id);
  if (found == nullptr) return std::nullopt;
  return *found;
}

template <>
Decision on(Rows& rows, const RegisterApplication& command) {
  if (command.id == own_machine_id) return refuse(refused.application_exists, "id");
  std::string name = normalised(command.name);
  if (name.empty()) return refuse(refused.name_blank, "name");
  if (auto problem = check_redirect_uris(command.redirect_uris)) return std::unexpected(std::move(*problem));
  if (const Application* found = rows.applications.find(command.id)) {
    bool is_same = found->name == name && found->redirect_uris == command.redirect_uris;
    return is_same ? holds(found->id) : refuse(refused.application_exists, "id");
  }
  return accept(
      ApplicationRegistered{.id = command.id, .name = std::move(name), .redirect_uris = command.redirect_uris});
}

template <>
Decision on(Rows& rows, const WithdrawApplication& command) {
  const Application* found = rows.applications.find(command.id);
  if (found == nullptr) return refuse(refused.application_unknown, "id");
  if (found->status == ApplicationStatus::withdrawn) return holds(found->id);
  return accept(ApplicationWithdrawn{command.id});
}

template <>
Decision on(Rows& rows, const IssueServiceKey& command) {
  std::string name = normalised(command.name);
  if (name.empty()) return refuse(refused.name_blank, "name");
  if (auto problem = check_permissions(command.permissions)) return std::unexpected(std::move(*problem));
  if (command.expires_at && *command.expires_at <= rows.decided_at) return refuse(refused.expiry_past, "expiresAt");
  auto permissions = sorted(command.permissions);
  if (const ServiceKey* found = rows.service_keys.find(command.id)) {
    bool is_same = found->name == name && found->permissions == permissions && found->expires_at == command.expires_at;
    return is_same ? holds(found->id) : refuse(refused.service_key_exists, "id");
  }
  return accept(ServiceKeyIssued{.id = command.id,
                                 .name = std::move(name),
                                 .permissions = std::move(permissions),
                                 .expires_at = command.expires_at});
}

template <>
Decision on(Rows& rows, const RevokeServiceKey& command) {
  const ServiceKey* found = rows.service_keys.find(command.id);
  if (found == nullptr) return refuse(refused.service_key_unknown, "id");
  if (found->status == ServiceKeyStatus::revoked) return holds(found->id);
  return accept(ServiceKeyRevoked{command.id});
}

template <>
void apply(Rows& rows, const ApplicationRegistered& event) {
  rows.applications.insert({.id = event.id, .name = event.name, .redirect_uris = event.redirect_uris});
}

template <>
void apply(Rows& rows, const ApplicationWithdrawn& event) {
  Application changed = existing(rows.applications, event.id);
  changed.status = ApplicationStatus::withdrawn;
  rows.applications.put(std::move(changed));
}

template <>
void apply(Rows& rows, const ServiceKeyIssued& event) {
  rows.service_keys.insert(
      {.id = event.id, .name = event.name, .permissions = event.permissions, .expires_at = event.expires_at});
}

template <>
void apply(Rows& rows, const ServiceKeyRevoked& event) {
  ServiceKey changed = existing(rows.service_keys, event.id);
  changed.status = ServiceKeyStatus::revoked;
  rows.service_keys.put(std::move(changed));
}

}  // namespace tenantry::access
