// EmbeddedVault: a vault's rows (events/vault/rows.hpp) in the embedded log's own database.
//
// On disk, in the log's database (events/embedded/embedded_log.hpp):
//   family vault     a row for each entry, key and value as events/vault/entry.hpp and events/vault/sealing.hpp say
//   family default   "vault-purge" = nothing: while it is there, files may hold values that were erased or replaced. It
//                    is written in one batch with what erases them, and goes when they are gone.
// The family is made when a vault is first opened; a log without it is whole, and is opened, inspected and copied as
// ever.
//
// Every write is synced. Vault and log share one write-ahead log, in which an entry stands before the event that names
// it: whatever a torn tail takes, it takes the event first.
// A purge flushes all families and rewrites the table files between the first and the last key that were erased
// (storage::Database::purge). Those who erase while one is under way wait for the next together. One that a crash cut
// short is made up for by opening, or, if there is no room then, by the next.
//
// The database and the log's folder lock outlive it. Any thread.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "domain/kernel/thread_safety.hpp"
#include "events/vault/rows.hpp"
#include "storage/database.hpp"

namespace tenantry::events::embedded {

class EmbeddedVault : public VaultRows {
 public:
  // Makes the family if it is missing. One at a time for a database, of which `is_open` keeps account: `unavailable`
  // otherwise.
  static std::expected<std::unique_ptr<VaultRows>, VaultError> open(storage::Database& database,
                                                                    std::shared_ptr<std::atomic<bool>> is_open);
  ~EmbeddedVault() override;

  std::expected<void, VaultError> write(const VaultRowChanges& changes) override;
  std::expected<std::optional<std::string>, VaultError> get(const std::string& key) const override;
  std::expected<void, VaultError> visit(const storage::KeyRange& range,
                                        const storage::RowVisitor& visitor) const override;
  std::expected<std::uint64_t, VaultError> count(TenantId tenant) const override;
  std::expected<void, VaultError> purge() override;

 private:
  EmbeddedVault(storage::Database& database, std::shared_ptr<std::atomic<bool>> is_open, storage::FamilyPointer family);
  std::expected<void, VaultError> find_unfinished_purge();
  void count_written(const VaultRowChanges& changes);
  void forget_counts(const VaultRowChanges& changes);
  std::expected<void, VaultError> write_rows(const VaultRowChanges& changes);
  void add_unpurged(const storage::KeyRange& range) TENANTRY_REQUIRES(unpurged_mutex_);
  void forget_purge();

  storage::Database& database_;
  const std::shared_ptr<std::atomic<bool>> is_open_;
  const storage::FamilyPointer family_;
  const storage::FamilyPointer notes_;  // the default family
  mutable Mutex counts_mutex_;
  mutable std::unordered_map<std::string, std::uint64_t> counts_
      TENANTRY_GUARDED_BY(counts_mutex_);  // of tenants that were counted, by the bytes of ids
  Mutex purging_;                          // one purge at a time
  Mutex unpurged_mutex_;                   // held while erasures are written
  std::optional<storage::KeyRange> unpurged_
      TENANTRY_GUARDED_BY(unpurged_mutex_);  // all that was erased or replaced, and may still be in files
};

}  // namespace tenantry::events::embedded
