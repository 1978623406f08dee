#include "api/exchange/event_topics.hpp"

#include <algorithm>

#include "events/kafka/options.hpp"

namespace tenantry::api {
namespace {

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

}  // namespace

EventTopics event_topics(const events::kafka::KafkaOptions& options) {
  return {.platform = topic_of(options, events::Stream::platform),
          .tenants = topic_of(options, events::Stream::tenants),
          .servers = servers_of(options.bootstrap),
          .is_encrypted = is_encrypted(options)};
}

EventTopics event_topics_by_default() {
  return event_topics(events::kafka::KafkaOptions{});
}

}  // namespace tenantry::api
