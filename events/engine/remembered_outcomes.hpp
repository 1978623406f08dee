// Outcomes of commands that made no event (refusals, and what held already), by idempotency key.
//
// Nothing about them is in the log, so they are kept in memory only, the latest `capacity` of them: forgetting one is
// harmless, since asking again does what the first time did not. Not thread-safe: the writer's lock guards it.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <utility>

#include "events/engine/command.hpp"

namespace tenantry::events::engine {

using KeyInFlight = std::pair<TenantId, std::array<std::uint8_t, 16>>;

class RememberedOutcomes {
 public:
  explicit RememberedOutcomes(std::size_t capacity) : capacity_(capacity) {}

  // The outcome for the key, marked as replayed; a `key_reused` failure if the payload differs; nothing if the key is
  // not known.
  std::optional<Outcome> find(TenantId tenant, const IdempotencyKey& key) const;
  void remember(TenantId tenant, const IdempotencyKey& key, const Outcome& outcome);

 private:
  struct Entry {
    std::array<std::uint8_t, 8> payload;
    Outcome outcome;
  };
  std::size_t capacity_;
  std::map<KeyInFlight, Entry> entries_;
  std::deque<KeyInFlight> order_;
};

}  // namespace tenantry::events::engine
