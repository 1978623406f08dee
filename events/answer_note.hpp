// An answer note: says in the log what a command was answered that made no event, where that must be remembered.
//
// A command with an Idempotency-Key held already: its answer is promised for a day. Or a process manager's command held
// already or was refused: what was pending no longer is. A note is a record of the log, in its partition, durable with
// the batch that it was decided in; but it is no event: it has no sequence and is in no audit tree, feed, page, export
// or count of events. All that follows from it is the stored answer (projections/answers.hpp), or that work is no
// longer pending (projections/pending_rows.hpp), which every replay makes again from it. Whoever reads the log passes
// over notes by is_answer_note().
//
//   note       = %x80 attribute*7     of a command with a key;  records count their versions up from %x01, a foreign
//              / %x81 attribute*8     of a process manager's;   message begins with %x00
//   attribute  = length byte*         as in events/record.hpp
//
//    1 id         16 bytes, the UUID    5 commandid  text: of its form in events/engine/command_id.hpp ("k-", "p-")
//    2 tenantid   16 bytes, the UUID    6 subject    text, what the command was about: "enrolments/{id}"
//    3 ownerepoch 8 bytes; absent if 0  7 position   8 bytes: the tenant's last sequence when it was answered
//    4 time       8 bytes, milliseconds since 1970 UTC, two's complement; numbers are big-endian
//                                       8 refusal    text: the word of the problem; absent if it held
//
// All but ownerepoch and refusal are always present, and subject unless there is a refusal. Every note has exactly one
// encoding. encode_answer_note() appends to `out` and throws std::invalid_argument for what could not be decoded again.
// decode_answer_note() copies nothing: the view lives as long as the bytes; it refuses whatever encode_answer_note()
// cannot have written, and the error's field names the attribute. Free functions on plain values; any thread.
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
  Uuid id = {};
  TenantId tenant;
  std::uint64_t owner_epoch = 0;  // 0 = none
  Instant time;
  std::string_view command_id = {};
  std::string_view subject = {};
  std::uint64_t position = 0;
  std::string_view refusal = {};

  bool operator==(const AnswerNote&) const = default;
};

// Looks at the first byte alone: the rest may still be damaged.
bool is_answer_note(std::string_view bytes);
// Whether encode_answer_note() takes it.
bool is_encodable(const AnswerNote& note);
void encode_answer_note(const AnswerNote& note, std::string& out);
std::expected<AnswerNote, DecodeError> decode_answer_note(std::string_view bytes);

// What can be told of anything that the log holds, event or note; nothing of what is neither.
struct LogEntry {
  Uuid id;
  Instant time;
};
std::optional<LogEntry> log_entry(std::string_view bytes);

}  // namespace tenantry::events
