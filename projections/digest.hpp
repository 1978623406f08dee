// Digests of a tenant's tables: two copies with the same digest hold the same rows, byte for byte.
//
// The rows are hashed in key order, each key and value with its length before it (u64, big-endian), with SHA-256. Log
// positions are left out of both digests: they say where a backend keeps an event, not what the tenant's data is.
// - `rows`: everything else. Equal for a live and a rebuilt state, and for any two states made from the same events.
// - `content`: entities without version and time, unique values, lists, orders and statistics; without histories,
//   stored answers, the audit tree, and who has which value, which the entities say. Equal for any two loads of the
//   same commands, whose events differ in ids and times alone.
// What a partition keeps beside its tenants' rows (partition_state.hpp), log position and last record among it, is in
// neither. `audit_root` is the root of the audit tree. Reads one consistent state; any thread.
#pragma once

#include <cstdint>
#include <functional>

#include "events/engine/state.hpp"
#include "projections/audit_tree.hpp"
#include "storage/database.hpp"

namespace tenantry::projections {

struct TenantDigest {
  TenantId tenant;
  std::uint64_t sequence = 0;
  std::uint64_t row_count = 0;
  Sha256 rows{};
  Sha256 content{};
  Sha256 audit_root{};
};

// The tenant must have a family in the database.
std::expected<TenantDigest, events::engine::StateError> digest_tenant(const storage::Database& database,
                                                                      TenantId tenant);

}  // namespace tenantry::projections
