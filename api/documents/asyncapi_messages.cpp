#include "api/documents/asyncapi_messages.hpp"

#include <stdexcept>

#include "events/catalog/catalog.hpp"
#include "events/catalog/envelope.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using events::TypeDescription;
using events::json::append_text;
using events::json::ObjectWriter;

constexpr std::string_view owner_message_name = "tenantry.owner";
constexpr std::string_view owner_about =
    "No event: by it a node says that it writes the partition from here on. It has no key; its offset is the "
    "ce_ownerepoch of what that node writes, until the next one. Consumers skip it.";
// The value is that of events/kafka/owner_record.hpp.
constexpr std::string_view owner_payload =
    R"({"type":"object","properties":{"node":{"type":"string","description":"the node's name"},)"
    R"("address":{"type":"string","description":"where the other nodes reach it"},)"
    R"("copy":{"const":true,"description":"from here on the records are a copy of another log's, of any ce_ownerepoch"}},)"
    R"("required":["node","address"],"additionalProperties":false})";
constexpr std::string_view note_message_name = "tenantry.answer";
constexpr std::string_view note_about =
    "No event: by it Tenantry remembers what it answered to an Idempotency-Key whose command changed nothing. It has "
    "no "
    "ce_type and no sequence. Consumers skip it.";
// Headers as in events/kafka/message.hpp; the first is written by its constant.
constexpr std::string_view note_headers =
    R"("tenantry-id":{"type":"string","format":"uuid"},"tenantry-tenantid":{"type":"string","format":"uuid"},)"
    R"("tenantry-ownerepoch":{"type":"string","pattern":"^[1-9][0-9]*$"},)"
    R"("tenantry-time":{"type":"string","format":"date-time"},)"
    R"("tenantry-commandid":{"type":"string","pattern":"^k-[0-9a-f]{32}-[0-9a-f]{16}$"},)"
    R"("tenantry-subject":{"type":"string","minLength":1},)"
    R"("tenantry-position":{"type":"string","pattern":"^[0-9]{20}$"}},"required":["tenantry-answer","tenantry-id",)"
    R"("tenantry-tenantid","tenantry-time","tenantry-commandid","tenantry-subject","tenantry-position"],)"
    R"("additionalProperties":false})";
// The key is that of events/kafka/message.hpp.
constexpr std::string_view bindings =
    R"({"kafka":{"key":{"type":"string","format":"uuid","description":"the tenant's id, as in ce_tenantid"},)"
    R"("bindingVersion":"0.5.0"}})";

events::Stream stream_of(const TypeDescription& type) {
  for (const events::Catalog* catalog : events::catalogs()) {
    if (catalog->context == type.context) return catalog->stream;
  }
  throw std::logic_error("no catalog is of the context " + std::string{type.context});
}

// By CloudEvents' binding to Kafka, binary content mode.
std::string header_of(const events::AttributeDescription& attribute) {
  if (attribute.name == "datacontenttype") return "content-type";
  return "ce_" + std::string{attribute.name};
}

void write_reference(std::string& out, std::string_view section, std::string_view name) {
  out.append(R"({"$ref":"#/components/)").append(section).append("/").append(name).append("\"}");
}

void write_header(std::string& out, const events::AttributeDescription& attribute) {
  ObjectWriter schema{out};
  append_text(schema.key("type"), "string");
  out.append(",").append(attribute.constraints);
  append_text(schema.key("description"), attribute.about);
}

void write_headers(std::string& out) {
  std::string required;
  ObjectWriter schema{out};
  append_text(schema.key("description"), "The headers of every event: CloudEvents 1.0 in Kafka, binary content mode.");
  append_text(schema.key("type"), "object");
  {
    ObjectWriter properties{schema.key("properties")};
    for (const auto& attribute : events::envelope()) {
      write_header(properties.key(header_of(attribute)), attribute);
      if (!attribute.required) continue;
      if (!required.empty()) required += ',';
      append_text(required, header_of(attribute));
    }
  }
  schema.key("required").append("[").append(required).append("]");
  schema.key("additionalProperties") += "false";
}

// As it is stored: what is empty is left out and never null.
std::string payload_of(const TypeDescription& type) {
  auto fields = type.fields;
  events::refuse_null(fields);
  return events::schema_text(type.name, type.about, fields);
}

// What a consumer must know of a type that has versions: `newer` is the one after it, if there is one.
std::string about(const TypeDescription& type, const TypeDescription* newer) {
  std::string text{type.about};
  if (newer != nullptr) {
    text += " Written no more, but in the log for ever: read it as " + newer->name + ". " + std::string{newer->upcast};
  }
  return text;
}

void write_message(std::string& out, const TypeDescription& type, const TypeDescription* newer) {
  ObjectWriter message{out};
  append_text(message.key("name"), type.name);
  append_text(message.key("title"), type.name);
  append_text(message.key("summary"), type.about);
  append_text(message.key("description"), about(type, newer));
  append_text(message.key("contentType"), "application/json");
  {
    ObjectWriter headers{message.key("headers")};
    append_text(headers.key("type"), "object");
    std::string& parts = headers.key("allOf");
    parts += '[';
    write_reference(parts, "schemas", "EventHeaders");
    parts += R"(,{"properties":{"ce_type":{"const":)";
    append_text(parts, type.name);
    parts += "}}}]";
  }
  message.key("payload") += payload_of(type);
  message.key("tags").append(R"([{"name":)");
  append_text(out, type.context);
  out += "}]";
  write_reference(message.key("bindings"), "messageBindings", "Event");
}

void write_owner_message(std::string& out, const std::string& header) {
  ObjectWriter message{out};
  append_text(message.key("name"), owner_message_name);
  append_text(message.key("title"), "The owner record");
  append_text(message.key("summary"), "A node has taken the partition; consumers skip it.");
  append_text(message.key("description"), owner_about);
  append_text(message.key("contentType"), "application/json");
  message.key("headers") += R"({"type":"object","properties":{")" + header +
                            R"(":{"type":"string","const":"1"}},"required":[")" + header +
                            R"("],"additionalProperties":false})";
  message.key("payload") += owner_payload;
}

void write_note_message(std::string& out, const std::string& header) {
  ObjectWriter message{out};
  append_text(message.key("name"), note_message_name);
  append_text(message.key("title"), "The note of an answer");
  append_text(message.key("summary"), "A command with an Idempotency-Key changed nothing; consumers skip it.");
  append_text(message.key("description"), note_about);
  append_text(message.key("contentType"), "application/json");
  std::string& headers = message.key("headers");
  headers.append(R"({"type":"object","properties":{")").append(header);
  headers.append(R"(":{"type":"string","const":"1"},)").append(note_headers);
  message.key("payload") += R"({"type":"object","properties":{},"additionalProperties":false})";
  write_reference(message.key("bindings"), "messageBindings", "Event");
}

// The version that follows on types[index]; the catalog lists an event's versions together, the newest first.
const TypeDescription* newer_than(std::span<const TypeDescription> types, std::size_t index) {
  return types[index].newest ? nullptr : &types[index - 1];
}

}  // namespace

std::string message_references(events::Stream stream) {
  std::string out;
  {
    ObjectWriter references{out};
    for (const TypeDescription& type : events::event_types()) {
      if (stream_of(type) == stream) write_reference(references.key(type.name), "messages", type.name);
    }
    write_reference(references.key(owner_message_name), "messages", owner_message_name);
    write_reference(references.key(note_message_name), "messages", note_message_name);
  }
  return out;
}

std::string asyncapi_components(const events::EventTopics& topics) {
  std::string out;
  {
    ObjectWriter components{out};
    {
      ObjectWriter messages{components.key("messages")};
      auto types = events::event_types();
      for (std::size_t index = 0; index < types.size(); ++index) {
        write_message(messages.key(types[index].name), types[index], newer_than(types, index));
      }
      write_owner_message(messages.key(owner_message_name), topics.owner_header);
      write_note_message(messages.key(note_message_name), topics.note_header);
    }
    {
      ObjectWriter schemas{components.key("schemas")};
      write_headers(schemas.key("EventHeaders"));
    }
    ObjectWriter message_bindings{components.key("messageBindings")};
    message_bindings.key("Event") += bindings;
  }
  return out;
}

}  // namespace tenantry::api
