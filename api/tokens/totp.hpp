// One-time passwords by time, RFC 6238: SHA-1, six digits, steps of 30 seconds, as authenticator apps have them.
//
// accept_totp() takes the code of the present step or of the one before or after it, which allows for clocks and
// typing, and answers that step. A code is good once (RFC 6238 section 5.2): the caller keeps the step in the account's
// state and hands it in as `last_accepted`; a code of that step or an earlier one is refused. The codes are compared in
// constant time. How often may be tried is bounded elsewhere: one code in 333,333 is right by chance. A secret is 20
// random bytes (RFC 4226 section 4). Pure functions but for these; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"

namespace tenantry::api::tokens {

inline constexpr std::int64_t totp_step_s = 30;
inline constexpr std::size_t totp_secret_bytes = 20;

std::string fresh_totp_secret();
std::int64_t totp_step(Instant now);
// "287082"
std::string totp_code(std::string_view secret, std::int64_t step);
// The step whose code it is; nothing if it is none that may be accepted.
std::optional<std::int64_t> accept_totp(std::string_view secret, std::string_view code, Instant now,
                                        std::optional<std::int64_t> last_accepted);

// "otpauth://totp/Tenantry:ann%40school.example?secret=...&issuer=Tenantry&...", for a QR code. Neither the issuer nor
// the account may hold a colon, which separates them.
std::string otpauth_uri(std::string_view issuer, std::string_view account, std::string_view secret);

}  // namespace tenantry::api::tokens
