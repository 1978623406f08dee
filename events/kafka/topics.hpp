// The log's two topics, and the vault's: made if they are absent, and otherwise refused if their settings could lose or
// change events.
//
// Made with: replication min(3, brokers); min.insync.replicas 2 at replication 3, else 1; cleanup.policy delete,
// retention.ms -1, retention.bytes -1 (the log is kept for ever), message.timestamp.type CreateTime, compression.type
// producer, unclean.leader.election.enable false, max.message.bytes as the options say.
// Refused: another cleanup policy, retention or timestamp type; a smaller max.message.bytes; unclean elections;
// min.insync.replicas below 2 at replication 3 and more; another number of partitions (tenants were placed by it; it
// must never change).
// The vault's topic differs: one partition; cleanup.policy compact, so that of an entry's messages the latest stays;
// segment.ms and max.compaction.lag.ms of a day, after which what was erased leaves the brokers' files, and refused
// with more; delete.retention.ms of a day, for which tombstones can be read, and refused with less; nothing of
// retention. A node that has a copy of the log makes no topic: one that is absent was deleted. Errors are `unavailable`
// (no broker, not let in, not allowed), `rejected` (refused) or `corrupt` (deleted), and say topic, setting, what was
// found and what is wanted. Blocks up to options.start_deadline_ms, less if a login is refused; one caller.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "events/kafka/client.hpp"

namespace tenantry::events::kafka {

// The number that 0 stands for in options.tenant_partitions.
std::expected<int, LogError> count_tenant_partitions(const Client& client, const KafkaOptions& options);

enum class Absent { make, refuse };

// Returns the cluster's id.
std::expected<std::string, LogError> prepare_topics(const Client& client, const KafkaOptions& options, Absent absent);

// What the vault's topic must take: several times the largest sealed value.
inline constexpr std::size_t vault_message_bytes = 64u << 10;
// Brokers keep a tombstone of the vault at least so long.
inline constexpr std::int64_t vault_tombstones_kept_ms = 86'400'000;

std::expected<void, LogError> prepare_vault_topic(const Client& client, const KafkaOptions& options, Absent absent);

// How many partitions the brokers know; 0 if they do not know the topic.
std::expected<int, LogError> count_partitions(const Client& client, const std::string& topic, Deadline deadline);

}  // namespace tenantry::events::kafka
