// JSON Web Signatures in compact form (RFC 7515 section 3.1): read strictly, verified with the keys of one issuer,
// made.
//
// parse_compact_jws() accepts at most `token_bytes_max` bytes: three parts in base64url with two dots, the first a JSON
// object without a member twice, with a text `alg`. It refuses `crit` and `b64` (RFC 7797) whatever they say. Keys that
// the header brings or points at (`jwk`, `jku`, `x5c`, `x5u`) are never looked at. Nothing of it may be believed before
// verify_signature(), which takes the key by `kid`, or without one the only key for that `alg`, and holds `alg` to the
// key's own algorithm. Faults are those of token_fault.hpp. Pure functions; any thread, any number at once.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "api/tokens/key_set.hpp"
#include "api/tokens/private_key.hpp"
#include "api/tokens/token_fault.hpp"

namespace tenantry::api::tokens {

inline constexpr std::size_t token_bytes_max = 8192;

struct JwsHeader {
  std::string algorithm;
  std::optional<std::string> key_id;
  std::optional<std::string> type;
};

struct CompactJws {
  JwsHeader header;
  std::string payload;
  std::string signature;
  std::string_view signed_part;  // of the token that was parsed, which must outlive it
};

std::expected<CompactJws, TokenFault> parse_compact_jws(std::string_view token);
std::expected<void, TokenFault> verify_signature(const CompactJws& jws, const KeySet& keys);

// With `alg` of the key, `typ` and `kid` in its header. Throws std::runtime_error if OpenSSL fails.
std::string sign_compact_jws(std::string_view type, std::string_view key_id, std::string_view payload,
                             const PrivateKey& key);

}  // namespace tenantry::api::tokens
