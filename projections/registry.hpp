// The projections beyond the entities themselves, in the order in which they see an event.
//
// A projection is a function: given an event that the entities have already taken in, it adds to the tenant's rows. It
// depends on nothing but the event and the rows, writes only rows of its own kind, and throws if it cannot go on.
// To add one: a pair of files, a line in registry.cpp, a test.
#pragma once

#include <span>

#include "events/engine/state.hpp"
#include "projections/tenant_changes.hpp"

namespace tenantry::projections {

using Projection = void (*)(TenantChanges& changes, const events::AnyEvent& event);

std::span<const Projection> projections();

}  // namespace tenantry::projections
