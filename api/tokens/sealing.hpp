// Keyed hashes and sealed texts under keys of 32 bytes, by libsodium: for what the server gives away and takes back.
//
// keyed_hash() is BLAKE2b (RFC 7693) with a key and 32 bytes of output, over the parts one after another: only who has
// the key can make it. The caller sees to it that two meanings never have the same parts.
//
// derive_key() makes of one secret a key for each purpose: the keyed hash of the purpose's name under the secret. Keys
// of different purposes say nothing of each other or of the secret.
//
//   sealed = nonce, 24 random bytes | the plain bytes, encrypted, as long as they were | tag, 16 bytes
//
// seal_bytes() encrypts by XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, libsodium's "ietf" variant), whose nonces
// may be drawn at random. `purpose` is authenticated with it, not stored in it: what was sealed for one purpose does
// not open for another. open_sealed_bytes() answers nothing for anything but what was sealed under this key for this
// purpose. It is not the vault's sealing (events/vault/sealing.hpp), whose values are bound to the place where they are
// stored.
//
// Pure functions but for random bytes; any thread. A key of another size is a mistake of the caller:
// std::invalid_argument.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry::api::tokens {

inline constexpr std::size_t sealing_key_bytes = 32;
inline constexpr std::size_t keyed_hash_bytes = 32;

std::string keyed_hash(std::string_view key, std::initializer_list<std::string_view> parts);
std::string derive_key(std::string_view secret, std::string_view purpose);

std::string seal_bytes(std::string_view key, std::string_view purpose, std::string_view plain);
std::optional<std::string> open_sealed_bytes(std::string_view key, std::string_view purpose, std::string_view sealed);

}  // namespace tenantry::api::tokens
