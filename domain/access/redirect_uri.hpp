// Redirect URIs: which an application may register. A browser is sent there with a code, so whoever answers there is
// the application, as far as can be told from outside.
//
// Absolute URIs (RFC 3986) of at most 500 bytes, the scheme in lower case:
//   https://app.example/callback            anywhere
//   http://127.0.0.1/callback, http://[::1]/callback, http://localhost:3000/callback    on the person's own machine
//   com.example.app:/callback               a scheme of the application's own, with a dot (RFC 8252 section 7.1)
// Refused are a fragment (RFC 6749 section 3.1.2), user information, and what no URI can have. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tenantry::access {

inline constexpr std::size_t redirect_uri_bytes_max = 500;

// A sentence for a person; nothing if it may be registered.
std::optional<std::string> fault_of_redirect_uri(std::string_view uri);

}  // namespace tenantry::access
