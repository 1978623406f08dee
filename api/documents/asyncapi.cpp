#include "api/documents/asyncapi.hpp"

#include "api/documents/asyncapi_messages.hpp"
#include "events/json/writer.hpp"

namespace tenantry::api {
namespace {

using events::Stream;
using events::json::append_text;
using events::json::ObjectWriter;

constexpr std::string_view about =
    R"(Everything that changes in Tenantry is an event, and these topics hold every event for ever: nothing is deleted,
compacted or changed, and there are no tombstones. A new consumer reads from the beginning.

What a consumer keeps to:

- **It reads committed records** (`isolation.level=read_committed`). A group of commits is one Kafka transaction; what
  was aborted has never happened.
- **It skips what is no event**: owner records, which have the header `tenantry-owner` and no other, and notes of
  answers, whose first header is `tenantry-answer`. Neither has a `ce_type`.
- **Order is per tenant.** A tenant's events are in one partition, and their `ce_sequence` is 1, 2, 3 ... without gaps.
  Between tenants there is no order. A gap is a fault: stop and say so.
- **It counts each event once** by storing, in the same transaction as what it makes of an event, the tenant's sequence:
  a record whose `ce_sequence` is not above it has been seen. Reading again from an older offset then does no harm.
- **It reads former versions.** They are written no more, but stay; each says how it is read as the version after it.
- **It may ignore what a deposed owner wrote**: a record counts if its `ce_ownerepoch` is the offset of the latest owner
  record before it in the partition, or if that owner record says `"copy":true`. Transactions keep such records off the
  topics except in pathological cases.

Fields with `x-personal` are about a person. Read numbers as decimals: they are exact, with two decimal places at most,
and `multipleOf` holds of them only so.)";

constexpr std::string_view about_embedded =
    R"(

This server's log is embedded, so there is no broker to connect to. The topics are those that the log has when
`tenantry log copy --to kafka` has moved it there, under the names that they have by default.)";

void write_info(std::string& out, const events::EventTopics& topics) {
  ObjectWriter info{out};
  append_text(info.key("title"), "Tenantry's events");
  append_text(info.key("version"), "1");
  append_text(info.key("description"), std::string{about} + std::string{topics.servers.empty() ? about_embedded : ""});
}

void write_servers(std::string& out, const events::EventTopics& topics) {
  ObjectWriter servers{out};
  for (std::size_t index = 0; index < topics.servers.size(); ++index) {
    ObjectWriter server{servers.key("bootstrap-" + std::to_string(index + 1))};
    append_text(server.key("host"), topics.servers[index]);
    append_text(server.key("protocol"), topics.is_encrypted ? "kafka-secure" : "kafka");
    append_text(server.key("description"), "One of the brokers to begin with; each knows the others.");
  }
}

void write_channel(std::string& out, std::string_view topic, std::string_view about_channel, Stream stream,
                   int partitions) {
  ObjectWriter channel{out};
  append_text(channel.key("address"), topic);
  append_text(channel.key("description"), about_channel);
  channel.key("messages") += message_references(stream);
  ObjectWriter bindings{channel.key("bindings")};
  ObjectWriter kafka{bindings.key("kafka")};
  append_text(kafka.key("topic"), topic);
  events::json::append_integer(kafka.key("partitions"), static_cast<std::int64_t>(partitions));
  append_text(kafka.key("bindingVersion"), "0.5.0");
}

void write_channels(std::string& out, const events::EventTopics& topics, int tenant_partitions) {
  ObjectWriter channels{out};
  write_channel(channels.key("events"), topics.tenants,
                "The tenants' events. A tenant's are in one partition, named in its tenant-created event; the number "
                "of partitions never changes.",
                Stream::tenants, tenant_partitions);
  write_channel(channels.key("platform"), topics.platform,
                "The platform's register of tenants, in one partition, with a sequence of its own.", Stream::platform,
                1);
}

void write_operation(std::string& out, std::string_view channel, std::string_view summary) {
  ObjectWriter operation{out};
  append_text(operation.key("action"), "receive");
  operation.key("channel").append(R"({"$ref":"#/channels/)").append(channel).append("\"}");
  append_text(operation.key("summary"), summary);
}

}  // namespace

std::string asyncapi_document(const events::EventTopics& topics, int tenant_partitions) {
  std::string out;
  {
    ObjectWriter document{out};
    append_text(document.key("asyncapi"), "3.0.0");
    write_info(document.key("info"), topics);
    append_text(document.key("defaultContentType"), "application/json");
    if (!topics.servers.empty()) write_servers(document.key("servers"), topics);
    write_channels(document.key("channels"), topics, tenant_partitions);
    {
      ObjectWriter operations{document.key("operations")};
      write_operation(operations.key("receiveEvents"), "events", "Receive what happens in the tenants");
      write_operation(operations.key("receivePlatform"), "platform", "Receive which tenants are registered");
    }
    document.key("components") += asyncapi_components(topics);
  }
  return out;
}

}  // namespace tenantry::api
