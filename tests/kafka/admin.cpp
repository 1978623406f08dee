#include "tests/kafka/admin.hpp"

#include <librdkafka/rdkafka.h>

#include <functional>
#include <stdexcept>

namespace tenantry::events::kafka {
namespace {

using Event = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Destroy<rd_kafka_NewTopic_destroy>>;
using GoneTopic = std::unique_ptr<rd_kafka_DeleteTopic_t, Destroy<rd_kafka_DeleteTopic_destroy>>;
using NewPartitions = std::unique_ptr<rd_kafka_NewPartitions_t, Destroy<rd_kafka_NewPartitions_destroy>>;
using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, Destroy<rd_kafka_ConfigResource_destroy>>;
using GoneRecords = std::unique_ptr<rd_kafka_DeleteRecords_t, Destroy<rd_kafka_DeleteRecords_destroy>>;

constexpr int deadline_ms = 30'000;

// Asks, and waits for the brokers' answer.
void administer(const KafkaOptions& options, const std::function<void(rd_kafka_t*, rd_kafka_queue_t*)>& ask) {
  auto client = Client::make(RD_KAFKA_PRODUCER, options, {});
  if (!client) throw std::runtime_error(client.error().detail);
  QueuePointer queue(rd_kafka_queue_new((*client)->get()));
  ask((*client)->get(), queue.get());
  Event event(rd_kafka_queue_poll(queue.get(), deadline_ms));
  if (!event) throw std::runtime_error("the brokers do not answer");
  if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    throw std::runtime_error(rd_kafka_event_error_string(event.get()));
  }
}

}  // namespace

const Settings sound_topic{{"cleanup.policy", "delete"},
                           {"retention.ms", "-1"},
                           {"retention.bytes", "-1"},
                           {"min.insync.replicas", "1"},
                           {"max.message.bytes", "4194304"}};

void make_topic(const KafkaOptions& options, const std::string& topic, int partitions, const Settings& settings,
                int replicas) {
  NewTopic made(rd_kafka_NewTopic_new(topic.c_str(), partitions, replicas, nullptr, 0));
  for (const auto& [name, value] : settings) rd_kafka_NewTopic_set_config(made.get(), name.c_str(), value.c_str());
  administer(options, [&](rd_kafka_t* handle, rd_kafka_queue_t* queue) {
    rd_kafka_NewTopic_t* all[] = {made.get()};
    rd_kafka_CreateTopics(handle, all, 1, nullptr, queue);
  });
}

void delete_topic(const KafkaOptions& options, const std::string& topic) {
  GoneTopic gone(rd_kafka_DeleteTopic_new(topic.c_str()));
  administer(options, [&](rd_kafka_t* handle, rd_kafka_queue_t* queue) {
    rd_kafka_DeleteTopic_t* all[] = {gone.get()};
    rd_kafka_DeleteTopics(handle, all, 1, nullptr, queue);
  });
}

void add_partitions(const KafkaOptions& options, const std::string& topic, int partitions) {
  NewPartitions more(rd_kafka_NewPartitions_new(topic.c_str(), static_cast<std::size_t>(partitions), nullptr, 0));
  administer(options, [&](rd_kafka_t* handle, rd_kafka_queue_t* queue) {
    rd_kafka_NewPartitions_t* all[] = {more.get()};
    rd_kafka_CreatePartitions(handle, all, 1, nullptr, queue);
  });
}

void change_topic(const KafkaOptions& options, const std::string& topic, const Settings& settings) {
  Resource resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  for (const auto& [name, value] : settings) {
    rd_kafka_ConfigResource_set_config(resource.get(), name.c_str(), value.c_str());
  }
  administer(options, [&](rd_kafka_t* handle, rd_kafka_queue_t* queue) {
    rd_kafka_ConfigResource_t* all[] = {resource.get()};
    rd_kafka_AlterConfigs(handle, all, 1, nullptr, queue);
  });
}

void delete_records(const KafkaOptions& options, Partition partition, std::int64_t offset) {
  PartitionList before(rd_kafka_topic_partition_list_new(1));
  std::string topic = topic_of(options, partition.stream);
  rd_kafka_topic_partition_list_add(before.get(), topic.c_str(), partition.number)->offset = offset;
  GoneRecords gone(rd_kafka_DeleteRecords_new(before.get()));
  administer(options, [&](rd_kafka_t* handle, rd_kafka_queue_t* queue) {
    rd_kafka_DeleteRecords_t* all[] = {gone.get()};
    rd_kafka_DeleteRecords(handle, all, 1, nullptr, queue);
  });
}

}  // namespace tenantry::events::kafka
