// Authentication: who asks, as far as a bearer token says (RFC 6750), and from whom tokens are taken.
//
// A service that takes tokens of no issuer asks nobody: it listens on loopback and believes its callers (caller.hpp).
// Otherwise every route but the open ones wants one access token (api/tokens/access_token.hpp) of a configured issuer;
// nothing that a token says adds an issuer or a key. A token with the claim `tenant`, the id of one, is of a user of
// that tenant: its subject is the user's id or login. One without is of an operator, if its issuer's are configured so.
// Scopes that name permissions narrow what its bearer may do; a token whose scopes name none is not narrowed. Tokens
// that were found good are remembered until they expire; what their bearers may do is not.
// Any thread. Errors are problems with a status of 401; clients are told no more than that the token is not accepted.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/request/headers.hpp"
#include "api/tokens/access_token.hpp"
#include "api/tokens/verified_tokens.hpp"
#include "domain/kernel/clock.hpp"
#include "domain/kernel/principal.hpp"

namespace tenantry::api {

// Of a token of development without a tenant: the server itself.
inline constexpr std::string_view subject_of_system = "system";
// The client of a token that a node makes for another one, which is of the server itself, too.
inline constexpr std::string_view node_client = "node";

struct TokenIssuer {
  tokens::AccessTokenRules rules;
  tokens::KeySet keys;
  // Subjects of its tokens without a tenant.
  std::set<std::string> operators = {};
  bool is_of_development = false;  // of this machine's own key: its subject "system" is the server itself
};

// The server itself as an issuer (api/issuer/), as far as authentication asks it. Any thread.
class OwnIssuer {
 public:
  virtual ~OwnIssuer() = default;
  // Its `iss`, and the audience of its tokens.
  virtual const std::string& url() const = 0;
  virtual std::shared_ptr<const tokens::KeySet> keys() const = 0;
  // What the key of a service ("tnt_key_…") says, which was seen to be genuine, as the claims of a token would: subject
  // and client are the key's id. May read the disk.
  virtual std::expected<tokens::Claims, tokens::TokenFault> claims_of_key(std::string_view text, Instant now) const = 0;
};

inline constexpr std::string_view service_key_prefix = "tnt_key_";

struct AuthenticationOptions {
  std::vector<TokenIssuer> issuers = {};  // none: nobody is asked
  std::size_t remembered_tokens_max = 100'000;
};

struct Authenticated {
  Principal principal;              // of a user that the token names by login: without an id yet
  std::optional<Uuid> tenant = {};  // of a user
  std::string subject = {};
  std::string claims = {};      // for the events that the request makes: {"client":…,"session":…,"scope":…}
  std::int64_t expires_at = 0;  // seconds since 1970 UTC
};

class Authentication {
 public:
  Authentication(AuthenticationOptions options, const Clock& clock);

  // Before the first request; it outlives this. Users' tokens of its have the claim `sid`, the id of a session that
  // goes on; where subject and client are the same, the token is of a service, by the id of its key.
  void accept_own(const OwnIssuer& own) { own_ = &own; }
  // What was verified is verified again: a key of an issuer's has gone.
  void forget_verified() { verified_.forget_all(); }

  bool asks() const { return !options_.issuers.empty() || own_ != nullptr; }
  Checked<Authenticated> authenticate(const http::Request& request) const;

  static constexpr std::size_t faults_count = static_cast<std::size_t>(tokens::TokenFault::issued_in_future) + 1;
  // How many tokens were refused for it so far.
  std::uint64_t refused(tokens::TokenFault fault) const { return refused_[static_cast<std::size_t>(fault)]; }
  std::size_t remembered_tokens() const { return verified_.size(); }

 private:
  std::expected<std::shared_ptr<const tokens::Claims>, tokens::TokenFault> claims_of(std::string_view token) const;
  const TokenIssuer* issuer_named(std::string_view name) const;
  std::expected<tokens::Claims, tokens::TokenFault> verify(std::string_view token, Instant now) const;
  std::expected<Authenticated, tokens::TokenFault> check(std::string_view token) const;

  AuthenticationOptions options_;
  const Clock& clock_;
  const OwnIssuer* own_ = nullptr;
  mutable tokens::VerifiedTokens verified_;
  mutable std::array<std::atomic<std::uint64_t>, faults_count> refused_{};
};

}  // namespace tenantry::api
