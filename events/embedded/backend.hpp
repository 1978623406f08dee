// The embedded log's entry among the backends (events/backend.hpp).
#pragma once

#include "events/backend.hpp"

namespace tenantry::events::embedded {

Backend backend();

}  // namespace tenantry::events::embedded
