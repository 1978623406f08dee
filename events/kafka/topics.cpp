#include "events/kafka/topics.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tenantry::events::kafka {
namespace {

using EventPointer = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using AdminOptionsPointer = std::unique_ptr<rd_kafka_AdminOptions_t, Destroy<rd_kafka_AdminOptions_destroy>>;
using NewTopicPointer = std::unique_ptr<rd_kafka_NewTopic_t, Destroy<rd_kafka_NewTopic_destroy>>;
using MetadataPointer = std::unique_ptr<const rd_kafka_metadata_t, Destroy<rd_kafka_metadata_destroy>>;
using ResourcePointer = std::unique_ptr<rd_kafka_ConfigResource_t, Destroy<rd_kafka_ConfigResource_destroy>>;

constexpr int first_patience_ms = 500;
constexpr int poll_ms = 20;
constexpr std::int64_t day_ms = 86'400'000;

struct Shape {
  int partitions = 0;
  int replicas = 0;  // of the partition that has the fewest
  int brokers = 0;
};

int replicas_wanted(int brokers) {
  return std::clamp(brokers, 1, 3);
}
int in_sync_wanted(int replicas) {
  return replicas >= 3 ? 2 : 1;
}

std::unexpected<LogError> refused(const std::string& topic, const std::string& setting, const std::string& found,
                                  const std::string& wanted) {
  return failed(LogError::Kind::rejected,
                "topic " + topic + ": " + setting + " is " + found + " and must be " + wanted);
}

AdminOptionsPointer admin_options(const Client& client, rd_kafka_admin_op_t operation, Deadline deadline) {
  AdminOptionsPointer options(rd_kafka_AdminOptions_new(client.get(), operation));
  std::array<char, 256> text{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), std::max(1, left_ms(deadline)), text.data(), text.size());
  return options;
}

// Asks again while brokers are not reached, each time for twice as long: that a login is refused is learnt between the
// questions. `topic`: null for the brokers alone.
std::expected<MetadataPointer, LogError> metadata_of(const Client& client, rd_kafka_topic_t* topic,
                                                     const std::string& doing, Deadline deadline) {
  for (int patience_ms = first_patience_ms;; patience_ms *= 2) {
    const rd_kafka_metadata_t* metadata = nullptr;
    int wait_ms = std::max(1, std::min(patience_ms, left_ms(deadline)));
    auto code = rd_kafka_metadata(client.get(), 0, topic, &metadata, wait_ms);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return MetadataPointer(metadata);
    rd_kafka_poll(client.get(), std::min(poll_ms, left_ms(deadline)));
    if (!is_unreached(code) || client.is_refused() || left_ms(deadline) == 0) {
      return std::unexpected(client.explain(doing, code));
    }
  }
}

// The topic as brokers describe it; nothing if it does not exist.
std::expected<std::optional<Shape>, LogError> shape_of(const Client& client, const std::string& topic,
                                                       Deadline deadline) {
  std::string doing = "describing topic " + topic;
  TopicPointer handle(rd_kafka_topic_new(client.get(), topic.c_str(), nullptr));
  auto metadata = metadata_of(client, handle.get(), doing, deadline);
  if (!metadata) return std::unexpected(metadata.error());
  if ((*metadata)->topic_cnt != 1) return std::nullopt;
  const auto& found = (*metadata)->topics[0];
  if (found.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return std::nullopt;
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(client.explain(doing, found.err));
  Shape shape{.partitions = found.partition_cnt, .brokers = (*metadata)->broker_cnt};
  for (int index = 0; index < found.partition_cnt; ++index) {
    int replicas = found.partitions[index].replica_cnt;
    shape.replicas = index == 0 ? replicas : std::min(shape.replicas, replicas);
  }
  return shape;
}

std::expected<int, LogError> count_brokers(const Client& client, Deadline deadline) {
  auto metadata = metadata_of(client, nullptr, "looking for brokers", deadline);
  if (!metadata) return std::unexpected(metadata.error());
  return (*metadata)->broker_cnt;
}

// A topic as it is to be: what it is made with, and must be found with.
struct Wanted {
  std::string topic;
  int partitions = 1;
  std::int64_t message_bytes = 0;
  std::vector<std::pair<const char*, const char*>> exact;
  std::vector<std::pair<const char*, std::int64_t>> at_most = {};
  std::vector<std::pair<const char*, std::int64_t>> at_least = {};
};

Wanted wanted_log(const KafkaOptions& options, Stream stream, int partitions) {
  return {.topic = topic_of(options, stream),
          .partitions = partitions,
          .message_bytes = static_cast<std::int64_t>(options.message_bytes_max),
          .exact = {{"cleanup.policy", "delete"},
                    {"retention.ms", "-1"},
                    {"retention.bytes", "-1"},
                    {"message.timestamp.type", "CreateTime"},
                    {"unclean.leader.election.enable", "false"}}};
}

Wanted wanted_vault(const KafkaOptions& options) {
  return {.topic = vault_topic_of(options),
          .partitions = 1,
          .message_bytes = static_cast<std::int64_t>(vault_message_bytes),
          .exact = {{"cleanup.policy", "compact"}, {"unclean.leader.election.enable", "false"}},
          .at_most = {{"segment.ms", day_ms}, {"max.compaction.lag.ms", day_ms}},
          .at_least = {{"delete.retention.ms", vault_tombstones_kept_ms}}};
}

NewTopicPointer new_topic(const Wanted& wanted, int brokers) {
  int replicas = replicas_wanted(brokers);
  std::array<char, 256> text{};
  NewTopicPointer made(
      rd_kafka_NewTopic_new(wanted.topic.c_str(), wanted.partitions, replicas, text.data(), text.size()));
  if (!made) return made;
  std::map<std::string, std::string> settings{{"compression.type", "producer"},
                                              {"min.insync.replicas", std::to_string(in_sync_wanted(replicas))},
                                              {"max.message.bytes", std::to_string(wanted.message_bytes)}};
  for (const auto& [name, value] : wanted.exact) settings[name] = value;
  for (const auto& [name, value] : wanted.at_most) settings[name] = std::to_string(value);
  for (const auto& [name, value] : wanted.at_least) settings[name] = std::to_string(value);
  for (const auto& [name, value] : settings) rd_kafka_NewTopic_set_config(made.get(), name.c_str(), value.c_str());
  return made;
}

std::expected<void, LogError> create(const Client& client, const Wanted& wanted, Deadline deadline) {
  const std::string& topic = wanted.topic;
  auto brokers = count_brokers(client, deadline);
  if (!brokers) return std::unexpected(brokers.error());
  auto made = new_topic(wanted, *brokers);
  if (!made) return failed(LogError::Kind::rejected, "topic " + topic + " cannot be made: bad name or partition count");
  QueuePointer queue(rd_kafka_queue_new(client.get()));
  auto how = admin_options(client, RD_KAFKA_ADMIN_OP_CREATETOPICS, deadline);
  rd_kafka_NewTopic_t* topics[] = {made.get()};
  rd_kafka_CreateTopics(client.get(), topics, 1, how.get(), queue.get());
  EventPointer event(rd_kafka_queue_poll(queue.get(), left_ms(deadline) + 1000));
  std::string doing = "making topic " + topic;
  if (!event) return std::unexpected(client.explain(doing, RD_KAFKA_RESP_ERR__TIMED_OUT));
  if (auto code = rd_kafka_event_error(event.get())) return std::unexpected(client.explain(doing, code));
  std::size_t count = 0;
  const auto** results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  auto code = count == 1 ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR_UNKNOWN;
  // Another node may have been quicker: what it made is checked.
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) return {};
  return std::unexpected(client.explain(doing, code));
}

using Settings = std::map<std::string, std::string>;

// Nothing if the broker asked has not heard of the topic yet.
std::expected<std::optional<Settings>, LogError> settings_of(const Client& client, const std::string& topic,
                                                             Deadline deadline) {
  ResourcePointer resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  QueuePointer queue(rd_kafka_queue_new(client.get()));
  auto how = admin_options(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, deadline);
  rd_kafka_ConfigResource_t* resources[] = {resource.get()};
  rd_kafka_DescribeConfigs(client.get(), resources, 1, how.get(), queue.get());
  EventPointer event(rd_kafka_queue_poll(queue.get(), left_ms(deadline) + 1000));
  std::string doing = "reading the settings of topic " + topic;
  if (!event) return std::unexpected(client.explain(doing, RD_KAFKA_RESP_ERR__TIMED_OUT));
  if (auto code = rd_kafka_event_error(event.get())) return std::unexpected(client.explain(doing, code));
  std::size_t count = 0;
  const auto** found =
      rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
  if (count != 1) return std::unexpected(client.explain(doing, RD_KAFKA_RESP_ERR_UNKNOWN));
  auto code = rd_kafka_ConfigResource_error(found[0]);
  if (code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return std::nullopt;
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(client.explain(doing, code));
  Settings settings;
  const auto** entries = rd_kafka_ConfigResource_configs(found[0], &count);
  for (std::size_t index = 0; index < count; ++index) {
    const char* value = rd_kafka_ConfigEntry_value(entries[index]);
    settings[rd_kafka_ConfigEntry_name(entries[index])] = value == nullptr ? "" : value;
  }
  return settings;
}

std::int64_t number(const std::string& text) {
  return text.empty() || text.find_first_not_of("-0123456789") != std::string::npos ? -1 : std::stoll(text);
}

std::expected<void, LogError> check(const Wanted& wanted, const Shape& shape, Settings& settings) {
  const std::string& topic = wanted.topic;
  if (shape.partitions != wanted.partitions) {
    return refused(topic, "the number of partitions", std::to_string(shape.partitions),
                   std::to_string(wanted.partitions));
  }
  for (const auto& [name, value] : wanted.exact) {
    if (settings[name] != value) return refused(topic, name, settings[name], value);
  }
  for (const auto& [name, value] : wanted.at_most) {
    auto found = number(settings[name]);
    if (found < 0 || found > value) return refused(topic, name, settings[name], "at most " + std::to_string(value));
  }
  for (const auto& [name, value] : wanted.at_least) {
    if (number(settings[name]) < value) {
      return refused(topic, name, settings[name], "at least " + std::to_string(value));
    }
  }
  int in_sync = in_sync_wanted(shape.replicas);
  if (number(settings["min.insync.replicas"]) < in_sync) {
    return refused(topic, "min.insync.replicas", settings["min.insync.replicas"],
                   "at least " + std::to_string(in_sync) + " at replication " + std::to_string(shape.replicas));
  }
  if (number(settings["max.message.bytes"]) < wanted.message_bytes) {
    return refused(topic, "max.message.bytes", settings["max.message.bytes"],
                   "at least " + std::to_string(wanted.message_bytes));
  }
  return {};
}

std::expected<void, LogError> prepare(const Client& client, const Wanted& wanted, Absent absent, Deadline deadline) {
  const std::string& topic = wanted.topic;
  auto shape = shape_of(client, topic, deadline);
  if (shape && !*shape && absent == Absent::refuse) {
    return failed(LogError::Kind::corrupt, "the log was replaced: topic " + topic +
                                               " is not there, and the copy in this folder was made from it");
  }
  if (shape && !*shape) {
    auto created = create(client, wanted, deadline);
    if (!created) return created;
    // Brokers learn of a new topic, and of its partitions' leaders, one after another.
    for (shape = shape_of(client, topic, deadline); left_ms(deadline) > 0 && (!shape || !*shape);) {
      rd_kafka_poll(client.get(), 50);
      shape = shape_of(client, topic, deadline);
    }
  }
  if (!shape) return std::unexpected(shape.error());
  if (!*shape) return failed(LogError::Kind::unavailable, "topic " + topic + " was made but is not there");
  auto settings = settings_of(client, topic, deadline);
  while (settings && !*settings && left_ms(deadline) > 0) {
    rd_kafka_poll(client.get(), 50);
    settings = settings_of(client, topic, deadline);
  }
  if (!settings) return std::unexpected(settings.error());
  if (!*settings) return failed(LogError::Kind::unavailable, "the brokers do not tell the settings of topic " + topic);
  return check(wanted, **shape, **settings);
}

}  // namespace

std::expected<int, LogError> count_tenant_partitions(const Client& client, const KafkaOptions& options) {
  constexpr int partitions_of_a_new_log = 16;
  auto shape = shape_of(client, topic_of(options, Stream::tenants), after_ms(options.start_deadline_ms));
  if (!shape) return std::unexpected(shape.error());
  return *shape ? (*shape)->partitions : partitions_of_a_new_log;
}

std::expected<std::string, LogError> prepare_topics(const Client& client, const KafkaOptions& options, Absent absent) {
  Deadline deadline = after_ms(options.start_deadline_ms);
  if (options.tenant_partitions < 1 || options.tenant_partitions > 1024) {
    return failed(LogError::Kind::rejected, "a log has 1 to 1,024 tenant partitions");
  }
  auto platform = prepare(client, wanted_log(options, Stream::platform, 1), absent, deadline);
  if (!platform) return std::unexpected(platform.error());
  auto tenants = prepare(client, wanted_log(options, Stream::tenants, options.tenant_partitions), absent, deadline);
  if (!tenants) return std::unexpected(tenants.error());
  char* cluster = rd_kafka_clusterid(client.get(), std::max(1, left_ms(deadline)));
  if (cluster == nullptr) {
    return std::unexpected(client.explain("asking for the cluster's id", RD_KAFKA_RESP_ERR__TIMED_OUT));
  }
  std::string id = cluster;
  rd_kafka_mem_free(client.get(), cluster);
  return id;
}

std::expected<void, LogError> prepare_vault_topic(const Client& client, const KafkaOptions& options, Absent absent) {
  return prepare(client, wanted_vault(options), absent, after_ms(options.start_deadline_ms));
}

std::expected<int, LogError> count_partitions(const Client& client, const std::string& topic, Deadline deadline) {
  auto shape = shape_of(client, topic, deadline);
  if (!shape) return std::unexpected(shape.error());
  return *shape ? (*shape)->partitions : 0;
}

}  // namespace tenantry::events::kafka
