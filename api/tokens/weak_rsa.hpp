// Whether an RSA modulus bears the fingerprint of ROCA (CVE-2017-15361): keys that a widespread library of smart cards
// made, and that can be factored.
//
// "The Return of Coppersmith's Attack", Nemec et al. 2017, section 4: such a modulus is, modulo each small prime, a
// power of 65537. For another modulus that holds by chance once in 2^27 or rarer. Pure function.
#pragma once

#include <openssl/bn.h>

namespace tenantry::api::tokens {

bool has_roca_fingerprint(const BIGNUM* modulus);

}  // namespace tenantry::api::tokens
