// What can be asked of the platform's operation. Plain values.
#pragma once

#include <string>
#include <variant>

#include "domain/operators/entities.hpp"

namespace tenantry::operators {

// Tokens are signed with it from now on; those of the keys before are believed until these are retired.
struct AddSigningKey {
  Id<SigningKey> id;
  std::string public_key;
};

struct RetireSigningKey {
  Id<SigningKey> id;
};

struct IssueOperatorKey {
  Id<OperatorKey> id;
  std::string name;
  std::optional<Instant> expires_at;
};

struct RevokeOperatorKey {
  Id<OperatorKey> id;
};

using Command = std::variant<AddSigningKey, RetireSigningKey, IssueOperatorKey, RevokeOperatorKey>;

}  // namespace tenantry::operators
