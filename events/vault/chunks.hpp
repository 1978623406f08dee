// Going through a vault's rows some at a time, so that nobody holds the store's files, or a tenant's turn, for long.
// Free functions; any thread. A row that is no entry is `corrupt`.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "events/vault/entry.hpp"
#include "events/vault/rows.hpp"

namespace tenantry::events {

struct VaultRow {
  VaultKey key;
  std::string sealed;
};

// The first rows of the range, and moves its beginning behind them; none at its end. All are of one tenant.
std::expected<std::vector<VaultRow>, VaultError> take_rows(const VaultRows& rows, storage::KeyRange& range);

}  // namespace tenantry::events
