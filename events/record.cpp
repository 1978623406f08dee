#include "events/record.hpp"

#include <array>
#include <optional>
#include <stdexcept>

#include "events/json/writer.hpp"

namespace tenantry::events {
namespace {

constexpr char format_version = '\x01';
constexpr std::size_t length_bytes_max = 5;  // 2^32 - 1 in groups of seven bits

void append_length(std::string& out, std::size_t length) {
  if (length > 0xFFFF'FFFFu) throw std::invalid_argument{"a record's part is longer than 2^32 - 1 bytes"};
  while (length >= 0x80) {
    out += static_cast<char>(length | 0x80);
    length >>= 7;
  }
  out += static_cast<char>(length);
}

void append_text(std::string& out, std::string_view text) {
  append_length(out, text.size());
  out += text;
}

std::array<char, 8> big_endian(std::uint64_t value) {
  std::array<char, 8> bytes;
  for (std::size_t index = 0; index < 8; ++index) bytes[index] = static_cast<char>(value >> (56 - 8 * index));
  return bytes;
}

void append_number(std::string& out, std::uint64_t value) {
  auto bytes = big_endian(value);
  append_text(out, {bytes.data(), bytes.size()});
}

template <class Text>
void check_encodable(const BasicRecord<Text>& record) {
  const auto& attributes = record.attributes;
  if (record.data.empty() || attributes.id.is_nil() || attributes.tenant.value.is_nil() || attributes.source.empty() ||
      attributes.type.empty() || attributes.subject.empty() || attributes.sequence == 0) {
    throw std::invalid_argument{"a record needs id, tenant, source, type, subject, a sequence from 1 and data"};
  }
}

template <class Text>
void encode(const BasicRecord<Text>& record, std::string& out) {
  const auto& attributes = record.attributes;
  check_encodable(record);
  out += format_version;
  append_text(out, attributes.id.view());
  append_text(out, attributes.tenant.value.view());
  append_text(out, attributes.source);
  append_text(out, attributes.type);
  append_text(out, attributes.subject);
  append_number(out, static_cast<std::uint64_t>(attributes.time.unix_ms));
  append_number(out, attributes.sequence);
  append_text(out, attributes.command_id);
  if (attributes.owner_epoch == 0)
    append_length(out, 0);
  else
    append_number(out, attributes.owner_epoch);
  append_text(out, attributes.correlation_id);
  append_text(out, attributes.causation_id);
  append_text(out, attributes.traceparent);
  append_text(out, attributes.auth_type);
  append_text(out, attributes.auth_id);
  append_text(out, attributes.on_behalf_of);
  append_text(out, record.data);
}

// Takes a record's parts from the front. After the first failure every take fails, and the failure is kept.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool at_end() const { return rest_.empty(); }
  std::optional<DecodeError>& failure() { return failure_; }

  void fail(std::string_view name, std::string_view detail) {
    if (!failure_) failure_ = DecodeError{std::string{name}, std::string{detail}};
  }
  std::string_view text(std::string_view name);
  std::string_view required_text(std::string_view name);
  Uuid uuid(std::string_view name);
  std::uint64_t number(std::string_view name);
  std::uint64_t optional_number(std::string_view name);

 private:
  std::optional<std::size_t> length();
  static std::uint64_t from_big_endian(std::string_view bytes);

  std::string_view rest_;
  std::optional<DecodeError> failure_;
};

std::optional<std::size_t> Reader::length() {
  std::size_t length = 0;
  for (std::size_t index = 0; index < rest_.size() && index < length_bytes_max; ++index) {
    auto byte = static_cast<unsigned char>(rest_[index]);
    length |= static_cast<std::size_t>(byte & 0x7f) << (7 * index);
    if (byte >= 0x80) continue;
    if ((index > 0 && byte == 0) || length > 0xFFFF'FFFFu) return std::nullopt;  // not the fewest bytes, too long
    rest_.remove_prefix(index + 1);
    return length;
  }
  return std::nullopt;
}

std::string_view Reader::text(std::string_view name) {
  if (failure_) return {};
  auto size = length();
  if (!size || *size > rest_.size()) {
    fail(name, size ? "is cut short" : "has a malformed length");
    return {};
  }
  std::string_view text = rest_.substr(0, *size);
  rest_.remove_prefix(*size);
  return text;
}

std::string_view Reader::required_text(std::string_view name) {
  std::string_view value = text(name);
  if (value.empty()) fail(name, "is missing");
  return value;
}

Uuid Reader::uuid(std::string_view name) {
  std::string_view raw = required_text(name);
  Uuid uuid;
  if (raw.size() != uuid.bytes.size()) {
    fail(name, "is not 16 bytes");
    return uuid;
  }
  raw.copy(reinterpret_cast<char*>(uuid.bytes.data()), raw.size());
  if (uuid.is_nil()) fail(name, "is the nil UUID");
  return uuid;
}

std::uint64_t Reader::from_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::uint64_t Reader::number(std::string_view name) {
  std::string_view raw = required_text(name);
  if (raw.size() != 8) fail(name, "is not 8 bytes");
  return from_big_endian(raw.substr(0, 8));
}

std::uint64_t Reader::optional_number(std::string_view name) {
  std::string_view raw = text(name);
  if (raw.empty()) return 0;
  std::uint64_t value = from_big_endian(raw.substr(0, 8));
  if (raw.size() != 8 || value == 0) fail(name, "is neither absent nor 8 bytes above zero");
  return value;
}

void read_attributes(Reader& reader, AttributesView& attributes) {
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

template <class To, class From>
BasicRecord<To> converted(const BasicRecord<From>& record) {
  const auto& from = record.attributes;
  BasicAttributes<To> to{.id = from.id,
                         .tenant = from.tenant,
                         .source = To{from.source},
                         .type = To{from.type},
                         .subject = To{from.subject},
                         .time = from.time,
                         .sequence = from.sequence,
                         .command_id = To{from.command_id},
                         .owner_epoch = from.owner_epoch,
                         .correlation_id = To{from.correlation_id},
                         .causation_id = To{from.causation_id},
                         .traceparent = To{from.traceparent},
                         .auth_type = To{from.auth_type},
                         .auth_id = To{from.auth_id},
                         .on_behalf_of = To{from.on_behalf_of}};
  return {std::move(to), To{record.data}};
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
  if (bytes.empty() || bytes[0] != format_version) {
    return std::unexpected(DecodeError{"version", bytes.empty() ? "is missing" : "is not one that this program reads"});
  }
  Reader reader{bytes.substr(1)};
  RecordView record;
  read_attributes(reader, record.attributes);
  record.data = reader.required_text("data");
  if (!reader.at_end()) reader.fail("data", "is followed by more bytes");
  if (reader.failure()) return std::unexpected(std::move(*reader.failure()));
  return record;
}

RecordView view_of(const Record& record) {
  return converted<std::string_view>(record);
}
Record copy_of(const RecordView& record) {
  return converted<std::string>(record);
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
  writer.key("data") += record.data;
}

}  // namespace tenantry::events
