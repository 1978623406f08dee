// The rosters projection: lists of ids by class, student, teacher, term, course and assessment.
//
// A row in a list is never taken out: what is withdrawn, ended or closed stays listed with that status.
#pragma once

#include "projections/registry.hpp"

namespace tenantry::projections {

void project_rosters(TenantChanges& changes, const events::AnyEvent& event);

}  // namespace tenantry::projections
