// The messages of the AsyncAPI document: one for each version of each event, and the owner record. Pure functions.
#pragma once

#include <string>

#include "events/backend.hpp"

namespace tenantry::api {

// References to the messages that a stream's topic can hold: an object, by the messages' names.
std::string message_references(events::Stream stream);
// The members of the document's "components" as an object.
std::string asyncapi_components(const events::EventTopics& topics);

}  // namespace tenantry::api
