#include "api/issuer/issuer.hpp"

#include <future>
#include <stdexcept>

#include "api/tenants/gate.hpp"
#include "api/tokens/sealing.hpp"
#include "domain/operators/commands.hpp"
#include "events/identifiers.hpp"

namespace tenantry::api {
namespace {

using events::engine::Outcome;
using events::engine::Submission;

// The year 9999: a key without expiry.
constexpr std::int64_t never_s = 253'402'300'799;

}  // namespace

Outcome decide_on_platform(events::engine::Engine& engine, Value command) {
  std::promise<Outcome> answered;
  Submission submission{.scope = Gate::platform(),
                        .origin = {.principal = {.kind = Principal::Kind::system}, .auth_type = "system"},
                        .commands = {},
                        .reply = {}};
  submission.origin.correlation_id = events::fresh_id().text();
  submission.commands.push_back({.command = std::move(command)});
  submission.reply = [&answered](std::vector<Outcome> outcomes) { answered.set_value(std::move(outcomes.front())); };
  auto outcome = answered.get_future();
  engine.submit(std::move(submission));
  return outcome.get();
}

Issuer::Issuer(IssuerOptions options, events::Vault& vault, const projections::StateStore& state,
               events::engine::Engine& engine, std::function<void()> on_keys_changed,
               std::function<void(const std::string& what)> on_fault)
    : options_(std::move(options)),
      vault_(vault),
      engine_(engine),
      on_keys_changed_(std::move(on_keys_changed)),
      on_fault_(std::move(on_fault)),
      signing_keys_(state, vault),
      workers_(options_.threads, options_.waiting_max, on_fault_) {}

std::expected<void, std::string> Issuer::start() {
  if (auto read = signing_keys_.read(); !read) return read;
  if (signing_keys_.now()->signer || !engine_.serves(events::engine::partition_of(Gate::platform()))) return {};
  auto made = signing_keys_.make();
  if (!made) return std::unexpected(std::move(made.error()));
  Outcome outcome =
      decide_on_platform(engine_, Value{operators::AddSigningKey{.id = made->id, .public_key = made->public_key}});
  if (!std::holds_alternative<events::engine::Done>(outcome)) {
    return std::unexpected("the platform does not take the first signing key");
  }
  return signing_keys_.read();
}

void Issuer::platform_changed() {
  if (will_read_.exchange(true)) return;
  bool posted = workers_.post([this] {
    will_read_ = false;
    auto before = keys();
    auto read = signing_keys_.read();
    if (!read) return on_fault_(read.error());
    if (tokens::print_key_set(*before) != tokens::print_key_set(*keys())) on_keys_changed_();
  });
  if (posted) return;
  will_read_ = false;
  on_fault_("the signing keys are not read again: too much waits");
}

std::expected<tokens::Claims, tokens::TokenFault> Issuer::claims_of_key(std::string_view text, Instant now) const {
  auto shown = tokens::read_opaque_secret(service_key_prefix, text);
  if (!shown) return std::unexpected(tokens::TokenFault::malformed);
  auto found = read_service_key(vault_, *shown);
  if (!found) {
    on_fault_("a service's key cannot be looked up: " + found.error().detail);
    return std::unexpected(tokens::TokenFault::key_unknown);
  }
  if (!*found) return std::unexpected(tokens::TokenFault::signature_invalid);
  auto expires_at = (*found)->expires_at;
  if (expires_at && *expires_at <= now) return std::unexpected(tokens::TokenFault::expired);
  std::string id = shown->id.text();
  return tokens::Claims{.issuer = options_.url,
                        .subject = id,
                        .audience = {options_.url},
                        .expires_at_s = expires_at ? expires_at->unix_ms / 1000 : never_s,
                        .issued_at_s = now.unix_ms / 1000,
                        .not_before_s = {},
                        .token_id = id,
                        .client_id = id,
                        .scopes = {},
                        .session = {},
                        .tenant = shown->tenant.text(),
                        .actors = {}};
}

std::optional<tokens::Claims> Issuer::verified(std::string_view token) const {
  auto claims = tokens::verify_access_token(token, *keys(), {.issuer = options_.url, .audience = options_.url}, now());
  if (!claims) return std::nullopt;
  return std::move(*claims);
}

std::vector<std::string> Issuer::keys_for(std::string_view purpose) const {
  std::vector<std::string> keys;
  for (const std::string& secret : signing_keys_.now()->secrets) {
    keys.push_back(tokens::derive_key(events::bytes_of(events::sha256({secret})), purpose));
  }
  return keys;
}

std::optional<std::string> Issuer::node_token() const {
  auto keys = signing_keys_.now();
  if (!keys->signer) return std::nullopt;
  constexpr std::int64_t good_for_s = 60;
  std::int64_t now_s = now().unix_ms / 1000;
  tokens::Claims claims{.issuer = options_.url,
                        .subject = std::string{subject_of_system},
                        .audience = {options_.url},
                        .expires_at_s = now_s + good_for_s,
                        .issued_at_s = now_s,
                        .not_before_s = {},
                        .token_id = events::fresh_id().text(),
                        .client_id = std::string{node_client},
                        .scopes = {},
                        .session = {},
                        .tenant = {},
                        .actors = {}};
  return tokens::issue_access_token(claims, tokens::AccessTokenRules{}.tenant_claim, keys->key_id, *keys->signer);
}

std::string Issuer::access_token(tokens::Claims claims) const {
  auto keys = signing_keys_.now();
  if (!keys->signer) throw std::runtime_error("there is no signing key");
  claims.issuer = options_.url;
  claims.audience = {options_.url};
  claims.issued_at_s = now().unix_ms / 1000;
  claims.expires_at_s = claims.issued_at_s + options_.access_token_s;
  claims.token_id = events::fresh_id().text();
  return tokens::issue_access_token(claims, tokens::AccessTokenRules{}.tenant_claim, keys->key_id, *keys->signer);
}

events::engine::Origin seen_by_server(const events::engine::Origin& origin, const Uuid& user) {
  events::engine::Origin seen = origin;
  seen.principal = {.kind = Principal::Kind::system};
  seen.auth_type = "user";
  seen.auth_id = user.text();
  return seen;
}

}  // namespace tenantry::api
