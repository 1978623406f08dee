// What the platform's operation refuses, and why (domain/kernel/refusal.hpp).
#pragma once

#include "domain/kernel/refusal.hpp"

namespace tenantry::operators {

struct Refusals {
  using enum RefusalKind;

  RefusalType signing_key_unknown{"signing-key-unknown", unknown, "There is no such key"};
  RefusalType signing_key_exists{"signing-key-exists", taken, "The key exists with other values"};
  RefusalType operator_key_unknown{"operator-key-unknown", unknown, "There is no such key"};
  RefusalType operator_key_exists{"operator-key-exists", taken, "The key exists with other values"};
  RefusalType operator_key_revoked{"operator-key-revoked", forbidden, "The operator's key is revoked"};
  RefusalType name_blank{"name-blank", invalid, "The name is blank"};
  RefusalType expiry_past{"expiry-past", invalid, "It would have expired already"};
  RefusalType signing_key_retired{"signing-key-retired", conflict, "The key is retired"};
};

inline constexpr Refusals refused;

}  // namespace tenantry::operators
