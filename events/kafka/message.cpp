#include "events/kafka/message.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

#include "events/answer_note.hpp"
#include "events/engine/command_id.hpp"
#include "events/record.hpp"

namespace tenantry::events::kafka {
namespace {

std::int64_t timestamp_of(Instant time) {
  return std::max<std::int64_t>(time.unix_ms, 1);
}

void add_if_present(std::vector<Header>& headers, const char* name, std::string_view value) {
  if (!value.empty()) headers.emplace_back(name, value);
}

std::vector<Header> headers_of(const AttributesView& attributes) {
  std::vector<Header> headers;
  headers.reserve(19);
  headers.emplace_back("ce_specversion", "1.0");
  headers.emplace_back("ce_id", attributes.id.text());
  headers.emplace_back("ce_source", attributes.source);
  headers.emplace_back("ce_type", attributes.type);
  headers.emplace_back("ce_subject", attributes.subject);
  headers.emplace_back("ce_time", attributes.time.text());
  headers.emplace_back("content-type", "application/json");
  headers.emplace_back("ce_tenantid", attributes.tenant.text());
  headers.emplace_back("ce_sequence", sequence_text(attributes.sequence));
  add_if_present(headers, "ce_commandid", attributes.command_id);
  if (attributes.owner_epoch != 0) headers.emplace_back("ce_ownerepoch", std::to_string(attributes.owner_epoch));
  add_if_present(headers, "ce_correlationid", attributes.correlation_id);
  add_if_present(headers, "ce_causationid", attributes.causation_id);
  add_if_present(headers, "ce_traceparent", attributes.traceparent);
  add_if_present(headers, "ce_authtype", attributes.auth_type);
  add_if_present(headers, "ce_authid", attributes.auth_id);
  add_if_present(headers, "ce_onbehalfof", attributes.on_behalf_of);
  add_if_present(headers, "ce_authclaims", attributes.auth_claims);
  if (attributes.command_part.count > 1) headers.emplace_back("ce_commandpart", attributes.command_part.text());
  return headers;
}

// Takes headers from the front, in their order. After the first failure every take fails, and the failure is kept.
class HeaderReader {
 public:
  explicit HeaderReader(const std::vector<HeaderView>& headers) : next_(headers.begin()), end_(headers.end()) {}

  std::optional<DecodeError>& failure() { return failure_; }
  void fail(std::string_view name, std::string_view detail) {
    if (!failure_) failure_ = DecodeError{std::string(name), std::string(detail)};
  }

  std::string_view optional(std::string_view name) {
    if (failure_ || next_ == end_ || next_->first != name) return {};
    std::string_view value = (next_++)->second;
    if (value.empty()) fail(name, "is empty");
    return value;
  }
  std::string_view required(std::string_view name) {
    std::string_view value = optional(name);
    if (value.empty()) fail(name, "is missing, or not in its place");
    return value;
  }
  void exactly(std::string_view name, std::string_view wanted) {
    if (required(name) != wanted) fail(name, "is not " + std::string(wanted));
  }
  Uuid uuid(std::string_view name) {
    std::string_view text = required(name);
    auto uuid = Uuid::parse(text);
    if (!uuid || uuid->text() != text) fail(name, "is not a UUID in lower case");
    return uuid.value_or(Uuid{});
  }
  Instant time(std::string_view name) {
    std::string_view text = required(name);
    auto time = text.empty() ? std::nullopt : Instant::parse(text);
    if (!time || time->text() != text) fail(name, "is not a time in milliseconds with Z");
    return time.value_or(Instant{});
  }
  void finish() {
    if (next_ != end_) fail(next_->first, "is unknown, doubled, or not in its place");
  }

 private:
  std::vector<HeaderView>::const_iterator next_;
  std::vector<HeaderView>::const_iterator end_;
  std::optional<DecodeError> failure_;
};

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

std::uint64_t read_sequence(HeaderReader& headers, std::string_view name) {
  std::string_view text = headers.required(name);
  std::uint64_t sequence = number(text);
  if (sequence_text(sequence) != text) headers.fail(name, "is not 20 digits");
  return sequence;
}

std::uint64_t read_epoch(HeaderReader& headers, std::string_view name) {
  std::string_view text = headers.optional(name);
  std::uint64_t epoch = number(text);
  if (!text.empty() && std::to_string(epoch) != text) headers.fail(name, "is not a number");
  if (text == "0") headers.fail(name, "is zero");
  return epoch;
}

CommandPart read_command_part(HeaderReader& headers, std::string_view name) {
  std::string_view text = headers.optional(name);
  if (text.empty()) return {};
  auto slash = std::min(text.find('/'), text.size());
  std::uint64_t place = number(text.substr(0, slash));
  std::uint64_t count = slash == text.size() ? 0 : number(text.substr(slash + 1));
  CommandPart part{static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(count)};
  if (part.text() != text || part.place == 0 || part.place > part.count || part.count == 1) {
    headers.fail(name, "is not one of several, like 2/3");
  }
  return part;
}

void read_attributes(HeaderReader& headers, AttributesView& attributes) {
  headers.exactly("ce_specversion", "1.0");
  attributes.id = headers.uuid("ce_id");
  attributes.source = headers.required("ce_source");
  attributes.type = headers.required("ce_type");
  attributes.subject = headers.required("ce_subject");
  attributes.time = headers.time("ce_time");
  headers.exactly("content-type", "application/json");
  attributes.tenant.value = headers.uuid("ce_tenantid");
  attributes.sequence = read_sequence(headers, "ce_sequence");
  if (attributes.sequence == 0) headers.fail("ce_sequence", "is zero");
  attributes.command_id = headers.optional("ce_commandid");
  attributes.owner_epoch = read_epoch(headers, "ce_ownerepoch");
  attributes.correlation_id = headers.optional("ce_correlationid");
  attributes.causation_id = headers.optional("ce_causationid");
  attributes.traceparent = headers.optional("ce_traceparent");
  attributes.auth_type = headers.optional("ce_authtype");
  attributes.auth_id = headers.optional("ce_authid");
  attributes.on_behalf_of = headers.optional("ce_onbehalfof");
  attributes.auth_claims = headers.optional("ce_authclaims");
  attributes.command_part = read_command_part(headers, "ce_commandpart");
  headers.finish();
}

constexpr const char* note_value = "{}";

std::vector<Header> headers_of(const AnswerNote& note) {
  std::vector<Header> headers = {
      {note_header, "1"}, {"tenantry-id", note.id.text()}, {"tenantry-tenantid", note.tenant.text()}};
  if (note.owner_epoch != 0) headers.emplace_back("tenantry-ownerepoch", std::to_string(note.owner_epoch));
  headers.emplace_back("tenantry-time", note.time.text());
  headers.emplace_back("tenantry-commandid", note.command_id);
  if (!note.subject.empty()) headers.emplace_back("tenantry-subject", note.subject);
  headers.emplace_back("tenantry-position", sequence_text(note.position));
  if (!note.refusal.empty()) headers.emplace_back("tenantry-refusal", note.refusal);
  return headers;
}

bool is_note(const MessageView& message) {
  return !message.headers.empty() && message.headers[0].first == note_header;
}

std::expected<DecodedRecord, DecodeError> note_of(const MessageView& message) {
  HeaderReader headers(message.headers);
  AnswerNote note;
  headers.exactly(note_header, "1");
  note.id = headers.uuid("tenantry-id");
  note.tenant.value = headers.uuid("tenantry-tenantid");
  if (note.id.is_nil() || note.tenant.value.is_nil()) headers.fail("tenantry-id", "or the tenant's is nil");
  note.owner_epoch = read_epoch(headers, "tenantry-ownerepoch");
  note.time = headers.time("tenantry-time");
  note.command_id = headers.required("tenantry-commandid");
  note.subject = headers.optional("tenantry-subject");
  note.position = read_sequence(headers, "tenantry-position");
  note.refusal = headers.optional("tenantry-refusal");
  headers.finish();
  if (!is_encodable(note)) headers.fail("tenantry-commandid", "is not one that is noted, or not so");
  if (message.value != note_value) headers.fail("value", "is not that of a note");
  if (message.key != note.tenant.text()) headers.fail("key", "is not the tenant's id");
  if (message.timestamp_ms != timestamp_of(note.time)) headers.fail("timestamp", "is not that of tenantry-time");
  if (headers.failure()) return std::unexpected(std::move(*headers.failure()));
  DecodedRecord decoded{.bytes = {}, .owner_epoch = note.owner_epoch};
  encode_answer_note(note, decoded.bytes);
  return decoded;
}

// Text of years beyond four digits is not parsed again, and far beyond them cannot be made.
bool has_text(Instant time) {
  constexpr std::int64_t unix_ms_max = 32'503'680'000'000;  // the year 3000
  constexpr std::int64_t unix_ms_min = -2'208'988'800'000;  // the year 1900
  return time.unix_ms < unix_ms_max && time.unix_ms >= unix_ms_min;
}

std::unexpected<DecodeError> time_without_text() {
  return std::unexpected(DecodeError{"time", "is outside the years 1900 to 2999"});
}

std::expected<EncodedMessage, DecodeError> message_of_note(std::string_view bytes) {
  auto note = decode_answer_note(bytes);
  if (!note) return std::unexpected(note.error());
  if (!has_text(note->time)) return time_without_text();
  return EncodedMessage{.message = {.key = note->tenant.text(),
                                    .value = note_value,
                                    .timestamp_ms = timestamp_of(note->time),
                                    .headers = headers_of(*note)},
                        .owner_epoch = note->owner_epoch};
}

void append_part(std::string& out, std::string_view part) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(part.size() >> shift);
  out += part;
}

}  // namespace

MessageView view_of(const Message& message) {
  return {message.key, message.value, message.timestamp_ms, {message.headers.begin(), message.headers.end()}};
}

std::expected<EncodedMessage, DecodeError> message_of(std::string_view record) {
  if (is_answer_note(record)) return message_of_note(record);
  auto decoded = decode_record(record);
  if (!decoded) return std::unexpected(decoded.error());
  const AttributesView& attributes = decoded->attributes;
  if (!has_text(attributes.time)) return time_without_text();
  return EncodedMessage{.message = {.key = attributes.tenant.text(),
                                    .value = std::string(decoded->data),
                                    .timestamp_ms = timestamp_of(attributes.time),
                                    .headers = headers_of(attributes)},
                        .owner_epoch = attributes.owner_epoch};
}

std::expected<DecodedRecord, DecodeError> record_of(const MessageView& message) {
  if (is_note(message)) return note_of(message);
  HeaderReader headers(message.headers);
  RecordView record;
  read_attributes(headers, record.attributes);
  record.data = message.value;
  if (message.value.empty()) headers.fail("value", "is missing");
  if (message.key != record.attributes.tenant.text()) headers.fail("key", "is not the tenant's id");
  if (message.timestamp_ms != timestamp_of(record.attributes.time)) headers.fail("timestamp", "is not that of ce_time");
  if (headers.failure()) return std::unexpected(std::move(*headers.failure()));
  DecodedRecord decoded{.bytes = {}, .owner_epoch = record.attributes.owner_epoch};
  decoded.bytes.reserve(256 + message.value.size());
  encode_record(record, decoded.bytes);
  return decoded;
}

std::string foreign_bytes(const MessageView& message, const DecodeError& why) {
  std::string bytes(1, '\0');
  append_part(bytes, why.field + " " + why.detail);
  append_part(bytes, message.key);
  append_part(bytes, message.value);
  for (const auto& [name, value] : message.headers) {
    append_part(bytes, name);
    append_part(bytes, value);
  }
  return bytes;
}

}  // namespace tenantry::events::kafka
