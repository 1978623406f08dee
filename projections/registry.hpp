// The projections beyond the entities themselves, in the order in which they see an event.
//
// A projection is a function: given an event that the entities are about to take in, so that it sees them as they were,
// it adds to the tenant's rows. It depends on nothing but the event and the rows, writes only rows of its own kind, and
// throws if it cannot go on. What an event does to it is said for every event, also where that is nothing (OneOf): with
// an event that is forgotten, it does not compile.
// To add one: a pair of files, a line in registry.cpp, a test.
#pragma once

#include <concepts>
#include <span>

#include "events/engine/state.hpp"
#include "projections/tenant_changes.hpp"

namespace tenantry::projections {

template <class E, class... Named>
concept OneOf = (std::same_as<E, Named> || ...);

using Projection = void (*)(TenantChanges& changes, const events::AnyEvent& event);

std::span<const Projection> projections();

}  // namespace tenantry::projections
