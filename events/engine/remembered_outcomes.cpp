#include "events/engine/remembered_outcomes.hpp"

namespace tenantry::events::engine {
namespace {

Outcome as_replayed(Outcome outcome) {
  if (auto* done = std::get_if<Done>(&outcome)) done->replayed = true;
  if (auto* refusal = std::get_if<AnyRefusal>(&outcome)) return ReplayedRefusal{std::move(*refusal)};
  return outcome;
}

}  // namespace

std::optional<Outcome> RememberedOutcomes::find(TenantId tenant, const IdempotencyKey& key) const {
  auto found = entries_.find({tenant, key.key});
  if (found == entries_.end()) return std::nullopt;
  if (found->second.payload != key.payload) {
    return Failure{Failure::Kind::key_reused, "the key came before with another request"};
  }
  return as_replayed(found->second.outcome);
}

void RememberedOutcomes::remember(TenantId tenant, const IdempotencyKey& key, const Outcome& outcome) {
  KeyInFlight id{tenant, key.key};
  if (!entries_.emplace(id, Entry{key.payload, outcome}).second) return;
  order_.push_back(id);
  if (order_.size() > capacity_) {
    entries_.erase(order_.front());
    order_.pop_front();
  }
}

}  // namespace tenantry::events::engine
