#include "events/kafka/backend.hpp"

#include <algorithm>
#include <stdexcept>

#include "events/kafka/client.hpp"
#include "events/kafka/kafka_log.hpp"
#include "events/kafka/message.hpp"
#include "events/kafka/owner_record.hpp"
#include "storage/disk_space.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr std::string_view folder = "mirror";
constexpr int default_partitions = 16;
// For each partition's producer: sockets of three brokers, and what wakes their threads.
constexpr std::size_t descriptors = 16;

std::string folder_in(const std::string& data_folder) {
  return data_folder + '/' + std::string{folder};
}

std::expected<bool, std::string> holds_copy_in(const std::string& data_folder) {
  auto there = storage::is_there(folder_in(data_folder));
  if (!there) return std::unexpected(there.error().detail);
  return *there;
}

// How many there are the brokers know.
int expected_partitions(const std::string&, const LogOptions& options) {
  return std::max(options.tenant_partitions, default_partitions);
}

std::expected<OpenedLog, LogError> open(const std::string& data_folder, storage::Resources& resources,
                                        const LogOptions& options, const SharedLogCallbacks& callbacks) {
  auto own = kafka_options(options);
  if (!own) return std::unexpected(own.error());
  auto log = KafkaLog::open(folder_in(data_folder), resources, *own, callbacks);
  if (!log) return std::unexpected(log.error());
  KafkaLog* shared = log->get();
  OpenedLog opened{.log = std::move(*log), .shared = shared};
  opened.open_vault = [shared](RootKeys keys, const VaultOptions& vault) {
    return shared->open_vault(std::move(keys), vault);
  };
  return opened;
}

// "host:port" of "PLAINTEXT://host:port" and the like, without a user that stands before it.
std::string server_of(std::string_view text) {
  if (auto scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  if (auto user = text.rfind('@'); user != std::string_view::npos) text.remove_prefix(user + 1);
  return std::string{text};
}

std::vector<std::string> servers_of(std::string_view bootstrap) {
  std::vector<std::string> servers;
  while (!bootstrap.empty()) {
    std::string_view one = bootstrap.substr(0, bootstrap.find(','));
    bootstrap.remove_prefix(std::min(one.size() + 1, bootstrap.size()));
    if (!one.empty()) servers.push_back(server_of(one));
  }
  return servers;
}

bool is_encrypted(const events::kafka::KafkaOptions& options) {
  auto protocol = options.properties.find("security.protocol");
  if (protocol == options.properties.end()) return false;
  return protocol->second.find("SSL") != std::string::npos || protocol->second.find("ssl") != std::string::npos;
}

EventTopics topics(const LogOptions& options) {
  auto own = kafka_options(options);
  if (!own) throw std::invalid_argument(own.error().detail);
  return {.platform = topic_of(*own, Stream::platform),
          .tenants = topic_of(*own, Stream::tenants),
          .servers = servers_of(own->bootstrap),
          .is_encrypted = is_encrypted(*own),
          .owner_header = owner_header,
          .note_header = note_header};
}

}  // namespace

Backend backend() {
  return {.name = "kafka",
          .kind = "a Kafka log",
          .folder = folder,
          .found = "belongs to a node with a Kafka log",
          .is_shared = true,
          .tenant_partitions = default_partitions,
          .descriptors = descriptors,
          .holds_log = holds_copy_in,
          .expected_partitions = expected_partitions,
          .open = open,
          .topics = topics};
}

std::expected<KafkaOptions, LogError> kafka_options(const LogOptions& options) {
  KafkaOptions own;
  own.tenant_partitions = options.tenant_partitions;
  own.node = options.node;
  own.address = options.address;
  for (const auto& [name, value] : options.own) {
    auto equals = value.find('=');
    if (name == "brokers") {
      own.bootstrap = value;
    } else if (name == "prefix") {
      own.prefix = value;
    } else if (name == "property" && equals != std::string::npos) {
      own.properties[value.substr(0, equals)] = value.substr(equals + 1);
    } else {
      return failed(LogError::Kind::rejected, "a Kafka log has no option " + name + " of this kind");
    }
  }
  return own;
}

}  // namespace tenantry::events::kafka
