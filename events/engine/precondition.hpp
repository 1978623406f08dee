// Whether a precondition holds of what an entity is now. Pure function; any thread.
#pragma once

#include "events/engine/state.hpp"

namespace tenantry::events::engine {

// The first condition that does not hold, in the order of RFC 9110 13.2.2; nothing if all do.
std::optional<Failure> unmet(const Precondition& precondition, const EntityVersion& version);

}  // namespace tenantry::events::engine
