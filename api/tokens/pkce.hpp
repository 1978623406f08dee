// Proof Key for Code Exchange, RFC 7636, by S256 alone: `plain` gives the verifier away to whoever sees the request.
//
// A verifier is 43 to 128 of A-Z a-z 0-9 - . _ ~; its challenge is its SHA-256 in base64url, 43 characters. Pure
// functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace tenantry::api::tokens {

inline constexpr std::string_view pkce_method = "S256";

bool is_code_verifier(std::string_view text);
bool is_code_challenge(std::string_view text);
std::string code_challenge(std::string_view verifier);
// Whether the verifier is one, and the one of this challenge. Compared in constant time.
bool answers_challenge(std::string_view verifier, std::string_view challenge);

}  // namespace tenantry::api::tokens
