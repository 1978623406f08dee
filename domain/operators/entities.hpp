// What the platform's operators see to: the keys that the server signs tokens with. Kept in the platform's own stream.
// Plain values.
#pragma once

#include <string>
#include <string_view>
#include <tuple>

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

using Entities = std::tuple<SigningKey>;

}  // namespace tenantry::operators
