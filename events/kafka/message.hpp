// A record as a Kafka message: CloudEvents 1.0, Kafka protocol binding, binary content mode.
//
//   key        tenantid as text, so that a tenant's records have one partition for whoever consumes by key
//   value      the event's JSON, exactly the record's data
//   timestamp  ce_time in milliseconds; 1 for a time before that, since Kafka takes 0 and less for "now" or none
//   headers    in this order, values as text, absent attributes left out:
//              ce_specversion (1.0), ce_id, ce_source, ce_type, ce_subject, ce_time (RFC 3339, milliseconds, Z),
//              content-type (application/json), ce_tenantid, ce_sequence (20 digits), ce_commandid, ce_ownerepoch
//              (digits), ce_correlationid, ce_causationid, ce_traceparent, ce_authtype, ce_authid, ce_onbehalfof,
//              ce_authclaims, ce_commandpart ("2/3")
//
// A note (events/answer_note.hpp) is no event and no CloudEvent; consumers pass over what has no ce_type:
//
//   key        tenantid as text
//   value      {}
//   timestamp  tenantry-time in milliseconds, as above
//   headers    in this order: tenantry-answer (1), tenantry-id, tenantry-tenantid, tenantry-ownerepoch (digits, absent
//              for none), tenantry-time (as ce_time), tenantry-commandid, tenantry-subject, tenantry-position (of 20
//              digits)
//
// message_of() and record_of() are inverse: the canonical bytes of events/record.hpp and events/answer_note.hpp come
// back exactly, and record_of() refuses whatever message_of() cannot have written; the error's field names the header,
// or "key", "value", "timestamp". message_of() refuses a time that has no text (a year outside 1900 to 2999).
//
// A message that is neither is kept for whoever looks into it, in a form that is neither a record's nor a note's:
//   foreign = %x00 part*     part = 4 bytes big-endian length, then the bytes: why it was refused, key, value, and each
//                            header's name and value
// Free functions on plain values; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/decode_error.hpp"

namespace tenantry::events::kafka {

inline constexpr const char* note_header = "tenantry-answer";

using Header = std::pair<std::string, std::string>;
using HeaderView = std::pair<std::string_view, std::string_view>;

struct Message {
  std::string key;
  std::string value;
  std::int64_t timestamp_ms = 0;
  std::vector<Header> headers;
};

struct MessageView {
  std::string_view key;
  std::string_view value;
  std::int64_t timestamp_ms = 0;
  std::vector<HeaderView> headers;
};
// Lives as long as the message.
MessageView view_of(const Message& message);

struct EncodedMessage {
  Message message;
  std::uint64_t owner_epoch;
};
std::expected<EncodedMessage, DecodeError> message_of(std::string_view record);

struct DecodedRecord {
  std::string bytes;
  std::uint64_t owner_epoch;
};
std::expected<DecodedRecord, DecodeError> record_of(const MessageView& message);

std::string foreign_bytes(const MessageView& message, const DecodeError& why);

}  // namespace tenantry::events::kafka
