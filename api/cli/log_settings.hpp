// Where the log is, as the command line says it: the only code above events/ that knows which backends there are and
// what each can be told. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/cli/command.hpp"
#include "events/backend.hpp"

namespace tenantry::api::cli {

struct LogSettings {
  std::string backend = events::LogOptions{}.backend;
  // Of a log in Kafka.
  std::string brokers;
  std::string prefix = "tenantry";
  std::vector<std::string> properties;  // "security.protocol=SASL_SSL"
  // Of a node that shares its log.
  std::string node;
  std::string advertise;
};

// --log and what belongs to it.
void add_log_settings(Command& command, LogSettings& log);
// Without --log.
void add_kafka_settings(Command& command, LogSettings& log);
std::vector<std::string> backend_names();
// The number of partitions that a log is made with, as help says it: "4, in Kafka 16".
std::string default_partitions();

// What is wrong with the settings, if anything.
std::optional<std::string> contradiction_in(const LogSettings& log);
inline const events::Backend& backend_of(const LogSettings& log) {
  return events::backend_named(log.backend);
}
events::LogOptions log_options(const LogSettings& log);

// For a copy from one log to another: the settings name Kafka's side, whichever it is, and `to` is the target's
// backend. What is wrong with them, if anything.
std::optional<std::string> contradiction_in_copy(const LogSettings& log);
LogSettings source_of_copy(const LogSettings& log, const std::string& to);
LogSettings target_of_copy(const LogSettings& log, const std::string& to);

}  // namespace tenantry::api::cli
