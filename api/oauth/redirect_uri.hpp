// Redirect URIs: which an application may register, and whether the one in a request is registered.
//
// May be registered, as absolute URIs of RFC 3986 with the scheme in lower case, of at most 500 bytes:
//
//   https://app.example/callback            anywhere
//   http://127.0.0.1/callback, http://[::1]/callback, http://localhost:3000/callback    programs on the person's
//   machine com.example.app:/callback               a scheme of the application's own, which has a dot (RFC 8252
//   section 7.1)
//
// Refused are a fragment (RFC 6749 section 3.1.2), user information, any character that a URI cannot have, a path or
// query with a malformed escape, and a query that has what answers are told by already (`code`, `state`, `iss`,
// `error`, `error_description`).
//
// is_registered() compares byte by byte (RFC 9700 section 2.1), without decoding or normalising anything. One thing
// alone may differ: the port, if both are http at one of the two loopback addresses, since such a program takes
// whichever port is free (RFC 8252 section 7.3). `localhost` is a name and may mean another machine: its port counts.
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tenantry::api::oauth {

inline constexpr std::size_t redirect_uri_bytes_max = 500;

// A sentence's end, "has a fragment"; nothing if it may be registered.
std::optional<std::string> fault_of_redirect_uri(std::string_view text);
bool is_registered(std::string_view redirect_uri, std::span<const std::string> registered);

}  // namespace tenantry::api::oauth
