// The data folder of a command that opens it itself, and the log that goes with it: the embedded one in the folder, or
// Kafka's. Finding the log that is there, and saying what is in the way.
//
// A log's number of partitions is fixed when it is made; node_options() takes it from the log that is there unless the
// caller insists on a number, so that only creation needs it. Errors are sentences for a person. Any thread.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/cli/setting.hpp"
#include "api/node/node.hpp"

namespace tenantry::api::cli {

// Kafka's, as the command line names it.
struct KafkaSettings {
  std::string brokers;
  std::string prefix = "tenantry";
  std::vector<std::string> properties;  // "security.protocol=SASL_SSL"
  std::string node;
  std::string advertise;
};

struct DataFolder {
  std::string path = "data";
  std::string log = "embedded";
  KafkaSettings kafka{};
  std::optional<int> partitions{};
  events::embedded::Verify verify = events::embedded::Verify::tail;
  events::embedded::LostAppend lost_append = events::embedded::LostAppend::refused;
};

inline constexpr int default_partitions = 4;

// --data, --log and what belongs to a Kafka log.
void add_log_settings(CLI::App& command, DataFolder& folder);
void add_kafka_settings(CLI::App& command, KafkaSettings& kafka);
// What is wrong with the settings, if anything.
std::optional<std::string> contradiction_in(const DataFolder& folder);
inline bool is_kafka(const DataFolder& folder) {
  return folder.log == "kafka";
}

// An error if it cannot be told: a folder that may not be looked into, or that is no folder.
std::expected<bool, std::string> holds_log(const DataFolder& folder);
NodeOptions node_options(const DataFolder& folder);
// Node::open() for a command: what had to be recovered or made anew is said on standard error.
std::expected<std::unique_ptr<Node>, std::string> open_node(NodeOptions options);
// The error of a command that only works on a log that is there; nothing if it is.
std::optional<std::string> missing_log(const DataFolder& folder);
// If another process has the folder: who, in a sentence. Makes nothing.
std::optional<std::string> in_use(const DataFolder& folder);

}  // namespace tenantry::api::cli
