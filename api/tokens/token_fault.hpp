// Why a token was refused: for metrics and logs. Whoever presented it is told no more than that it is invalid.
#pragma once

#include <string_view>

namespace tenantry::api::tokens {

enum class TokenFault {
  too_long,
  malformed,           // not three parts in base64url
  header_malformed,    // not a JSON object, a member twice, or a member of the wrong kind
  extension_refused,   // `crit` or `b64`
  algorithm_refused,   // `alg` is none that we verify
  key_unknown,         // no key of that `kid`, or without one not exactly one key that fits
  algorithm_mismatch,  // `alg` is not the key's
  signature_invalid,
  type_refused,      // `typ` is not an access token's
  claims_malformed,  // not a JSON object, a member twice, or a claim of the wrong kind, size or range
  claim_missing,
  key_binding_refused,  // `cnf`: good only with a proof that we do not check
  issuer_refused,
  audience_refused,
  expired,
  not_yet_valid,
  issued_in_future
};

// "signature-invalid"
std::string_view name_of(TokenFault fault);

}  // namespace tenantry::api::tokens
