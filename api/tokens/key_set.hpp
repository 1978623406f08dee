// The keys of one issuer: what its tokens may be verified with.
//
// parse() reads a JWK Set (RFC 7517 section 5) of at most `text_bytes_max` bytes and `keys_max` keys. Keys that are not
// for us are left out (jwk.hpp says which); one broken key, two keys of one `kid`, or a member given twice make the
// whole set an error, so that a damaged set is noticed and the last good one kept. Errors carry the path of the member
// ("keys[2].n"). Immutable after it is made; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/tokens/jwk.hpp"

namespace tenantry::api::tokens {

class KeySet {
 public:
  static constexpr std::size_t text_bytes_max = 256u << 10;
  static constexpr std::size_t keys_max = 64;

  static std::expected<KeySet, events::DecodeError> parse(std::string_view text);
  static std::expected<KeySet, events::DecodeError> make(std::vector<Jwk> keys);

  const std::vector<Jwk>& keys() const { return keys_; }
  // The key of this name; none: nullptr.
  const PublicKey* find(std::string_view key_id) const;
  // The only key for the algorithm; nullptr if there is none or more than one.
  const PublicKey* only_one_for(SignatureAlgorithm algorithm) const;

 private:
  explicit KeySet(std::vector<Jwk> keys) : keys_(std::move(keys)) {}

  std::vector<Jwk> keys_;
};

// {"keys":[...]}, as it is published.
std::string print_key_set(const KeySet& keys);

}  // namespace tenantry::api::tokens
