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

using Event = std::variant<SigningKeyAdded, SigningKeyRetired>;

template <class E>
Subject subject(const E& event) {
  return subject_of(event.id);
}

}  // namespace tenantry::operators
