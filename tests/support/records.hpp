// Records of the log that a test changes and writes again.
#pragma once

#include <string>
#include <string_view>

#include "events/record.hpp"

namespace tenantry::test {

// All of a record that is in its bytes, which must be one's.
inline events::Record record_of(std::string_view bytes) {
  const auto [from, data] = events::decode_record(bytes).value();
  events::Attributes attributes;
  attributes.id = from.id;
  attributes.tenant = from.tenant;
  attributes.source = from.source;
  attributes.type = from.type;
  attributes.subject = from.subject;
  attributes.time = from.time;
  attributes.sequence = from.sequence;
  attributes.command_id = from.command_id;
  attributes.owner_epoch = from.owner_epoch;
  attributes.correlation_id = from.correlation_id;
  attributes.causation_id = from.causation_id;
  attributes.traceparent = from.traceparent;
  attributes.auth_type = from.auth_type;
  attributes.auth_id = from.auth_id;
  attributes.on_behalf_of = from.on_behalf_of;
  attributes.auth_claims = from.auth_claims;
  attributes.command_part = from.command_part;
  return {std::move(attributes), std::string{data}};
}

inline std::string encoded(const events::Record& record) {
  std::string bytes;
  events::encode_record(record, bytes);
  return bytes;
}

}  // namespace tenantry::test
