// Authorization requests (RFC 6749 section 4.1.1 with RFC 7636; OpenID Connect Core section 3.1.2.1) and how a browser
// is sent back.
//
// Read in two stages, because a browser is only sent to where the application is known to be (RFC 9700 section 4.11):
//
//   1. read_authorization_target(): `client_id`, a UUID, and `redirect_uri`, which is always asked for. What is wrong
//      with them is shown to the person. The caller then looks up the application and whether is_registered()
//      (redirect_uri.hpp), and shows the person too what is wrong there.
//   2. read_authorization_request(): all the rest. What is wrong is told to the application by error_redirect().
//
// Asked for in stage 2: `response_type` "code", `code_challenge` with `code_challenge_method` "S256" (without the
// latter it would be "plain", which is refused). Taken: `scope`, `state`, `nonce`, `response_mode` "query", `prompt`,
// `max_age`. The person is asked to log in each time, on a page that names the application: so `prompt` "login",
// "consent" and "select_account" and any `max_age` are complied with, and "none" is answered `login_required`.
// `request`, `request_uri` and `registration` are refused by the errors that OpenID Connect Core section 3.1.2.6 has
// for them. Other parameters are passed over (RFC 6749 section 3.1).
//
// Limits keep a code and the browser's address short enough: a state of 1 KiB, a nonce of 255 bytes, scopes of 1 KiB.
// Both kinds of answer carry `state` as it came and `iss` (RFC 9207). Plain values and pure functions; any thread.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "api/oauth/form.hpp"
#include "api/oauth/oauth_error.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::api::oauth {

inline constexpr std::size_t state_bytes_max = 1024;
inline constexpr std::size_t nonce_bytes_max = 255;
inline constexpr std::size_t requested_scope_bytes_max = 1024;

struct AuthorizationTarget {
  Uuid client;
  std::string redirect_uri;

  bool operator==(const AuthorizationTarget&) const = default;
};

struct AuthorizationRequest {
  Uuid client;
  std::string redirect_uri;
  std::string scope;  // names of scopes as tokens::Scopes prints them; empty: none were named
  std::string state;  // empty: none
  std::string nonce;  // empty: none
  std::string code_challenge;

  bool operator==(const AuthorizationRequest&) const = default;
};

std::expected<AuthorizationTarget, FormFault> read_authorization_target(const Form& form);
std::expected<AuthorizationRequest, OauthError> read_authorization_request(const Form& form,
                                                                           const AuthorizationTarget& target);
// The state that an error in stage 2 goes back with; empty if there is none or it is too long.
std::string_view state_of(const Form& form);

std::string success_redirect(const AuthorizationRequest& request, std::string_view issuer, std::string_view code);
std::string error_redirect(std::string_view redirect_uri, std::string_view state, std::string_view issuer,
                           const OauthError& error);

}  // namespace tenantry::api::oauth
