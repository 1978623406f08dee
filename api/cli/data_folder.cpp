#include "api/cli/data_folder.hpp"

#include <iostream>
#include <set>

#include "events/embedded/creation.hpp"
#include "events/embedded/end_mark.hpp"
#include "storage/disk_space.hpp"

namespace tenantry::api::cli {
namespace {

events::embedded::LogPaths paths_of(const DataFolder& folder) {
  return events::embedded::LogPaths{folder.path + "/log"};
}

// Of the log that is there. A damaged mark is for opening the log to report.
std::optional<int> recorded_partitions(const DataFolder& folder) {
  auto mark = events::embedded::EndMark::open(paths_of(folder).end_mark);
  if (!mark) return std::nullopt;
  return static_cast<int>(mark->found().size()) - 1;
}

}  // namespace

void add_log_settings(CLI::App& command, DataFolder& folder) {
  add_data_setting(command, folder.path);
  add_setting(command, "log", folder.log, "where the log is: in the data folder, or in Kafka")
      ->capture_default_str()
      ->check(CLI::IsMember({"embedded", "kafka"}));
  add_kafka_settings(command, folder.kafka);
}

void add_kafka_settings(CLI::App& command, KafkaSettings& kafka) {
  add_setting(command, "kafka-brokers", kafka.brokers, "Kafka's bootstrap servers, host:port,host:port")
      ->type_name("SERVERS")
      ->check(check(wrong_in_brokers));
  add_setting(command, "kafka-prefix", kafka.prefix, "what the topics' names begin with")
      ->capture_default_str()
      ->type_name("PREFIX")
      ->check(check(wrong_in_topic_prefix));
  add_setting(command, "kafka-property", kafka.properties,
              "a property of librdkafka, security.*, sasl.* or ssl.*; may be given more than once")
      ->type_name("NAME=VALUE")
      ->check(check(wrong_in_kafka_property));
}

std::optional<std::string> contradiction_in(const DataFolder& folder) {
  if (!is_kafka(folder)) {
    if (folder.kafka.brokers.empty()) return std::nullopt;
    return "--kafka-brokers is given, but --log says that the log is embedded";
  }
  if (folder.kafka.brokers.empty()) return "--log kafka needs --kafka-brokers";
  std::set<std::string> names;
  for (const std::string& property : folder.kafka.properties) {
    std::string name = property.substr(0, property.find('='));
    if (!names.insert(name).second) return "--kafka-property gives " + name + " more than once";
  }
  return std::nullopt;
}

std::expected<bool, std::string> holds_log(const DataFolder& folder) {
  auto there = storage::is_there(paths_of(folder).records);
  if (!there) return std::unexpected("the log cannot be read: " + there.error().detail);
  return *there;
}

NodeOptions node_options(const DataFolder& folder) {
  NodeOptions options{.folder = folder.path, .resources = {}, .log = {}, .engine = {}};
  if (is_kafka(folder)) {
    events::kafka::KafkaOptions& kafka = options.kafka.emplace();
    kafka.bootstrap = folder.kafka.brokers;
    kafka.prefix = folder.kafka.prefix;
    kafka.tenant_partitions = folder.partitions.value_or(0);
    kafka.node = folder.kafka.node;
    kafka.address = folder.kafka.advertise;
    for (const std::string& property : folder.kafka.properties) {
      auto equals = property.find('=');
      kafka.properties[property.substr(0, equals)] = property.substr(equals + 1);
    }
    return options;
  }
  options.log.verify = folder.verify;
  options.log.lost_append = folder.lost_append;
  options.log.tenant_partitions = default_partitions;
  // A log that cannot be looked at cannot be opened either, which says more.
  if (holds_log(folder).value_or(false)) {
    options.log.tenant_partitions = recorded_partitions(folder).value_or(default_partitions);
  }
  if (folder.partitions) options.log.tenant_partitions = *folder.partitions;
  return options;
}

std::expected<std::unique_ptr<Node>, std::string> open_node(NodeOptions options) {
  auto node = Node::open(std::move(options));
  if (!node) return node;
  for (const std::string& note : (*node)->notes()) std::cerr << "tenantry: " << note << '\n';
  return node;
}

std::optional<std::string> missing_log(const DataFolder& folder) {
  if (auto wrong = contradiction_in(folder)) return wrong;
  if (is_kafka(folder)) return std::nullopt;
  auto holds = holds_log(folder);
  if (!holds) return holds.error();
  if (*holds) return std::nullopt;
  if (auto lost = lost_log(folder.path)) return lost;
  return "there is no log in " + folder.path + "; `tenantry serve` and `tenantry demo` make one";
}

std::optional<std::string> in_use(const DataFolder& folder) {
  // Without the file nobody has it, and asking for it would make one. Why it cannot be told is for opening it to say.
  if (!storage::is_there(folder.path + "/LOCK").value_or(false)) return std::nullopt;
  auto lock = storage::FolderLock::acquire(folder.path);
  if (lock || lock.error().kind != storage::StorageError::Kind::locked) return std::nullopt;
  return lock.error().detail;
}

}  // namespace tenantry::api::cli
