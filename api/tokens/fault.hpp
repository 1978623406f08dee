// What is wrong with a token. One word each, for metrics and logs; clients are told no more than that it is not
// accepted. Plain values.
#pragma once

#include <string_view>

namespace tenantry::api::tokens {

enum class TokenFault {
  malformed,        // not three parts of base64url with JSON in the first two, too long, or a member twice
  critical_header,  // asks for an extension (crit, b64), of which there are none
  unknown_key,      // no key with its kid, or none that can be meant
  wrong_algorithm,  // not that of the key
  bad_signature,
  wrong_type,  // not an access token (typ)
  wrong_issuer,
  wrong_audience,
  expired,
  not_yet_valid,  // issued or valid from a time to come
  bound_to_key,   // needs a proof of possession (cnf) that is not looked at
  missing_claim   // lacks what an access token has, or has it in another shape
};

std::string_view name_of(TokenFault fault);

}  // namespace tenantry::api::tokens
