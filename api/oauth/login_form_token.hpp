// What a login page carries in a hidden field and the browser sends back with the password: the authorization request
// that was checked when the page was made, sealed and bound to the browser.
//
//   token  = base64url of: version, 1 byte: 1 | the fields below, sealed (api/tokens/sealing.hpp)
//   fields = tenant, client, 16 bytes each | redirect URI, scope, state, nonce and challenge, each with its length
//            | SHA-256 of the browser's cookie, 32 bytes | when it expires, seconds since 1970, 8 bytes
//
// So nothing of the request can be changed between the page and the answer, nothing need be checked or stored again,
// and a page of somebody else's browser cannot be posted in this one: whoever lures a person to log in as another
// (login CSRF) would have to know the cookie too. The cookie is a random value that the server gave the browser with
// the page; its hash is compared in constant time.
//
// open_login_form() answers nothing for what was altered, was sealed under another key or as something else
// (authorization_code.hpp), belongs to another cookie, or has expired: from `expires_at_s` on. Why is not told: the
// person is asked to begin again. The key has 32 bytes, derived for login forms alone by tokens::derive_key(). Within
// the limits of authorization_request.hpp a token has less than 4 KiB. Pure functions but for the random bytes of a
// seal; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/oauth/authorization_request.hpp"
#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::api::oauth {

// What tokens::derive_key() is told.
inline constexpr std::string_view login_form_key = "login forms";

struct LoginForm {
  AuthorizationRequest request;
  TenantId tenant;
  std::int64_t expires_at_s = 0;

  bool operator==(const LoginForm&) const = default;
};

std::string seal_login_form(std::string_view key, const LoginForm& form, std::string_view cookie);
std::optional<LoginForm> open_login_form(std::string_view key, std::string_view text, std::string_view cookie,
                                         Instant now);

}  // namespace tenantry::api::oauth
