#include "events/answer_note.hpp"

#include <stdexcept>

#include "events/engine/command_id.hpp"
#include "events/record.hpp"
#include "events/record_parts.hpp"

namespace tenantry::events {
namespace {

constexpr char form = '\x80';

}  // namespace

bool is_answer_note(std::string_view bytes) {
  return !bytes.empty() && bytes[0] == form;
}

void encode_answer_note(const AnswerNote& note, std::string& out) {
  if (note.id.is_nil() || note.tenant.value.is_nil() || !engine::key_in_command_id(note.command_id) ||
      note.subject.empty()) {
    throw std::invalid_argument{"a note needs id, tenant, the id of a command with a key, and a subject"};
  }
  out += form;
  append_text_part(out, note.id.view());
  append_text_part(out, note.tenant.value.view());
  append_optional_number_part(out, note.owner_epoch);
  append_number_part(out, static_cast<std::uint64_t>(note.time.unix_ms));
  append_text_part(out, note.command_id);
  append_text_part(out, note.subject);
  append_number_part(out, note.position);
}

std::expected<AnswerNote, DecodeError> decode_answer_note(std::string_view bytes) {
  if (!is_answer_note(bytes)) return std::unexpected(DecodeError{"form", "is not that of a note"});
  PartReader reader{bytes.substr(1)};
  AnswerNote note;
  note.id = reader.uuid("id");
  note.tenant.value = reader.uuid("tenantid");
  note.owner_epoch = reader.optional_number("ownerepoch");
  note.time.unix_ms = static_cast<std::int64_t>(reader.number("time"));
  note.command_id = reader.required_text("commandid");
  if (!engine::key_in_command_id(note.command_id)) reader.fail("commandid", "is not that of a command with a key");
  note.subject = reader.required_text("subject");
  note.position = reader.number("position");
  if (!reader.at_end()) reader.fail("position", "is followed by more bytes");
  if (reader.failure()) return std::unexpected(std::move(*reader.failure()));
  return note;
}

std::optional<LogEntry> log_entry(std::string_view bytes) {
  if (is_answer_note(bytes)) {
    auto note = decode_answer_note(bytes);
    return note ? std::optional{LogEntry{note->id, note->time}} : std::nullopt;
  }
  auto record = decode_record(bytes);
  return record ? std::optional{LogEntry{record->attributes.id, record->attributes.time}} : std::nullopt;
}

}  // namespace tenantry::events
