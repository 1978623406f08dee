#include "events/embedded/embedded_vault.hpp"

#include <algorithm>
#include <utility>

namespace tenantry::events::embedded {
namespace {

constexpr const char* family_name = "vault";
constexpr std::string_view purge_key = "vault-purge";

// Of a call that only reads, or is to be made again.
VaultError read_error(const storage::StorageError& error) {
  bool is_damage = error.kind == storage::StorageError::Kind::corrupt;
  return {is_damage ? VaultError::Kind::corrupt : VaultError::Kind::unavailable, error.detail};
}

VaultError write_error(const storage::StorageError& error) {
  bool is_refused = error.kind == storage::StorageError::Kind::stopped;
  return {is_refused ? VaultError::Kind::rejected : VaultError::Kind::unknown, error.detail};
}

std::string tenant_bytes_of(const std::string& key) {
  return key.substr(0, sizeof(Uuid::bytes));
}

storage::KeyRange range_of(const std::string& key) {
  return {key, key + '\0'};
}

}  // namespace

std::expected<std::unique_ptr<VaultRows>, VaultError> EmbeddedVault::open(storage::Database& database,
                                                                          std::shared_ptr<std::atomic<bool>> is_open) {
  auto families = database.create_families({family_name});
  if (!families) return std::unexpected(read_error(families.error()));
  if (is_open->exchange(true)) {
    return std::unexpected(VaultError{VaultError::Kind::unavailable, "the vault of " + database.path() + " is open"});
  }
  std::unique_ptr<EmbeddedVault> vault(new EmbeddedVault(database, std::move(is_open), families->front()));
  if (auto found = vault->find_unfinished_purge(); !found) return std::unexpected(found.error());
  return vault;
}

EmbeddedVault::EmbeddedVault(storage::Database& database, std::shared_ptr<std::atomic<bool>> is_open,
                             storage::FamilyPointer family)
    : database_(database),
      is_open_(std::move(is_open)),
      family_(std::move(family)),
      notes_(database.default_family()) {}

EmbeddedVault::~EmbeddedVault() {
  *is_open_ = false;
}

std::expected<void, VaultError> EmbeddedVault::find_unfinished_purge() {
  auto unfinished = database_.get(*notes_, purge_key);
  if (!unfinished) return std::unexpected(read_error(unfinished.error()));
  if (!*unfinished) return {};
  {
    MutexLock lock(unpurged_mutex_);
    unpurged_ = storage::KeyRange{};
  }
  // Without room for it now the vault is to be read all the same, and the next one makes up for it.
  static_cast<void>(purge());
  return {};
}

std::expected<void, VaultError> EmbeddedVault::write(const VaultRowChanges& changes) {
  if (changes.replaced.empty() && changes.erased.empty()) return write_rows(changes);
  MutexLock lock(unpurged_mutex_);
  // Whatever becomes of it: what a failure left in the write-ahead log may come back, and its note with it.
  for (const auto& [key, value] : changes.replaced) add_unpurged(range_of(key));
  for (const auto& key : changes.erased) add_unpurged(range_of(key));
  return write_rows(changes);
}

// With a note of what is to be purged, if anything is.
std::expected<void, VaultError> EmbeddedVault::write_rows(const VaultRowChanges& changes) {
  storage::Batch batch;
  for (const auto& [key, value] : changes.added) batch.put(*family_, key, value);
  for (const auto& [key, value] : changes.replaced) batch.put(*family_, key, value);
  for (const auto& key : changes.erased) batch.erase(*family_, key);
  if (!changes.replaced.empty() || !changes.erased.empty()) batch.put(*notes_, purge_key, {});
  auto written = database_.write(batch, storage::Durability::synced);
  if (!written) {
    forget_counts(changes);  // they are to be counted again
    return std::unexpected(write_error(written.error()));
  }
  count_written(changes);
  return {};
}

std::expected<std::optional<std::string>, VaultError> EmbeddedVault::get(const std::string& key) const {
  auto found = database_.get(*family_, key);
  if (!found) return std::unexpected(read_error(found.error()));
  return std::move(*found);
}

std::expected<void, VaultError> EmbeddedVault::visit(const storage::KeyRange& range,
                                                     const storage::RowVisitor& visitor) const {
  auto scanned = database_.scan(*family_, range, visitor, {.fill_cache = false});
  if (!scanned) return std::unexpected(read_error(scanned.error()));
  return {};
}

std::expected<std::uint64_t, VaultError> EmbeddedVault::count(TenantId tenant) const {
  const std::string id{tenant.value.view()};
  {
    MutexLock lock(counts_mutex_);
    if (auto known = counts_.find(id); known != counts_.end()) return known->second;
  }
  std::uint64_t entries = 0;
  auto visited = visit(storage::prefix_range(id), [&](std::string_view, std::string_view) { return ++entries > 0; });
  if (!visited) return std::unexpected(visited.error());
  MutexLock lock(counts_mutex_);
  counts_[id] = entries;
  return entries;
}

void EmbeddedVault::count_written(const VaultRowChanges& changes) {
  MutexLock lock(counts_mutex_);
  for (const auto& [key, value] : changes.added) {
    if (auto known = counts_.find(tenant_bytes_of(key)); known != counts_.end()) ++known->second;
  }
  for (const auto& key : changes.erased) {
    if (auto known = counts_.find(tenant_bytes_of(key)); known != counts_.end()) --known->second;
  }
}

void EmbeddedVault::forget_counts(const VaultRowChanges& changes) {
  MutexLock lock(counts_mutex_);
  for (const auto& [key, value] : changes.added) counts_.erase(tenant_bytes_of(key));
  for (const auto& key : changes.erased) counts_.erase(tenant_bytes_of(key));
}

std::expected<void, VaultError> EmbeddedVault::purge() {
  MutexLock turn(purging_);
  std::optional<storage::KeyRange> range;
  {
    MutexLock lock(unpurged_mutex_);
    range.swap(unpurged_);
  }
  if (!range) return {};  // one that began after the caller's erasure has been through
  auto purged = database_.purge(*family_, *range);
  if (purged) {
    forget_purge();
    return {};
  }
  MutexLock lock(unpurged_mutex_);
  add_unpurged(*range);
  return std::unexpected(read_error(purged.error()));
}

void EmbeddedVault::add_unpurged(const storage::KeyRange& range) {
  if (!unpurged_) {
    unpurged_ = range;
    return;
  }
  unpurged_->from = std::min(unpurged_->from, range.from);
  bool is_open_ended = unpurged_->until.empty() || range.until.empty();
  unpurged_->until = is_open_ended ? std::string{} : std::max(unpurged_->until, range.until);
}

// If that cannot be written, the next opening purges once more.
void EmbeddedVault::forget_purge() {
  MutexLock lock(unpurged_mutex_);
  if (unpurged_) return;
  storage::Batch batch;
  batch.erase(*notes_, purge_key);
  static_cast<void>(database_.write(batch, storage::Durability::buffered));
}

}  // namespace tenantry::events::embedded
