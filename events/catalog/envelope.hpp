// The envelope of every event: the CloudEvents attributes of events/record.hpp as data, for docs/EVENTS.md and
// AsyncAPI.
//
// In the order of the record's JSON, which is also that of Kafka's headers. Plain values with static lifetime; any
// thread. Tests hold them to the messages that are written.
#pragma once

#include <span>
#include <string_view>

namespace tenantry::events {

struct AttributeDescription {
  std::string_view name;
  bool required;
  std::string_view about;  // Markdown
  // Members of a JSON Schema object that say what the attribute's text may be besides a string.
  std::string_view constraints;
};

std::span<const AttributeDescription> envelope();

}  // namespace tenantry::events
