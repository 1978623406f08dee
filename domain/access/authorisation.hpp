// Authorisation: what a principal may do in a tenant, by the tenant's own rows.
//
// Asked by the gate, against what is committed, and again by the partition's writer for each command, against every
// earlier event of the tenant: what is taken away at a sequence decides nothing after it. Nothing of it is kept between
// two questions. Pure functions of the rows; one thread at a time for a Tables.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/access/roles.hpp"
#include "domain/kernel/principal.hpp"
#include "domain/kernel/refusal.hpp"
#include "domain/kernel/table.hpp"

namespace tenantry::access {

struct Rights {
  PermissionSet anywhere = {};
  PermissionSet own = {};
  Person person = {};  // whose own

  PermissionSet any() const { return anywhere | own; }
  // No more than these.
  Rights within(PermissionSet most) const { return {anywhere & most, own & most, person}; }
};

// The most that a principal of its kind can have, with the token's scopes, whatever the rows say.
PermissionSet ceiling_of(const Principal& principal);

PermissionSet permissions_in(const std::vector<GrantedPermission>& granted);

// Of the user, while it goes on; else nullptr.
const Session* session_of(Tables& tables, const Id<User>& user, const Uuid& session);

// Refused as access_ended if the rows know no such user, or one that is not active, whose session is over, or no such
// key, or one that was revoked. That a key or a session has expired is for whoever looked at what was shown.
std::expected<Rights, Refusal> rights_of(Tables& tables, const Principal& principal);

// Whether it is allowed anywhere (true) or with what is the person's own alone (false); else what it is refused with.
std::expected<bool, Refusal> is_allowed_anywhere(const Rights& rights, Permission permission);

// The login as it is kept: normalised, and in ASCII without case.
std::string login_of(std::string_view typed);

// The user of a login, if there is one.
std::optional<Id<User>> user_with_login(Tables& tables, std::string_view login);

// As "roster:manage is not allowed".
Refusal permission_missing(Permission permission);

}  // namespace tenantry::access
