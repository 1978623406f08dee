// docs/EVENTS.md, made from the catalog, for those who read the log: auditors, analytics, other systems.
// The committed file is compared with this text by a test. Pure function; any thread.
#pragma once

#include <string>

namespace tenantry::events {

std::string events_markdown();

}  // namespace tenantry::events
