// What /metrics shows, in the Prometheus text format. Label sets are bounded: partitions, status classes and kinds,
// never tenants or clients. Any thread.
#pragma once

#include <string>

#include "api/exchange/context.hpp"
#include "api/http/counters.hpp"
#include "events/shared_log.hpp"
#include "storage/database.hpp"

namespace tenantry::api {

std::string metrics_text(const Context& context);

// Of one layer alone: every member of its counters is shown. DatabaseMetrics as those of the log's database.
std::string metrics_text(const events::engine::EngineCounters& counters);
std::string metrics_text(const http::Counters& counters);
std::string metrics_text(const events::Figures& figures);
std::string metrics_text(const storage::DatabaseMetrics& metrics);

}  // namespace tenantry::api
