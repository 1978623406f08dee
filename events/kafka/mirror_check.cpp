#include "events/kafka/mirror_check.hpp"

#include <algorithm>

#include "events/kafka/consumed.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr int pause_ms = 200;
constexpr int ends_deadline_ms = 5'000;

bool is_as_mirrored(const LastMirrored& last, const rd_kafka_message_t& message) {
  if (message.offset != static_cast<std::int64_t>(last.position)) return false;
  MessageView view = view_of_consumed(message);
  if (last.is_owner) return is_owner_message(view) && view.value == last.bytes;
  auto record = record_of(view);
  return last.bytes == (record ? record->bytes : foreign_bytes(view, record.error()));
}

// Whether the mirror's last message is still in the topic, to be compared.
std::expected<bool, LogError> check_ends(const Client& client, const Mirror& mirror, const KafkaOptions& options,
                                         Partition partition, Deadline deadline) {
  Position consumed = mirror.mark(partition).consumed;
  Deadline patience = std::min(deadline, after_ms(ends_deadline_ms));
  for (;;) {
    auto ends = client.watermarks(topic_of(options, partition.stream), partition.number, deadline);
    if (!ends) return std::unexpected(ends.error());
    auto broken = break_at(options, partition, consumed, *ends);
    if (!broken) {
      auto last = mirror.last(partition);
      if (!last) return std::unexpected(last.error());
      return *last && (*last)->position >= static_cast<Position>(ends->low);
    }
    // A leader that has just been elected may not know the end yet.
    bool is_final = static_cast<Position>(ends->low) > consumed || left_ms(patience) == 0;
    if (is_final) return failed(LogError::Kind::corrupt, *broken);
    rd_kafka_poll(client.get(), pause_ms);
  }
}

// True if it is what was mirrored, false if the message says nothing of it.
std::expected<bool, LogError> compare(const Client& client, const KafkaOptions& options, Partition partition,
                                      const LastMirrored& last, const rd_kafka_message_t& message) {
  bool is_absent =
      message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF || message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET;
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR && !is_absent) {
    if (is_unreached(message.err)) return false;
    return std::unexpected(client.explain("reading " + place_of(options, partition), message.err));
  }
  if (!is_absent && is_as_mirrored(last, message)) return true;
  return failed(LogError::Kind::corrupt, "the log was replaced: " + place_of(options, partition) +
                                             " has something else at offset " + std::to_string(last.position) +
                                             " than was read from there");
}

std::expected<void, LogError> check_last(const Client& client, const KafkaOptions& options,
                                         std::map<Partition, LastMirrored> expected, Deadline deadline) {
  std::map<Partition, Position> from;
  for (const auto& [partition, last] : expected) from[partition] = last.position;
  if (auto assigned = assign(client, options, from); !assigned) return assigned;
  while (!expected.empty()) {
    MessagePointer message(rd_kafka_consumer_poll(client.get(), std::min(100, left_ms(deadline))));
    if (!message && left_ms(deadline) == 0) {
      return std::unexpected(client.explain("comparing the mirror with the log", RD_KAFKA_RESP_ERR__TIMED_OUT));
    }
    auto partition = message ? partition_of(options, *message) : std::nullopt;
    auto found = partition ? expected.find(*partition) : expected.end();
    if (found == expected.end()) continue;
    auto compared = compare(client, options, *partition, found->second, *message);
    if (!compared) return std::unexpected(compared.error());
    if (*compared) expected.erase(found);
  }
  return {};
}

}  // namespace

std::optional<std::string> break_at(const KafkaOptions& options, Partition partition, Position consumed,
                                    const Watermarks& ends) {
  std::string where = place_of(options, partition);
  if (static_cast<Position>(ends.low) > consumed) {
    return where + " begins at offset " + std::to_string(ends.low) + " but only what is before " +
           std::to_string(consumed) +
           " was read: records were deleted. Stop this node and replace its data folder by a copy of a stopped node's "
           "that has read them";
  }
  if (static_cast<Position>(ends.high) < consumed) {
    return "the log was replaced: " + where + " ends at offset " + std::to_string(ends.high) + " but was read up to " +
           std::to_string(consumed);
  }
  return std::nullopt;
}

std::expected<void, LogError> check_mirror(const Client& client, const Mirror& mirror, const KafkaOptions& options) {
  Deadline deadline = after_ms(options.start_deadline_ms);
  std::map<Partition, LastMirrored> expected;
  for (Partition partition : mirror.partitions()) {
    auto is_there = check_ends(client, mirror, options, partition, deadline);
    if (!is_there) return std::unexpected(is_there.error());
    auto last = mirror.last(partition);
    if (!last) return std::unexpected(last.error());
    if (*last && *is_there) expected.emplace(partition, **last);
  }
  if (expected.empty()) return {};
  return check_last(client, options, std::move(expected), deadline);
}

}  // namespace tenantry::events::kafka
