// RootKeys: the keys from which those of tenants are derived, and the file that holds them.
//
//   file     = header line*            header = "tenantry vault keys 1" LF
//   line     = (blank | comment | key | current) LF
//   comment  = "#" text
//   key      = "key" SP id SP secret   secret = 32 bytes from a random source, as 64 hex digits
//   current  = "current" SP id         once; of a key of this file, under which values are sealed from now on
//   id       = 1 to 32 of a-z 0-9 - .  stands in every value sealed under the key; never given to another key
//
// To rotate: a new key on every node first, then `current`, then Vault::reseal(), and only then the old key may go.
// A file has at most 64 keys and 16 KiB.
//
// The file is as secret as what it opens. KeyFile::own is a file of this program's, which nobody but its user may read
// or write: mode 0600, or 0400. KeyFile::mounted is a secret that a platform puts into a container (Kubernetes, Docker
// Swarm): who may read it the platform decided, and nobody but its owner may write it. Anything else is refused; errors
// name the file and the line, never what stands there.
//
// The key of a tenant (source of the algorithm: RFC 7693, keyed BLAKE2b, 32 bytes, under the root key) hashes:
//   "tenantry vault tenant key 1" | length of the id, 1 byte | id | tenant id, 16 bytes
//
// A value that is not changed once it is read; any thread. A later change of the file concerns the next read().
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/id.hpp"
#include "events/vault/secret.hpp"

namespace tenantry::events {

bool is_root_key_id(std::string_view id);

enum class KeyFile { own, mounted };

class RootKeys {
 public:
  static std::expected<RootKeys, std::string> read(const std::string& path, KeyFile kind = KeyFile::own);

  const std::string& current() const { return current_; }
  // Nothing if there is no root key of this id.
  std::optional<Secret> key_of(TenantId tenant, std::string_view id) const;

 private:
  RootKeys() = default;

  std::map<std::string, Secret, std::less<>> keys_;
  std::string current_;

  friend class KeyFileReader;
};

// Makes a file with one key, fresh and current, mode 0600, synced. Refuses to write over anything.
std::expected<void, std::string> make_key_file(const std::string& path, std::string_view id);

}  // namespace tenantry::events
