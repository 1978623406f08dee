#include "api/tokens/weak_rsa.hpp"

#include <algorithm>
#include <array>

namespace tenantry::api::tokens {
namespace {

// Those of the smallest keys' product; larger keys' products hold them too.
constexpr std::array<BN_ULONG, 38> primes = {3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                                             47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                                             107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
constexpr BN_ULONG generator = 65537;

bool is_power_of_generator(BN_ULONG residue, BN_ULONG prime) {
  BN_ULONG power = 1;
  do {
    if (power == residue) return true;
    power = power * (generator % prime) % prime;
  } while (power != 1);
  return false;
}

}  // namespace

bool has_roca_fingerprint(const BIGNUM* modulus) {
  return std::ranges::all_of(primes,
                             [&](BN_ULONG prime) { return is_power_of_generator(BN_mod_word(modulus, prime), prime); });
}

}  // namespace tenantry::api::tokens
