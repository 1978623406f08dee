// Holds the mirror against the topics, before it is read on.
//
// check_mirror() fails with `corrupt` if the log was replaced (a topic ends before the mirror does, or has something
// else where the mirror's last message came from) or has lost what was not mirrored yet, and with `unavailable` if it
// cannot tell: brokers not reached, reading not allowed. It uses the client's assignment, which it leaves behind.
// Blocks up to options.start_deadline_ms; one caller, with the mirror at rest.
#pragma once

#include <expected>
#include <string>

#include "events/kafka/client.hpp"
#include "events/kafka/mirror.hpp"

namespace tenantry::events::kafka {

std::expected<void, LogError> check_mirror(const Client& client, const Mirror& mirror, const KafkaOptions& options);

// Why a partition cannot be read on from `consumed`, if the ends of it explain that: its first offset is beyond, or its
// end is before.
std::optional<std::string> break_at(const KafkaOptions& options, Partition partition, Position consumed,
                                    const Watermarks& ends);

}  // namespace tenantry::events::kafka
