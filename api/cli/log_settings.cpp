#include "api/cli/log_settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "api/cli/checks.hpp"
#include "api/client/host_name.hpp"

namespace tenantry::api::cli {
namespace {

constexpr const char* embedded = "embedded";
constexpr const char* kafka = "kafka";
// Kafka's limit for a topic's name is 249.
constexpr std::size_t topic_prefix_bytes_max = 249 - std::string_view{".platform"}.size();

bool is_port(std::string_view text) {
  std::uint16_t port = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port != 0;
}

// "host" or "host:port"; the colons of an address in brackets are its own.
bool is_broker(std::string_view text) {
  auto bracket = text.rfind(']');
  auto colon = text.rfind(':');
  if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket)) {
    return client::is_host(text);
  }
  return client::is_host(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

std::string wrong_in_brokers(const std::string& value) {
  std::string_view rest = value;
  for (;;) {
    auto comma = rest.find(',');
    if (!is_broker(rest.substr(0, comma))) {
      return in_quotes(value) + " is not a list of brokers, host:port,host:port";
    }
    if (comma == std::string_view::npos) return {};
    rest.remove_prefix(comma + 1);
  }
}

std::string wrong_in_topic_prefix(const std::string& value) {
  if (!value.empty() && value.size() <= topic_prefix_bytes_max && is_made_of(value, "._-")) return {};
  return in_quotes(value) + " cannot begin a topic's name (letters, digits, '.', '_' and '-', at most " +
         std::to_string(topic_prefix_bytes_max) + ")";
}

std::string wrong_in_kafka_property(const std::string& value) {
  constexpr std::array<std::string_view, 3> kinds = {"security.", "sasl.", "ssl."};
  auto equals = value.find('=');
  if (equals == std::string::npos) return "it is not NAME=VALUE";  // the value may be a secret
  std::string name = value.substr(0, equals);
  if (std::ranges::any_of(kinds, [&](auto kind) { return name.starts_with(kind); })) return {};
  return in_quotes(name) + " cannot be set: only security.*, sasl.* and ssl.* can";
}

}  // namespace

std::vector<std::string> backend_names() {
  std::vector<std::string> names;
  for (const events::Backend& each : events::backends()) names.emplace_back(each.name);
  return names;
}

void add_log_settings(Command& command, LogSettings& log) {
  command.takes({.name = "log",
                 .value = &log.backend,
                 .about = "where the log is: in the data folder, or in Kafka",
                 .shows_default = true,
                 .one_of = backend_names()});
  add_kafka_settings(command, log);
}

void add_kafka_settings(Command& command, LogSettings& log) {
  command.takes({.name = "kafka-brokers",
                 .value = &log.brokers,
                 .about = "Kafka's bootstrap servers, host:port,host:port",
                 .kind = "SERVERS",
                 .wrong_in = wrong_in_brokers});
  command.takes({.name = "kafka-prefix",
                 .value = &log.prefix,
                 .about = "what the topics' names begin with",
                 .kind = "PREFIX",
                 .shows_default = true,
                 .wrong_in = wrong_in_topic_prefix});
  command.takes({.name = "kafka-property",
                 .value = &log.properties,
                 .about = "a property of librdkafka, security.*, sasl.* or ssl.*; may be given more than once",
                 .kind = "NAME=VALUE",
                 .wrong_in = wrong_in_kafka_property});
}

std::string default_partitions() {
  return std::to_string(events::backend_named(embedded).tenant_partitions) + ", in Kafka " +
         std::to_string(events::backend_named(kafka).tenant_partitions);
}

std::optional<std::string> contradiction_in(const LogSettings& log) {
  if (log.backend != kafka) {
    if (log.brokers.empty()) return std::nullopt;
    return "--kafka-brokers is given, but --log says that the log is embedded";
  }
  if (log.brokers.empty()) return "--log kafka needs --kafka-brokers";
  std::set<std::string> names;
  for (const std::string& property : log.properties) {
    std::string name = property.substr(0, property.find('='));
    if (!names.insert(name).second) return "--kafka-property gives " + name + " more than once";
  }
  return std::nullopt;
}

events::LogOptions log_options(const LogSettings& log) {
  events::LogOptions options{.backend = log.backend};
  if (log.backend != kafka) return options;
  options.node = log.node;
  options.address = log.advertise;
  options.own = {{"brokers", log.brokers}, {"prefix", log.prefix}};
  for (const std::string& property : log.properties) options.own.emplace("property", property);
  return options;
}

std::optional<std::string> contradiction_in_copy(const LogSettings& log) {
  if (log.brokers.empty()) return "--kafka-brokers is missing";
  LogSettings side = log;
  side.backend = kafka;
  return contradiction_in(side);
}

LogSettings source_of_copy(const LogSettings& log, const std::string& to) {
  if (to == kafka) return {.backend = embedded};
  LogSettings source = log;
  source.backend = kafka;
  return source;
}

LogSettings target_of_copy(const LogSettings& log, const std::string& to) {
  LogSettings target = log;
  target.backend = to;
  target.node = "copy";
  target.advertise = "none";
  return target;
}

}  // namespace tenantry::api::cli
