// The rows of a vault (events/vault/rows.hpp) in memory, for tests: of the vault itself, and of whoever uses one.
// Several rows objects over one MemoryVaultStore are one store, as a reopened one is. What was erased is gone at once.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "events/vault/rows.hpp"

namespace tenantry::test {

struct MemoryVaultStore {
  std::mutex mutex;
  std::map<std::string, std::string> rows;
};

class MemoryVaultRows : public events::VaultRows {
 public:
  explicit MemoryVaultRows(std::shared_ptr<MemoryVaultStore> store) : store_(std::move(store)) {}

  std::expected<void, events::VaultError> write(const events::VaultRowChanges& changes) override {
    std::lock_guard lock(store_->mutex);
    for (const auto& [key, value] : changes.added) store_->rows[key] = value;
    for (const auto& [key, value] : changes.replaced) store_->rows[key] = value;
    for (const auto& key : changes.erased) store_->rows.erase(key);
    return {};
  }
  std::expected<std::optional<std::string>, events::VaultError> get(const std::string& key) const override {
    std::lock_guard lock(store_->mutex);
    auto found = store_->rows.find(key);
    return found == store_->rows.end() ? std::nullopt : std::optional{found->second};
  }
  std::expected<void, events::VaultError> visit(const storage::KeyRange& range,
                                                const storage::RowVisitor& visitor) const override {
    std::lock_guard lock(store_->mutex);
    for (auto row = store_->rows.lower_bound(range.from); row != store_->rows.end(); ++row) {
      if (!range.until.empty() && row->first >= range.until) break;
      if (!visitor(row->first, row->second)) break;
    }
    return {};
  }
  std::expected<std::uint64_t, events::VaultError> count(TenantId tenant) const override {
    std::uint64_t entries = 0;
    static_cast<void>(visit(storage::prefix_range(tenant.value.view()),
                            [&](std::string_view, std::string_view) { return ++entries > 0; }));
    return entries;
  }
  std::expected<void, events::VaultError> purge() override { return {}; }

 private:
  std::shared_ptr<MemoryVaultStore> store_;
};

}  // namespace tenantry::test
