// What comes out of a consumer's poll, in this folder's terms. Internal to events/kafka; free functions.
//
// open_reader() makes the client that messages are read with. What it reports (errors, refused logins) and the messages
// are two queues: rd_kafka_poll() serves the one, rd_kafka_consumer_poll() the other. They are not joined by
// rd_kafka_poll_set_consumer(), since whoever then calls rd_kafka_poll() while a message waits ends the program, and
// asking brokers something does call it. view_of_consumed() points into the message and lives as long as it. assign()
// makes the client read exactly these partitions, each from its position.
#pragma once

#include <map>
#include <optional>

#include "events/kafka/client.hpp"
#include "events/kafka/message.hpp"
#include "events/kafka/owner_record.hpp"

namespace tenantry::events::kafka {

std::expected<std::unique_ptr<Client>, LogError> open_reader(const KafkaOptions& options);
MessageView view_of_consumed(const rd_kafka_message_t& message);
// The owner record that the message is, if it is one.
std::optional<Owner> owner_of(const MessageView& message, std::int64_t offset);
std::optional<Partition> partition_of(const KafkaOptions& options, const rd_kafka_message_t& message);
std::expected<void, LogError> assign(const Client& client, const KafkaOptions& options,
                                     const std::map<Partition, Position>& from);
// "topic t.events partition 3"
std::string place_of(const KafkaOptions& options, Partition partition);

}  // namespace tenantry::events::kafka
