#include "api/tokens/signature_algorithm.hpp"

namespace tenantry::api::tokens {

std::string_view name_of(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::rs256:
      return "RS256";
    case SignatureAlgorithm::es256:
      return "ES256";
    case SignatureAlgorithm::eddsa:
      return "EdDSA";
  }
  return "";
}

std::optional<SignatureAlgorithm> signature_algorithm_named(std::string_view name) {
  for (auto each : {SignatureAlgorithm::rs256, SignatureAlgorithm::es256, SignatureAlgorithm::eddsa}) {
    if (name_of(each) == name) return each;
  }
  return std::nullopt;
}

}  // namespace tenantry::api::tokens
