// The statistics projection: counts of each class and of the whole tenant (statistics_entities.hpp).
#pragma once

#include "projections/registry.hpp"

namespace tenantry::projections {

void project_statistics(TenantChanges& changes, const events::AnyEvent& event);

}  // namespace tenantry::projections
