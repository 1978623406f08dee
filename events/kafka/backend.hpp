// The Kafka log's entry among the backends (events/backend.hpp), and what it reads from a program's options.
#pragma once

#include "events/backend.hpp"
#include "events/kafka/options.hpp"

namespace tenantry::events::kafka {

// Own options: "brokers" (host:port,host:port), "prefix" of the topics' names, and any number of "property",
// NAME=VALUE.
Backend backend();

// The error names the option that is none.
std::expected<KafkaOptions, LogError> kafka_options(const LogOptions& options);

}  // namespace tenantry::events::kafka
