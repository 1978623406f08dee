// Refusals of commands with an idempotency key, so that the same request is refused in the same words.
//
// Nothing about them is in the log, so they are kept in memory alone and for as long as there is room: at most
// `of_tenant_max` of each tenant, the latest, and `all_max` in all. Beyond that the oldest of the tenant that has most
// goes: what one tenant asks for pushes out its own. A refusal that is forgotten is judged anew, which does what the
// first time did not: nothing is done twice. Not thread-safe: the writer's lock guards it.
//
// Only what judged the command is for here. judges() is false for what says that the tenant takes no commands at the
// moment, or none from who asks: that holds for no longer than they stand so, and the command itself was not looked at.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <set>
#include <utility>

#include "events/engine/command.hpp"

namespace tenantry::events::engine {

bool judges(const Refusal& refusal);

class RememberedRefusals {
 public:
  RememberedRefusals(std::size_t of_tenant_max, std::size_t all_max)
      : of_tenant_max_(of_tenant_max), all_max_(all_max) {}

  // The refusal of the key's first command, as replayed; a `key_reused` failure if the payload differs; nothing if the
  // key is not known.
  std::optional<Outcome> find(TenantId tenant, const IdempotencyKey& key) const;
  // Returns how many were forgotten for it.
  std::size_t remember(TenantId tenant, const IdempotencyKey& key, const Refusal& refusal);
  std::size_t size() const { return size_; }

 private:
  using KeyHash = std::array<std::uint8_t, 16>;
  struct Entry {
    std::array<std::uint8_t, 8> payload;
    Refusal refusal;
  };
  struct OfTenant {
    std::map<KeyHash, Entry> entries;
    std::deque<KeyHash> order;  // the oldest first
  };
  void forget_oldest(TenantId tenant);

  std::size_t of_tenant_max_;
  std::size_t all_max_;
  std::size_t size_ = 0;
  std::map<TenantId, OfTenant> tenants_;
  std::set<std::pair<std::size_t, TenantId>> by_size_;  // how many each tenant has
};

}  // namespace tenantry::events::engine
