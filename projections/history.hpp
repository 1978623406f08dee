// The history projection: for each entity, the sequences of the events that are about it or mention it.
#pragma once

#include "projections/registry.hpp"

namespace tenantry::projections {

void project_history(TenantChanges& changes, const events::AnyEvent& event);

}  // namespace tenantry::projections
