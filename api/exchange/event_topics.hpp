// The topics that events are on, as far as their consumers are told of them. Pure functions.
#pragma once

#include <string>
#include <vector>

namespace tenantry::events::kafka {
struct KafkaOptions;
}

namespace tenantry::api {

struct EventTopics {
  std::string platform;
  std::string tenants;
  std::vector<std::string> servers = {};  // "host:port", of which each knows the others; none: the log is embedded
  bool is_encrypted = false;
};

// What may be told of the options: no credentials.
EventTopics event_topics(const events::kafka::KafkaOptions& options);
// Of an embedded log: the names that topics have by default.
EventTopics event_topics_by_default();

}  // namespace tenantry::api
