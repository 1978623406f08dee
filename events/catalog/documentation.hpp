// docs/EVENTS.md, made from the catalog, for those who read the log: auditors, analytics, other systems.
// The committed file is compared with this text by a test. Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "events/catalog/type_description.hpp"

namespace tenantry::events {

std::string events_markdown();
// The table of a type's fields, those of its records included.
std::string fields_markdown(const std::vector<FieldDescription>& fields);

}  // namespace tenantry::events
