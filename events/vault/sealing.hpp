// Sealing: a secret as it is stored, which only the holder of the root key opens, and only as the entry that it was
// sealed for.
//
//   sealed   = version, 1 byte: 1
//            | length of the root key's id, 1 byte | the id (events/vault/root_keys.hpp)
//            | length of the owner, 1 byte: 0 or 16 | the owner's id
//            | nonce, 24 random bytes
//            | the secret, encrypted, as long as it was
//            | tag, 16 bytes
// Cipher: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03, as libsodium has it, "ietf" variant) under the tenant's key;
// with nonces of 24 bytes random ones do not collide. Authenticated with it, but not stored in it:
//   tenant, owner, id and kind of the entry, each with its length, 1 byte, before it
//
// So what stands in another place than it was sealed for does not open: another tenant's, owner's, id's or kind's. An
// entry is never sealed with another meaning, so there is no former value of the same place to put back; one that was
// erased opens when it is put back, and counts for nothing because no row names its id any more.
//
// Pure functions but for random bytes; any thread. open() answers `altered` for anything but what seal() made for this
// entry and owner, and `missing_key`, naming it, if the root key is not among these.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "events/vault/entry.hpp"
#include "events/vault/root_keys.hpp"
#include "events/vault/secret.hpp"

namespace tenantry::events {

// What can be told of a sealed value without opening it. The views are into its bytes.
struct Envelope {
  std::string_view root_key;
  VaultOwner owner;
  std::string_view nonce;
  std::string_view encrypted;  // and the tag
};

std::optional<Envelope> parse_envelope(std::string_view sealed);
std::size_t plain_bytes_of(const Envelope& envelope);

// Under the current root key.
std::string seal(const RootKeys& keys, const VaultKey& key, const VaultOwner& owner, std::string_view plain);
std::expected<Secret, VaultError> open_sealed(const RootKeys& keys, const VaultKey& key, const VaultOwner& owner,
                                              std::string_view sealed);
// The same for whichever owner it was sealed for.
std::expected<Secret, VaultError> open_sealed(const RootKeys& keys, const VaultKey& key, std::string_view sealed);

}  // namespace tenantry::events
