// An answer note: says in the log that a command with an Idempotency-Key held already and was answered so.
//
// Such a command made no event, and yet its answer is promised for a day. A note is a record of the log, in its
// partition, durable with the batch that it was decided in; but it is no event: it has no sequence and is in no audit
// tree, feed, page, export or count of events. All that follows from it is the stored answer (projections/answers.hpp),
// which every replay makes again from it. Whoever reads the log passes over notes by is_answer_note().
//
//   note       = form attribute*7
//   form       = %x80                 records count their versions up from %x01, a foreign message begins with %x00
//   attribute  = length byte*         as in events/record.hpp
//
//    1 id         16 bytes, the UUID    5 commandid  text: "k-" and the hashes of events/engine/command_id.hpp
//    2 tenantid   16 bytes, the UUID    6 subject    text, what the command was about: "enrolments/{id}"
//    3 ownerepoch 8 bytes; absent if 0  7 position   8 bytes: the tenant's last sequence when it was answered
//    4 time       8 bytes, milliseconds since 1970 UTC, two's complement; numbers are big-endian
//
// All but ownerepoch are always present. Every note has exactly one encoding. encode_answer_note() appends to `out` and
// throws std::invalid_argument for what could not be decoded again. decode_answer_note() copies nothing: the view lives
// as long as the bytes; it refuses whatever encode_answer_note() cannot have written, and the error's field names the
// attribute. Free functions on plain values; any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "domain/kernel/date.hpp"
#include "domain/kernel/id.hpp"
#include "events/decode_error.hpp"

namespace tenantry::events {

struct AnswerNote {
  Uuid id;
  TenantId tenant;
  std::uint64_t owner_epoch = 0;  // 0 = none
  Instant time;
  std::string_view command_id;
  std::string_view subject;
  std::uint64_t position = 0;

  bool operator==(const AnswerNote&) const = default;
};

// Looks at the first byte alone: the rest may still be damaged.
bool is_answer_note(std::string_view bytes);
void encode_answer_note(const AnswerNote& note, std::string& out);
std::expected<AnswerNote, DecodeError> decode_answer_note(std::string_view bytes);

// What can be told of anything that the log holds, event or note; nothing of what is neither.
struct LogEntry {
  Uuid id;
  Instant time;
};
std::optional<LogEntry> log_entry(std::string_view bytes);

}  // namespace tenantry::events
