// The keys that this server signs tokens with: named by the platform's stream, their private halves in the vault.
//
// Tokens are signed (ES256) with the youngest key that is active, and those of all active ones are believed. now() is
// the picture of the last read(), which is made again when the platform's rows may have changed; reading never waits.
// Any thread. Errors are sentences for a person.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "api/tokens/key_set.hpp"
#include "api/tokens/private_key.hpp"
#include "domain/kernel/thread_safety.hpp"
#include "domain/operators/entities.hpp"
#include "events/vault.hpp"
#include "projections/state_store.hpp"

namespace tenantry::api {

struct SigningKeysNow {
  std::string key_id;                                // `kid`
  std::shared_ptr<const tokens::PrivateKey> signer;  // null: there is no active key
  std::shared_ptr<const tokens::KeySet> published;
  // The secrets of the active keys, the youngest first, for what only this server reads again.
  std::vector<std::string> secrets;
};

class SigningKeys {
 public:
  SigningKeys(const projections::StateStore& state, events::Vault& vault);

  // A fresh one, in the vault; the command that names it follows.
  std::expected<operators::SigningKey, std::string> make();
  std::expected<void, std::string> read();
  std::shared_ptr<const SigningKeysNow> now() const;

 private:
  const projections::StateStore& state_;
  events::Vault& vault_;
  mutable Mutex mutex_;
  std::shared_ptr<const SigningKeysNow> now_ TENANTRY_GUARDED_BY(mutex_);
};

}  // namespace tenantry::api
