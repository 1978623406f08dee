#include "events/answer_note.hpp"

#include <stdexcept>

#include "events/engine/command_id.hpp"
#include "events/record.hpp"
#include "events/record_parts.hpp"

namespace tenantry::events {
namespace {

constexpr char form_with_key = '\x80';
constexpr char form_of_process = '\x81';

// The form that the command's id says; nothing if it is neither's.
std::optional<char> form_of(std::string_view command_id) {
  if (engine::key_in_command_id(command_id)) return form_with_key;
  if (engine::work_in_command_id(command_id)) return form_of_process;
  return std::nullopt;
}

bool is_whole(const AnswerNote& note, char form) {
  if (form == form_with_key && !note.refusal.empty()) return false;
  return note.subject.empty() == !note.refusal.empty();
}

}  // namespace

bool is_answer_note(std::string_view bytes) {
  return !bytes.empty() && (bytes[0] == form_with_key || bytes[0] == form_of_process);
}

bool is_encodable(const AnswerNote& note) {
  auto form = form_of(note.command_id);
  return !note.id.is_nil() && !note.tenant.value.is_nil() && form && is_whole(note, *form);
}

void encode_answer_note(const AnswerNote& note, std::string& out) {
  if (!is_encodable(note)) {
    throw std::invalid_argument{
        "a note needs id, tenant, the id of a command with a key or of a process manager, and "
        "a subject or, of the latter, a refusal"};
  }
  char form = *form_of(note.command_id);
  out += form;
  append_text_part(out, note.id.view());
  append_text_part(out, note.tenant.value.view());
  append_optional_number_part(out, note.owner_epoch);
  append_number_part(out, static_cast<std::uint64_t>(note.time.unix_ms));
  append_text_part(out, note.command_id);
  append_text_part(out, note.subject);
  append_number_part(out, note.position);
  if (form == form_of_process) append_text_part(out, note.refusal);
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
  if (form_of(note.command_id) != bytes[0]) reader.fail("commandid", "is not one of the note's form");
  note.subject = reader.text("subject");
  note.position = reader.number("position");
  if (bytes[0] == form_of_process) note.refusal = reader.text("refusal");
  if (!is_whole(note, bytes[0])) reader.fail("subject", "is absent, or beside a refusal");
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
