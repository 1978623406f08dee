// base64url as RFC 7515 2 has it: the alphabet of URLs, no padding, no white space, and no bits set beyond the last
// byte, so that every text has one decoding and every byte string one text. By libsodium. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tenantry::api::tokens {

std::string base64url(std::string_view bytes);
std::optional<std::string> bytes_of_base64url(std::string_view text);

}  // namespace tenantry::api::tokens
