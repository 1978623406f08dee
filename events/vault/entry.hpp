// What a vault's entries are called, and how calls on one fail.
//
// The key of an entry, as it stands in a store and is ordered there:
//   tenant, 16 bytes | id, 16 bytes | kind, 1 to 32 of a-z 0-9 -
// It is not secret, says nothing of any person, and stays behind in lists of files when the entry is gone. An id is a
// UUIDv7 made for this entry, or for several of different kinds; the age of an entry is that of its id.
//
// Plain values and pure functions; any thread.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"

namespace tenantry::events {

struct VaultKey {
  TenantId tenant;
  Uuid id;
  std::string kind;  // "password", "totp-seed"

  auto operator<=>(const VaultKey&) const = default;
};

// Whose the secret is: a user, or nobody, as with a tenant's own signing key.
using VaultOwner = std::optional<Uuid>;

struct VaultError {
  enum class Kind {
    not_found,      // there is no such entry: it never was, or it was erased
    already_there,  // the entry is there and holds something else; nothing was changed
    altered,        // what is stored is not what was sealed for this entry: changed, cut short, or another entry's
    missing_key,    // the root key is missing under which it was sealed; detail names it
    full,           // the tenant has as many entries as it may; nothing was written
    invalid,        // the caller asked for what cannot be (no UUIDv7, no kind, too large); nothing was written
    rejected,       // nothing was written; trying again may help (no space)
    unknown,        // cannot tell whether it was written; doing the same again settles it
    corrupt,        // the store's files are damaged
    unavailable     // the store cannot be reached now, or bytes to be erased are still held; try again
  };
  Kind kind;
  std::string detail;
};

std::string stored_key(const VaultKey& key);
std::optional<VaultKey> parse_stored_key(std::string_view bytes);
// Why this is no key for an entry; empty if it is one.
std::string fault_of(const VaultKey& key);
// "password 0190163d-… of tenant 0190163c-…": for errors.
std::string name_of(const VaultKey& key);
// When a UUIDv7 was made.
Instant made_at(const Uuid& id);

}  // namespace tenantry::events
