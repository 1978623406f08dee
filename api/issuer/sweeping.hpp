// Sweeping the vault: what no row names any more, or never came to be named, goes, from the store's files too.
//
// Named are, of a tenant, what its users' credentials and sessions name and its services' keys that were not revoked;
// of the platform its active signing keys and its operators' keys that were not revoked (api/issuer/secrets.hpp). Of a
// tenant that this node does not serve, whose tables are quarantined or cannot be read, or that the register does not
// know, everything counts as named. The ids that one tenant's rows name are held in memory while its entries are looked
// at: 16 bytes each, some of a user and one of a key. Reads tables and rewrites files; any thread, one at a time.
#pragma once

#include <cstdint>
#include <expected>

#include "api/tenants/gate.hpp"
#include "events/engine/engine.hpp"
#include "events/vault.hpp"
#include "projections/state_store.hpp"

namespace tenantry::api {

// Of what was made before the instant, which is further back than any command takes. How many entries have gone.
std::expected<std::uint64_t, events::VaultError> sweep_vault(events::Vault& vault, const projections::StateStore& state,
                                                             const events::engine::Engine& engine, const Gate& gate,
                                                             Instant made_before);

}  // namespace tenantry::api
