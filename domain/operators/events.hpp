// What happened to the platform's operation, complete. A published struct never changes; a new version stands beside
// it.
#pragma once

#include <string>
#include <variant>

#include "domain/kernel/subject.hpp"
#include "domain/operators/entities.hpp"

namespace tenantry::operators {

struct SigningKeyAdded {
  Id<SigningKey> id;
  std::string public_key;

  bool operator==(const SigningKeyAdded&) const = default;
};

struct SigningKeyRetired {
  Id<SigningKey> id;

  bool operator==(const SigningKeyRetired&) const = default;
};

struct OperatorKeyIssued {
  Id<OperatorKey> id;
  std::string name;
  std::optional<Instant> expires_at;

  bool operator==(const OperatorKeyIssued&) const = default;
};

struct OperatorKeyRevoked {
  Id<OperatorKey> id;

  bool operator==(const OperatorKeyRevoked&) const = default;
};

using Event = std::variant<SigningKeyAdded, SigningKeyRetired, OperatorKeyIssued, OperatorKeyRevoked>;

template <class E>
Subject subject(const E& event) {
  return subject_of(event.id);
}

}  // namespace tenantry::operators
