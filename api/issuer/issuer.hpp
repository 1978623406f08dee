// Issuer: this server as one that lets people and programs in (OAuth 2, OpenID Connect): its keys, its secrets, and the
// threads on which secrets are looked at.
//
// Made by a service that has a vault. start() makes the first signing key of an installation where the platform's
// partition is served; it is called before requests come, and again when the partition comes to this node. Until there
// is a key nobody is let in. platform_changed() is called after each commit of the
// platform's stream, and reads the keys anew on a thread of its own. Any thread. What it needs outlives it.
#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <functional>
#include <string>

#include "api/issuer/counters.hpp"
#include "api/issuer/login_throttle.hpp"
#include "api/issuer/secrets.hpp"
#include "api/issuer/signing_keys.hpp"
#include "api/live/workers.hpp"
#include "api/request/authentication.hpp"
#include "domain/kernel/clock.hpp"
#include "events/engine/engine.hpp"

namespace tenantry::api {

struct IssuerOptions {
  std::string url;  // under which browsers and programs reach this server: "https://school.example"
  std::int64_t access_token_s = 600;
  std::int64_t session_s = 30 * 86'400;
  std::int64_t code_s = 60;
  std::int64_t login_form_s = 900;
  std::int64_t invitation_s = 7 * 86'400;
  // How often the vault is swept (sweeping.hpp), and how old is what may go.
  std::int64_t sweep_every_s = 3'600;
  std::int64_t swept_age_s = 3'600;
  std::size_t threads = 2;
  std::size_t waiting_max = 200;
};

class Issuer : public OwnIssuer {
 public:
  // `on_keys_changed`: tokens that were verified may be worth nothing by now.
  Issuer(IssuerOptions options, events::Vault& vault, const projections::StateStore& state,
         events::engine::Engine& engine, std::function<void()> on_keys_changed,
         std::function<void(const std::string& what)> on_fault);

  std::expected<void, std::string> start();
  void platform_changed();
  void stop() { workers_.stop(); }

  const std::string& url() const override { return options_.url; }
  std::shared_ptr<const tokens::KeySet> keys() const override { return signing_keys_.now()->published; }
  std::expected<tokens::Claims, tokens::TokenFault> claims_of_key(std::string_view text, Instant now) const override;

  const IssuerOptions& options() const { return options_; }
  events::Vault& vault() { return vault_; }
  SigningKeys& signing_keys() { return signing_keys_; }
  std::shared_ptr<const SigningKeysNow> signing_keys_now() const { return signing_keys_.now(); }
  Workers& workers() { return workers_; }
  LoginThrottle& throttle() { return throttle_; }
  IssuerCounters& counters() { return counters_; }
  Instant now() const { return engine_.options().clock->now(); }
  // So many seconds from now.
  Instant in(std::int64_t seconds) const { return {now().unix_ms + seconds * 1000}; }

  // Keys of this purpose (api/tokens/sealing.hpp) under each active signing key, the youngest first: what is given away
  // is sealed with the first, and what comes back may be of any.
  std::vector<std::string> keys_for(std::string_view purpose) const;
  // Of an access token of this server's; nothing if it is not good.
  std::optional<tokens::Claims> verified(std::string_view token) const;
  // Of this node, for another one of the same installation: good for a minute. Nothing if there is no signing key.
  std::optional<std::string> node_token() const;
  // Signed with the youngest key. Throws std::runtime_error if there is none.
  std::string access_token(tokens::Claims claims) const;

 private:
  const IssuerOptions options_;
  events::Vault& vault_;
  events::engine::Engine& engine_;
  std::function<void()> on_keys_changed_;
  std::function<void(const std::string& what)> on_fault_;
  SigningKeys signing_keys_;
  std::atomic<bool> will_read_ = false;
  LoginThrottle throttle_;
  IssuerCounters counters_;
  Workers workers_;  // last: what it runs uses the others
};

// Decides a command of the platform's stream as the server itself, and waits for its outcome.
events::engine::Outcome decide_on_platform(events::engine::Engine& engine, Value command);

// What the server decides to have seen, as the principal that may say so; noted as done by the user.
events::engine::Origin seen_by_server(const events::engine::Origin& origin, const Uuid& user);

}  // namespace tenantry::api
