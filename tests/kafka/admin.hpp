// What an administrator does to topics, for tests. Each throws if the brokers do not do it.
#pragma once

#include <string>

#include "events/kafka/client.hpp"

namespace tenantry::events::kafka {

// What the log asks of its topics on one broker.
extern const Settings sound_topic;

void make_topic(const KafkaOptions& options, const std::string& topic, int partitions, const Settings& settings,
                int replicas = 1);
void delete_topic(const KafkaOptions& options, const std::string& topic);
// Up to so many.
void add_partitions(const KafkaOptions& options, const std::string& topic, int partitions);
// Every setting that is not given goes back to the broker's.
void change_topic(const KafkaOptions& options, const std::string& topic, const Settings& settings);
// Those before the offset.
void delete_records(const KafkaOptions& options, Partition partition, std::int64_t offset);

}  // namespace tenantry::events::kafka
