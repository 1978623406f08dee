// What comes out of a consumer's poll, in this folder's terms. Internal to events/kafka; free functions.
//
// view_of_consumed() points into the message and lives as long as it. assign() makes the client read exactly these
// partitions, each from its position.
#pragma once

#include <map>
#include <optional>

#include "events/kafka/client.hpp"
#include "events/kafka/message.hpp"
#include "events/kafka/owner_record.hpp"

namespace tenantry::events::kafka {

MessageView view_of_consumed(const rd_kafka_message_t& message);
// The owner record that the message is, if it is one.
std::optional<Owner> owner_of(const MessageView& message, std::int64_t offset);
std::optional<Partition> partition_of(const KafkaOptions& options, const rd_kafka_message_t& message);
std::expected<void, LogError> assign(const Client& client, const KafkaOptions& options,
                                     const std::map<Partition, Position>& from);
// "topic t.events partition 3"
std::string place_of(const KafkaOptions& options, Partition partition);

}  // namespace tenantry::events::kafka
