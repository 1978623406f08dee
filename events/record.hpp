// The record of the log: a CloudEvents 1.0 event (specversion 1.0, datacontenttype application/json).
//
// CANONICAL BYTES. The log stores them and the audit tree hashes them; every backend gives back the same ones.
//
//   record     = %x01 attribute*15 data
//              / %x02 attribute*17 data    of an event that has one of the last two attributes
//   attribute  = length byte*        one for each row of the table, in its order; length 0 = absent
//   data       = length byte*        the event's JSON exactly as it was encoded
//   length     = unsigned LEB128, least significant group first, in the fewest bytes, at most 2^32 - 1
//
//    1 id         16 bytes, the UUID                       8 commandid      text
//    2 tenantid   16 bytes, the UUID                       9 ownerepoch     8 bytes, big-endian; absent if 0
//    3 source     text                                    10 correlationid  text
//    4 type       text                                    11 causationid    text
//    5 subject    text                                    12 traceparent    text
//    6 time       8 bytes, big-endian two's complement,   13 authtype       text
//                 milliseconds since 1970 UTC             14 authid         text
//    7 sequence   8 bytes, big-endian, from 1             15 onbehalfof     text
//   16 authclaims   text
//   17 commandpart  8 bytes: which of the command's events this is, from 1, and how many there are, from 2; each 4
//                   bytes, big-endian; absent of an event that its command made alone
//
// 1 to 7 and data are always present. Text is UTF-8 without control characters, to which
// whoever fills in the attributes sees. Every record has exactly one encoding (no two spellings of a length, of zero or
// of absence), so equal bytes and equal records are the same thing, and a hash of the bytes is a hash of the record. A
// further attribute needs a new version byte; readers refuse versions that they do not know. The log holds notes beside
// records (events/answer_note.hpp): what begins with %x80 is none of these, and readers of the log ask for that first.
//
// encode_record() appends to `out`; a record that could not be decoded again (a nil id, no type, sequence 0) is a
// programming error and throws std::invalid_argument. decode_record() copies nothing: the view lives as long as the
// bytes. It refuses whatever encode_record() cannot have written: truncation, trailing bytes, wrong widths, long forms
// of a length, unknown versions; the error's field names the attribute. Free functions on plain values; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"
#include "events/decode_error.hpp"

namespace tenantry::events {

// Which of its command's events an event is. The events of a command follow one another directly in the log, have
// sequences that do, and share their commandid; they are there as a whole or not at all (events/whole_commands.hpp).
struct CommandPart {
  std::uint32_t place = 1;
  std::uint32_t count = 1;

  bool operator==(const CommandPart&) const = default;
  bool is_last() const { return place == count; }
  // "2/3"
  std::string text() const { return std::to_string(place) + '/' + std::to_string(count); }
};

template <class Text>
struct BasicAttributes {
  Uuid id;
  TenantId tenant;
  Text source;   // "/tenants/{id}", or "/platform" for the platform's own register
  Text type;     // "tenantry.roster.student-enrolled.v1"
  Text subject;  // "enrolments/{id}"
  Instant time;
  std::uint64_t sequence = 0;  // dense per tenant from 1
  Text command_id;
  std::uint64_t owner_epoch = 0;  // 0 = none
  Text correlation_id;
  Text causation_id;
  Text traceparent;
  Text auth_type;
  Text auth_id;
  Text on_behalf_of;
  Text auth_claims;  // what the principal showed: session, client, scope; never a credential
  CommandPart command_part;

  bool operator==(const BasicAttributes&) const = default;
};

template <class Text>
struct BasicRecord {
  BasicAttributes<Text> attributes;
  Text data;

  bool operator==(const BasicRecord&) const = default;
};

using Attributes = BasicAttributes<std::string>;
using Record = BasicRecord<std::string>;
using AttributesView = BasicAttributes<std::string_view>;
using RecordView = BasicRecord<std::string_view>;

void encode_record(const Record& record, std::string& out);
void encode_record(const RecordView& record, std::string& out);
std::expected<RecordView, DecodeError> decode_record(std::string_view bytes);
// Whether it is of a command that made several events. Looks at the first byte alone: the rest may be damaged.
bool is_one_of_several(std::string_view bytes);

// The view of a record that is alive.
RecordView view_of(const Record& record);

// The `sequence` extension as CloudEvents text: 20 digits, so that text order is number order.
std::string sequence_text(std::uint64_t sequence);

// Appends the event as structured-mode JSON on one line, without a line end: specversion, id, source, type, subject,
// time, datacontenttype, tenantid, sequence, then commandid, ownerepoch (as text: it may exceed CloudEvents' 32-bit
// integers), correlationid, causationid, traceparent, authtype, authid, onbehalfof, authclaims, commandpart ("2/3")
// where present, then `data` as the JSON that it is, unparsed.
void append_cloud_event_json(const RecordView& record, std::string& out);

}  // namespace tenantry::events
