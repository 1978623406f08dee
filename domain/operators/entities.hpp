// What the platform's operators see to: the keys that the server signs tokens with, and the keys that operators show.
// Kept in the platform's own stream. Plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::operators {

// Its private half is in the vault, under the same id, as the platform's. Retired: what it signed is believed no more.
enum class SigningKeyStatus { active, retired };
struct SigningKey {
  static constexpr std::string_view collection = "signing-keys";
  Id<SigningKey> id;       // tokens name the key by it
  std::string public_key;  // a JWK (RFC 7517)
  SigningKeyStatus status = SigningKeyStatus::active;

  bool operator==(const SigningKey&) const = default;
};

// A key that an operator, or a program of one, shows. Its id names the key's verifier in the vault.
enum class OperatorKeyStatus { issued, revoked };
struct OperatorKey {
  static constexpr std::string_view collection = "operator-keys";
  Id<OperatorKey> id;
  std::string name;
  std::optional<Instant> expires_at;
  OperatorKeyStatus status = OperatorKeyStatus::issued;

  bool operator==(const OperatorKey&) const = default;
};

using Entities = std::tuple<SigningKey, OperatorKey>;

}  // namespace tenantry::operators
