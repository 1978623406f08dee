// Reading a tenant's events from the log, through the positions that its tables keep for each sequence number.
//
// The visitor gets each event decoded, oldest first, and answers false to stop; views live until it returns. The events
// of one tenant are read by their positions, so other tenants' events in the same partition cost nothing. Any thread.
#pragma once

#include <functional>
#include <vector>

#include "api/request/headers.hpp"
#include "events/log.hpp"
#include "events/record.hpp"
#include "projections/tenant_reader.hpp"

namespace tenantry::api {

using EventVisitor = std::function<bool(const events::RecordView& event)>;

// At most `count_max` events with a sequence above `after`.
Checked<void> visit_events(events::Log& log, const projections::TenantReader& reader, std::uint64_t after,
                           std::size_t count_max, const EventVisitor& visit);
// The events with exactly these sequence numbers.
Checked<void> visit_events(events::Log& log, const projections::TenantReader& reader,
                           const std::vector<std::uint64_t>& sequences, const EventVisitor& visit);

}  // namespace tenantry::api
