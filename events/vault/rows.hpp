// VaultRows: where a vault's sealed values are kept, as the vault sees it. Each log backend has one.
//
// Keys and values are bytes to it (events/vault/entry.hpp, events/vault/sealing.hpp). What it promises:
// - write() makes all of its changes durable; after a definite failure (`rejected`, `unavailable`) nothing was written,
//   after `unknown` any of them may have been, and may show only later.
// - get() and visit() see what was written, and nothing that was not. visit() goes in the order of keys.
// - purge() returns when no file that it answers for holds a value that an earlier write() erased or replaced, writes
//   of before a restart included. When it fails, everything else goes on, and the next call makes up for it.
// Any thread may call. visit() may hold purge() up, so visitors are quick and call nothing of the vault.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/vault/entry.hpp"
#include "storage/database.hpp"

namespace tenantry::events {

struct VaultRowChanges {
  std::vector<std::pair<std::string, std::string>> added;     // under keys that are not there
  std::vector<std::pair<std::string, std::string>> replaced;  // under keys that are
  std::vector<std::string> erased;                            // keys that are
};

class VaultRows {
 public:
  virtual ~VaultRows() = default;

  virtual std::expected<void, VaultError> write(const VaultRowChanges& changes) = 0;
  virtual std::expected<std::optional<std::string>, VaultError> get(const std::string& key) const = 0;
  virtual std::expected<void, VaultError> visit(const storage::KeyRange& range,
                                                const storage::RowVisitor& visitor) const = 0;
  // How many entries a tenant has. Called while this vault writes nothing of the tenant's.
  virtual std::expected<std::uint64_t, VaultError> count(TenantId tenant) const = 0;
  virtual std::expected<void, VaultError> purge() = 0;
};

}  // namespace tenantry::events
