// Bytes as text: base64url of RFC 7515 section 2 (RFC 4648 section 5 without padding), base64 (RFC 4648 section 4, with
// padding) and base32 (RFC 4648 section 6, without padding).
//
// Both are read strictly: one text for every sequence of bytes. Base64url refuses padding, white space, '+' and '/',
// a length that no bytes have, and bits at the end that are not zero. Otherwise one token would have several texts, and
// a list of refused or known tokens could be passed by another of them. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tenantry::api::tokens {

std::string encode_base64url(std::string_view bytes);
// Nothing if the text is not what encode_base64url() makes of some bytes.
std::optional<std::string> decode_base64url(std::string_view text);

// As HTTP has it in credentials and in policies.
std::string encode_base64(std::string_view bytes);
// Nothing if the text is not what encode_base64() makes of some bytes.
std::optional<std::string> decode_base64(std::string_view text);

// As people type it into authenticator apps.
std::string encode_base32(std::string_view bytes);

}  // namespace tenantry::api::tokens
