#include "events/record.hpp"

#include <stdexcept>

#include "events/json/writer.hpp"
#include "events/record_parts.hpp"

namespace tenantry::events {
namespace {

constexpr char first_version = '\x01';
constexpr char second_version = '\x02';
constexpr int parts_before_command_part = 16;

bool is_possible(CommandPart part) {
  return part.place >= 1 && part.place <= part.count;
}

template <class Text>
void check_encodable(const BasicRecord<Text>& record) {
  const auto& attributes = record.attributes;
  if (record.data.empty() || attributes.id.is_nil() || attributes.tenant.value.is_nil() || attributes.source.empty() ||
      attributes.type.empty() || attributes.subject.empty() || attributes.sequence == 0) {
    throw std::invalid_argument{"a record needs id, tenant, source, type, subject, a sequence from 1 and data"};
  }
  if (!is_possible(attributes.command_part)) throw std::invalid_argument{"an event is one of its command's events"};
}

template <class Text>
void encode(const BasicRecord<Text>& record, std::string& out) {
  const auto& attributes = record.attributes;
  check_encodable(record);
  bool is_lone = attributes.command_part.count == 1;
  bool is_first_version = is_lone && attributes.auth_claims.empty();
  out += is_first_version ? first_version : second_version;
  append_text_part(out, attributes.id.view());
  append_text_part(out, attributes.tenant.value.view());
  append_text_part(out, attributes.source);
  append_text_part(out, attributes.type);
  append_text_part(out, attributes.subject);
  append_number_part(out, static_cast<std::uint64_t>(attributes.time.unix_ms));
  append_number_part(out, attributes.sequence);
  append_text_part(out, attributes.command_id);
  append_optional_number_part(out, attributes.owner_epoch);
  append_text_part(out, attributes.correlation_id);
  append_text_part(out, attributes.causation_id);
  append_text_part(out, attributes.traceparent);
  append_text_part(out, attributes.auth_type);
  append_text_part(out, attributes.auth_id);
  append_text_part(out, attributes.on_behalf_of);
  if (!is_first_version) {
    append_text_part(out, attributes.auth_claims);
    std::uint64_t part = std::uint64_t{attributes.command_part.place} << 32 | attributes.command_part.count;
    append_optional_number_part(out, is_lone ? 0 : part);
  }
  append_text_part(out, record.data);
}

void read_attributes(PartReader& reader, AttributesView& attributes) {
  attributes.id = reader.uuid("id");
  attributes.tenant.value = reader.uuid("tenantid");
  attributes.source = reader.required_text("source");
  attributes.type = reader.required_text("type");
  attributes.subject = reader.required_text("subject");
  attributes.time.unix_ms = static_cast<std::int64_t>(reader.number("time"));
  attributes.sequence = reader.number("sequence");
  if (attributes.sequence == 0) reader.fail("sequence", "is zero");
  attributes.command_id = reader.text("commandid");
  attributes.owner_epoch = reader.optional_number("ownerepoch");
  attributes.correlation_id = reader.text("correlationid");
  attributes.causation_id = reader.text("causationid");
  attributes.traceparent = reader.text("traceparent");
  attributes.auth_type = reader.text("authtype");
  attributes.auth_id = reader.text("authid");
  attributes.on_behalf_of = reader.text("onbehalfof");
}

CommandPart read_command_part(PartReader& reader) {
  std::uint64_t number = reader.optional_number("commandpart");
  if (number == 0) return {};
  CommandPart part{static_cast<std::uint32_t>(number >> 32), static_cast<std::uint32_t>(number)};
  if (!is_possible(part) || part.count == 1) reader.fail("commandpart", "is not one of several");
  return part;
}

void read_second_version(PartReader& reader, AttributesView& attributes) {
  attributes.auth_claims = reader.text("authclaims");
  attributes.command_part = read_command_part(reader);
  if (attributes.auth_claims.empty() && attributes.command_part.count == 1) {
    reader.fail("version", "is the second without what it is for");
  }
}

void append_quoted_uuid(std::string& out, const Uuid& id) {
  out += '"';
  json::append_uuid(out, id);
  out += '"';
}

void append_if_present(json::ObjectWriter& writer, std::string_view name, std::string_view value) {
  if (!value.empty()) json::append_text(writer.key(name), value);
}

}  // namespace

void encode_record(const Record& record, std::string& out) {
  encode(record, out);
}
void encode_record(const RecordView& record, std::string& out) {
  encode(record, out);
}

std::expected<RecordView, DecodeError> decode_record(std::string_view bytes) {
  if (bytes.empty() || (bytes[0] != first_version && bytes[0] != second_version)) {
    return std::unexpected(DecodeError{"version", bytes.empty() ? "is missing" : "is not one that this program reads"});
  }
  PartReader reader{bytes.substr(1)};
  RecordView record;
  read_attributes(reader, record.attributes);
  if (bytes[0] == second_version) read_second_version(reader, record.attributes);
  record.data = reader.required_text("data");
  if (!reader.at_end()) reader.fail("data", "is followed by more bytes");
  if (reader.failure()) return std::unexpected(std::move(*reader.failure()));
  return record;
}

bool is_one_of_several(std::string_view bytes) {
  if (!bytes.starts_with(second_version)) return false;
  PartReader reader{bytes.substr(1)};
  for (int part = 0; part < parts_before_command_part; ++part) reader.text({});
  return !reader.text({}).empty();
}

RecordView view_of(const Record& record) {
  const Attributes& from = record.attributes;
  AttributesView to{.id = from.id,
                    .tenant = from.tenant,
                    .source = from.source,
                    .type = from.type,
                    .subject = from.subject,
                    .time = from.time,
                    .sequence = from.sequence,
                    .command_id = from.command_id,
                    .owner_epoch = from.owner_epoch,
                    .correlation_id = from.correlation_id,
                    .causation_id = from.causation_id,
                    .traceparent = from.traceparent,
                    .auth_type = from.auth_type,
                    .auth_id = from.auth_id,
                    .on_behalf_of = from.on_behalf_of,
                    .auth_claims = from.auth_claims,
                    .command_part = from.command_part};
  return {to, record.data};
}

std::string sequence_text(std::uint64_t sequence) {
  std::string digits = std::to_string(sequence);
  return std::string(20 - digits.size(), '0') + digits;
}

void append_cloud_event_json(const RecordView& record, std::string& out) {
  const AttributesView& attributes = record.attributes;
  json::ObjectWriter writer{out};
  writer.key("specversion") += "\"1.0\"";
  append_quoted_uuid(writer.key("id"), attributes.id);
  json::append_text(writer.key("source"), attributes.source);
  json::append_text(writer.key("type"), attributes.type);
  json::append_text(writer.key("subject"), attributes.subject);
  json::append_text(writer.key("time"), attributes.time.text());
  writer.key("datacontenttype") += "\"application/json\"";
  append_quoted_uuid(writer.key("tenantid"), attributes.tenant.value);
  json::append_text(writer.key("sequence"), sequence_text(attributes.sequence));
  append_if_present(writer, "commandid", attributes.command_id);
  if (attributes.owner_epoch != 0) {
    json::append_text(writer.key("ownerepoch"), std::to_string(attributes.owner_epoch));
  }
  append_if_present(writer, "correlationid", attributes.correlation_id);
  append_if_present(writer, "causationid", attributes.causation_id);
  append_if_present(writer, "traceparent", attributes.traceparent);
  append_if_present(writer, "authtype", attributes.auth_type);
  append_if_present(writer, "authid", attributes.auth_id);
  append_if_present(writer, "onbehalfof", attributes.on_behalf_of);
  append_if_present(writer, "authclaims", attributes.auth_claims);
  if (attributes.command_part.count > 1) json::append_text(writer.key("commandpart"), attributes.command_part.text());
  writer.key("data") += record.data;
}

}  // namespace tenantry::events
