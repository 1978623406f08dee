// What /metrics shows, in the Prometheus text format. Label sets are bounded: partitions, status classes and kinds,
// never tenants or clients. Any thread.
#pragma once

#include <string>

#include "api/context.hpp"

namespace tenantry::api {

std::string metrics_text(const Context& context);

}  // namespace tenantry::api
