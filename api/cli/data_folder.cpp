#include "api/cli/data_folder.hpp"

#include <filesystem>

#include "events/embedded/creation.hpp"
#include "events/embedded/end_mark.hpp"

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
      ->type_name("SERVERS");
  add_setting(command, "kafka-prefix", kafka.prefix, "what the topics' names begin with")->capture_default_str();
  add_setting(command, "kafka-property", kafka.properties,
              "a property of librdkafka, security.*, sasl.* or ssl.*; may be given more than once")
      ->type_name("NAME=VALUE");
}

std::optional<std::string> contradiction_in(const DataFolder& folder) {
  if (!is_kafka(folder)) {
    if (folder.kafka.brokers.empty()) return std::nullopt;
    return "--kafka-brokers is given, but --log says that the log is embedded";
  }
  if (folder.kafka.brokers.empty()) return "--log kafka needs --kafka-brokers";
  for (const std::string& property : folder.kafka.properties) {
    if (property.find('=') == std::string::npos) return "--kafka-property " + property + " is not NAME=VALUE";
  }
  return std::nullopt;
}

bool holds_log(const DataFolder& folder) {
  std::error_code ignored;  // what cannot be looked at cannot be opened either, which says more
  return std::filesystem::exists(paths_of(folder).records, ignored);
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
  options.log.tenant_partitions = default_partitions;
  if (holds_log(folder)) options.log.tenant_partitions = recorded_partitions(folder).value_or(default_partitions);
  if (folder.partitions) options.log.tenant_partitions = *folder.partitions;
  return options;
}

std::optional<std::string> missing_log(const DataFolder& folder) {
  if (auto wrong = contradiction_in(folder)) return wrong;
  if (is_kafka(folder)) return std::nullopt;
  if (holds_log(folder)) return std::nullopt;
  return "there is no log in " + folder.path + "; `tenantry serve` and `tenantry demo` make one";
}

std::optional<std::string> in_use(const DataFolder& folder) {
  std::error_code ignored;
  if (!std::filesystem::exists(folder.path, ignored)) return std::nullopt;
  auto lock = storage::FolderLock::acquire(folder.path);
  if (lock || lock.error().kind != storage::StorageError::Kind::locked) return std::nullopt;
  return lock.error().detail;
}

}  // namespace tenantry::api::cli
