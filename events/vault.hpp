// The vault: the third store, beside log and tables, for what must be secret and erasable: hashes of passwords, seeds,
// verifiers of keys, private keys, the keys of data subjects.
//
// An entry is written, durably, before the event that names it, and counts only if a row of its tenant names its id.
// So what a crash leaves between the two is garbage, which sweep() removes; and no order between vault and log has to
// be kept after that. Entries are in no feed, export, rebuild or digest: state is a function of log and vault.
//
// What it promises (tests/contracts/vault_contract.hpp):
// - Values are stored sealed (events/vault/sealing.hpp), and opened only as the entry and owner that they were sealed
//   for: anything else that is found in their place is `altered`, never served.
// - The key of an entry is never written with another meaning: put() of what is there is a no-op, of anything else
//   `already_there`. Of several that put the same key at once, one meaning wins. An id is made for the entry, put and
//   named within the age that sweeps are told, and never used again: the vault does not remember what it erased. It is
//   drawn for each attempt to decide a command, never derived from the command: two nodes never put one key (ADR 21).
// - After erase() or erase_tenant() has returned, get() says `not_found`, and no file that the store answers for holds
//   the sealed bytes. After a failure the entries may be gone while their bytes are not: call it again. It costs a
//   flush of the whole store and a rewrite of some of its files, shared by those who erase at the same time, so ids
//   that go together are erased together. What a device keeps of a deleted file, and copies made elsewhere, are out of
//   its reach.
// - An entry that does not open concerns those who ask for it alone; everything else goes on.
// Values have up to 16 KiB, and a tenant has as many entries as the options say.
//
// Any thread may call; writes of one tenant take turns, reads wait for no write.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/kernel/thread_safety.hpp"
#include "events/vault/entry.hpp"
#include "events/vault/metrics.hpp"
#include "events/vault/root_keys.hpp"
#include "events/vault/rows.hpp"
#include "events/vault/secret.hpp"

namespace tenantry::events {

inline constexpr std::size_t vault_value_bytes_max = 16u << 10;

struct VaultOptions {
  std::uint64_t entries_of_tenant_max = 1'000'000;
};

// Whether a row of the key's tenant names this entry. Asked without a lock held.
using IsNamed = std::function<bool(const VaultKey& key)>;

struct Resealed {
  std::uint64_t rewritten = 0;
  // Values that stay as they are, under whichever key that is, because they could not be opened.
  std::uint64_t unopened = 0;
  std::string first_trouble = {};
};

struct SealedEntry {
  VaultKey key;
  std::string sealed;
};
// Returns false to stop.
using SealedVisitor = std::function<bool(const SealedEntry& entry)>;

class Vault {
 public:
  Vault(std::unique_ptr<VaultRows> rows, RootKeys keys, const VaultOptions& options = {});
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  std::expected<void, VaultError> put(const VaultKey& key, const VaultOwner& owner, std::string_view plain);
  std::expected<Secret, VaultError> get(const VaultKey& key, const VaultOwner& owner) const;

  // All kinds of these ids, after the event that unnames them was read back as counted: no row may name them ever
  // again. What is not there is no error.
  std::expected<void, VaultError> erase(TenantId tenant, const std::vector<Uuid>& ids);
  std::expected<void, VaultError> erase(TenantId tenant, const Uuid& id);
  std::expected<void, VaultError> erase_tenant(TenantId tenant);

  // Erases the entries whose ids were made before the instant and that no row names; returns how many. The instant is
  // further back than any command may take from put() to its event. Of tenants that another node serves, is_named says
  // yes.
  std::expected<std::uint64_t, VaultError> sweep(Instant made_before, const IsNamed& is_named);

  // Seals under the current root key what is sealed under another, and removes the former bytes from the files. A root
  // key may be taken away when this has left nothing unopened on every vault that holds its values. Values can be read
  // meanwhile; a call that was cut short is made again.
  std::expected<Resealed, VaultError> reseal();

  // The entries as they are stored, for a copy of them, in the order of their keys. What is written meanwhile may or
  // may not be among them.
  std::expected<void, VaultError> visit_sealed(const SealedVisitor& visit) const;
  // Stores what another vault gave, unopened, all of a tenant's or none; after a failure it may be done again. What is
  // there with the same meaning stays; with another it is `already_there`. What is not a sealed value is `invalid`.
  std::expected<void, VaultError> put_sealed(const std::vector<SealedEntry>& entries);

  VaultMetrics metrics() const;

 private:
  // Writes of a tenant take turns; some tenants share one.
  Mutex& turn_of(TenantId tenant) { return turns_[std::hash<Uuid>{}(tenant.value) % turns_.size()]; }
  // Below, the caller has the tenant's turn.
  std::expected<void, VaultError> check_room(TenantId tenant, std::uint64_t more) const;
  // True if the entry is there with this meaning, false if it is not there.
  std::expected<bool, VaultError> is_there(const VaultKey& key, const VaultOwner& owner, std::string_view plain) const;
  std::expected<bool, VaultError> is_there(const SealedEntry& entry) const;
  std::expected<void, VaultError> add(TenantId tenant, std::vector<std::pair<std::string, std::string>> rows);
  std::expected<std::uint64_t, VaultError> erase_keys(const std::vector<std::string>& keys);
  std::expected<void, VaultError> reseal_keys(const std::vector<VaultKey>& keys, Resealed& done);

  std::expected<void, VaultError> erase_ranges(TenantId tenant, const std::vector<storage::KeyRange>& ranges);
  std::expected<void, VaultError> purge();
  // Gives it back, after counting what kept it from being opened.
  std::expected<Secret, VaultError> seen(std::expected<Secret, VaultError> opened) const;

  const std::unique_ptr<VaultRows> rows_;
  const RootKeys keys_;
  const VaultOptions options_;
  mutable VaultCounters counters_;
  std::array<Mutex, 32> turns_;
};

}  // namespace tenantry::events
