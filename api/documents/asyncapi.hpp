// The AsyncAPI 3.0 document of the events, made from the catalog, for those who consume the Kafka topics: what is on
// them, under which headers, and what a consumer must keep to. From a consumer's point of view: its operations receive.
//
// Where the log is embedded there are no topics; the document then describes those that a copy of it would have, and
// names no server. Schemas keep to what JSON Schema draft-07 and 2020-12 have in common. Pure functions; the document
// is made once at start.
#pragma once

#include <string>

#include "events/backend.hpp"

namespace tenantry::api {

std::string asyncapi_document(const events::EventTopics& topics, int tenant_partitions);

}  // namespace tenantry::api
