#include "api/tokens/token_fault.hpp"

namespace tenantry::api::tokens {

std::string_view name_of(TokenFault fault) {
  switch (fault) {
    case TokenFault::too_long:
      return "too-long";
    case TokenFault::malformed:
      return "malformed";
    case TokenFault::header_malformed:
      return "header-malformed";
    case TokenFault::extension_refused:
      return "extension-refused";
    case TokenFault::algorithm_refused:
      return "algorithm-refused";
    case TokenFault::key_unknown:
      return "key-unknown";
    case TokenFault::algorithm_mismatch:
      return "algorithm-mismatch";
    case TokenFault::signature_invalid:
      return "signature-invalid";
    case TokenFault::type_refused:
      return "type-refused";
    case TokenFault::claims_malformed:
      return "claims-malformed";
    case TokenFault::claim_missing:
      return "claim-missing";
    case TokenFault::key_binding_refused:
      return "key-binding-refused";
    case TokenFault::issuer_refused:
      return "issuer-refused";
    case TokenFault::audience_refused:
      return "audience-refused";
    case TokenFault::expired:
      return "expired";
    case TokenFault::not_yet_valid:
      return "not-yet-valid";
    case TokenFault::issued_in_future:
      return "issued-in-future";
  }
  return "";
}

}  // namespace tenantry::api::tokens
