// The appending half of KafkaLog.
#include <algorithm>
#include <thread>

#include "events/kafka/kafka_log_internal.hpp"

namespace tenantry::events::kafka {
namespace {

// While it lives the consumer leaves the partition's messages to the appender.
class Appending {
 public:
  explicit Appending(PartitionState& state) : state_(state) { state_.is_appending = true; }
  ~Appending() { end(); }
  void end() { state_.is_appending = false; }

 private:
  PartitionState& state_;
};

bool are_consecutive(const std::vector<Position>& offsets) {
  return std::ranges::adjacent_find(offsets, [](Position a, Position b) { return b != a + 1; }) == offsets.end();
}

}  // namespace

std::expected<Appended, LogError> KafkaLog::append(Partition partition, const std::vector<std::string>& records) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return failed(LogError::Kind::rejected, "no partition " + partition.name());
  MutexLock lock(state->appending);
  std::uint64_t epoch = state->epoch;
  if (auto fault = internal_->fault_of(partition)) return std::unexpected(*fault);
  if (state->doubtful_epoch != 0) {
    return failed(LogError::Kind::unavailable, "partition " + partition.name() + " must be resolved first");
  }
  if (epoch == 0 || !state->producer) return std::unexpected(internal_->not_owner(*state));
  if (internal_->mirror->mark(partition).end > state->known_end) return std::unexpected(internal_->intruded(*state));
  if (records.empty()) {
    Position end = internal_->mirror->mark(partition).end;
    return Appended{end, end};
  }
  auto messages = internal_->encode(*state, epoch, records);
  if (!messages) return std::unexpected(messages.error());
  return internal_->send(*state, epoch, records, *messages);
}

std::expected<std::vector<Message>, LogError> KafkaLog::Internal::encode(
    const PartitionState& state, std::uint64_t epoch, const std::vector<std::string>& records) const {
  std::vector<Message> messages;
  messages.reserve(records.size());
  std::size_t bytes = 0;
  for (const auto& record : records) {
    auto encoded = message_of(record);
    if (!encoded) {
      return failed(LogError::Kind::rejected, "a record's " + encoded.error().field + " " + encoded.error().detail);
    }
    if (state.taking == Taking::serve && encoded->owner_epoch != epoch) {
      return failed(LogError::Kind::rejected,
                    "a record was decided under epoch " + std::to_string(encoded->owner_epoch) + " of partition " +
                        state.partition.name() + ", which is now at " + std::to_string(epoch));
    }
    bytes += record.size();
    messages.push_back(std::move(encoded->message));
  }
  if (bytes > options.append_bytes_max) {
    return failed(LogError::Kind::rejected, "an append of " + std::to_string(bytes) + " bytes is too large");
  }
  return messages;
}

std::expected<Appended, LogError> KafkaLog::Internal::send(PartitionState& state, std::uint64_t epoch,
                                                           const std::vector<std::string>& records,
                                                           const std::vector<Message>& messages) {
  Deadline deadline = after_ms(options.append_deadline_ms);
  Appending appending(state);
  std::this_thread::sleep_until(state.next_transaction);
  auto sent = state.producer->send(messages, deadline);
  state.next_transaction = after_ms(options.commit_pause_ms);
  if (!sent) {
    appending.end();
    return std::unexpected(failure_of(state, epoch, sent.error()));
  }
  ++counters.transactions;
  Appended appended{sent->front(), sent->back() + 1};
  // Something that is not this node's is between: the records are there, but not where a caller would count them.
  if (!are_consecutive(*sent)) return std::unexpected(doubt(state, epoch, "another writer wrote between the records"));
  Position position = mirror->mark(state.partition).position;
  if (position > appended.first) {
    return std::unexpected(doubt(state, epoch,
                                 "it went to offset " + std::to_string(appended.first) +
                                     " of a topic that was read up to " + std::to_string(position) +
                                     ": the log was replaced"));
  }
  bool is_next = appended.first == state.after_marker || position == appended.first;
  state.after_marker = appended.next + 1;
  if (!is_next) appending.end();
  if (auto kept = keep_or_read_back(state, epoch, appended, records, is_next); !kept) {
    return std::unexpected(doubt(state, epoch, kept.error().detail));
  }
  state.known_end = appended.next;
  return appended;
}

// What came before the records must be read first, and is: by the consumer, which then reads these records too.
std::expected<void, LogError> KafkaLog::Internal::keep_or_read_back(PartitionState& state, std::uint64_t epoch,
                                                                    const Appended& appended,
                                                                    const std::vector<std::string>& records,
                                                                    bool is_next) {
  auto unsure = [](const char* why) { return failed(LogError::Kind::unknown, why); };
  if (is_next) {
    if (mirror->mark(state.partition).end > state.known_end) return unsure("another program wrote before it");
    return keep(state, appended.first, records);
  }
  auto is_read = [&](const Mark& mark) { return mark.position >= appended.next; };
  if (!mirror->wait(state.partition, after_ms(options.append_deadline_ms), is_read)) {
    return unsure("what was appended has not been read back in time");
  }
  if (mirror->mark(state.partition).owner.epoch != epoch) return unsure("another node took the partition meanwhile");
  std::optional<Position> first;
  auto read = mirror->read(state.partition, state.known_end, [&](Position position, std::string_view) {
    first = position;
    return false;
  });
  if (!read) return std::unexpected(read.error());
  if (first != appended.first) return unsure("another program wrote before it");
  return {};
}

// Writes the records, which are the next of the partition, into the mirror.
std::expected<void, LogError> KafkaLog::Internal::keep(PartitionState& state, Position first,
                                                       const std::vector<std::string>& records) {
  Addition addition;
  addition.records.reserve(records.size());
  for (std::size_t index = 0; index < records.size(); ++index) {
    addition.records.emplace_back(first + index, records[index]);
  }
  addition.consumed = first + records.size();
  auto added = mirror->add(state.partition, addition);
  if (!added) return std::unexpected(added.error());
  counters.records_mirrored += *added;
  return {};
}

LogError KafkaLog::Internal::failure_of(PartitionState& state, std::uint64_t epoch, const SendFailure& failure) {
  state.after_marker = 0;
  if (failure.aborted) ++counters.aborts;
  if (failure.is_clock) ++counters.clock_refusals;
  if (failure.kind == SendFailure::Kind::rejected) {
    if (failure.is_spent) renew_producer(state, epoch);
    return {LogError::Kind::rejected, failure.detail};
  }
  if (failure.kind == SendFailure::Kind::unknown) return doubt(state, epoch, failure.detail);
  lose(state);
  state.producer.reset();
  return {LogError::Kind::unavailable, "another node took partition " + state.partition.name()};
}

// By taking the partition again; if that fails, it is left to resolve().
void KafkaLog::Internal::renew_producer(PartitionState& state, std::uint64_t epoch) {
  state.doubtful_epoch = epoch;
  if (take(state, state.taking, epoch)) state.doubtful_epoch = 0;
}

LogError KafkaLog::Internal::doubt(PartitionState& state, std::uint64_t epoch, const std::string& why) {
  ++counters.unknown_outcomes;
  state.doubtful_epoch = epoch;
  state.producer.reset();
  return {LogError::Kind::unknown,
          "cannot tell whether partition " + state.partition.name() + " was appended to: " + why};
}

}  // namespace tenantry::events::kafka
