// Principal: who asks, as far as a token or the server itself says. What a principal may do is for the rows of its
// tenant to say, at the instant of deciding (domain/access/authorisation.hpp).
//
// Made by the gate, which has checked the token, or by the server for what it does by itself. Plain value; any thread.
#pragma once

#include <optional>

#include "domain/kernel/id.hpp"
#include "domain/kernel/permission.hpp"

namespace tenantry {

struct Principal {
  enum class Kind {
    unchecked,          // nobody was asked who they are: the server believes its callers
    system,             // the server itself: process managers, and what it finishes after a crash
    platform_operator,  // of the platform, without a place in the tenant
    user,               // of the tenant
    service             // a program that shows a key of the tenant's
  };
  Kind kind = Kind::unchecked;
  Uuid id = {};                                 // of a user, or of the key of a service or an operator
  PermissionSet scopes = PermissionSet::all();  // of the token: nothing beyond is allowed, whatever the rows say
  std::optional<Uuid> session = {};             // of a user whom the server itself let in

  bool operator==(const Principal&) const = default;
};

// Whose own something can be: the student or the teacher that a user is.
struct Person {
  std::optional<Uuid> student = {};
  std::optional<Uuid> teacher = {};

  bool operator==(const Person&) const = default;
};

}  // namespace tenantry
