// What a topic holds, read with librdkafka as any consumer would: committed messages from the first to the last.
//
// Each partition's in order; blocks until the ends that are there at the call. Throws std::runtime_error with the
// library's reason if the topic cannot be read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "events/kafka/message.hpp"

namespace tenantry::test {

struct Consumed {
  int partition;
  std::int64_t offset;
  events::kafka::Message message;
};

std::vector<Consumed> read_topic(const std::string& bootstrap, const std::string& topic);

}  // namespace tenantry::test
