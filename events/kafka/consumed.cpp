#include "events/kafka/consumed.hpp"

#include <algorithm>

namespace tenantry::events::kafka {
namespace {

Settings settings_of(const KafkaOptions& options) {
  return {{"group.id", options.prefix + "-mirror"},  // asked for by librdkafka; the group is never joined
          {"enable.auto.commit", "false"},
          {"enable.auto.offset.store", "false"},
          {"auto.offset.reset", "error"},
          {"isolation.level", "read_committed"},
          {"enable.partition.eof", "true"},
          {"check.crcs", "true"},
          {"fetch.wait.max.ms", "20"},
          {"fetch.error.backoff.ms", "50"},
          {"queued.max.messages.kbytes", "8192"},
          {"message.max.bytes", std::to_string(std::max<std::size_t>(options.message_bytes_max, 1'000'000))}};
}

}  // namespace

std::expected<std::unique_ptr<Client>, LogError> open_reader(const KafkaOptions& options) {
  return Client::make(RD_KAFKA_CONSUMER, options, settings_of(options));
}

MessageView view_of_consumed(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type{};
  MessageView view{.key = {static_cast<const char*>(message.key), message.key_len},
                   .value = {static_cast<const char*>(message.payload), message.len},
                   .timestamp_ms = rd_kafka_message_timestamp(&message, &type),
                   .headers = {}};
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return view;
  std::size_t count = rd_kafka_header_cnt(headers);
  view.headers.reserve(count);
  for (std::size_t index = 0; index < count; ++index) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    rd_kafka_header_get_all(headers, index, &name, &value, &size);
    view.headers.emplace_back(name, std::string_view(static_cast<const char*>(value), size));
  }
  return view;
}

std::optional<Owner> owner_of(const MessageView& message, std::int64_t offset) {
  if (!is_owner_message(message)) return std::nullopt;
  return parse_owner(message.value, static_cast<std::uint64_t>(offset));
}

std::optional<Partition> partition_of(const KafkaOptions& options, const rd_kafka_message_t& message) {
  if (message.rkt == nullptr || message.partition < 0) return std::nullopt;
  bool is_platform = topic_of(options, Stream::platform) == rd_kafka_topic_name(message.rkt);
  return Partition{is_platform ? Stream::platform : Stream::tenants, message.partition};
}

std::expected<void, LogError> assign(const Client& client, const KafkaOptions& options,
                                     const std::map<Partition, Position>& from) {
  PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(from.size())));
  for (const auto& [partition, position] : from) {
    auto* entry =
        rd_kafka_topic_partition_list_add(list.get(), topic_of(options, partition.stream).c_str(), partition.number);
    entry->offset = static_cast<std::int64_t>(position);
  }
  auto code = rd_kafka_assign(client.get(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(client.explain("assigning partitions", code));
  return {};
}

std::string place_of(const KafkaOptions& options, Partition partition) {
  return "topic " + topic_of(options, partition.stream) + " partition " + std::to_string(partition.number);
}

}  // namespace tenantry::events::kafka
