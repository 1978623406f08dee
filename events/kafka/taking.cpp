// The ownership half of KafkaLog: taking, releasing, and taking again after an append of unknown outcome.
#include <algorithm>
#include <thread>

#include "events/answer_note.hpp"
#include "events/kafka/kafka_log_internal.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr int end_patience_ms = 5'000;
constexpr int end_pause_ms = 100;

}  // namespace

std::expected<std::uint64_t, LogError> KafkaLog::take(Partition partition, Taking taking) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return failed(LogError::Kind::rejected, "no partition " + partition.name());
  MutexLock lock(state->appending);
  state->is_taken = false;
  state->doubtful_epoch = 0;
  return internal_->take(*state, taking, 0);
}

void KafkaLog::release(Partition partition) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return;
  state->is_taken = false;
  state->epoch = 0;
  MutexLock lock(state->appending);
  state->is_taken = false;  // a taking that was under way has set them
  state->epoch = 0;
  state->doubtful_epoch = 0;
  state->producer.reset();
}

std::expected<void, LogError> KafkaLog::resolve(Partition partition) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return failed(LogError::Kind::rejected, "no partition " + partition.name());
  MutexLock lock(state->appending);
  if (!state->is_taken) return std::unexpected(internal_->not_owner(*state));
  if (state->doubtful_epoch == 0) return {};
  auto taken = internal_->take(*state, state->taking, state->doubtful_epoch);
  if (!taken) return std::unexpected(taken.error());
  state->doubtful_epoch = 0;
  return {};
}

std::expected<void, LogError> KafkaLog::catch_up(Partition partition, int deadline_ms) {
  auto* state = internal_->find(partition);
  if (state == nullptr) return failed(LogError::Kind::unavailable, "no partition " + partition.name());
  Deadline deadline = after_ms(deadline_ms);
  auto ask = [&](Deadline until) {
    return internal_->uncommitted->watermarks(topic_of(internal_->options, partition.stream), partition.number, until);
  };
  auto end = internal_->end_in_topic(partition, ask, deadline);
  if (!end) return std::unexpected(end.error());
  return internal_->wait_until_read(partition, *end, deadline);
}

std::expected<Position, LogError> KafkaLog::Internal::end_in_topic(Partition partition, const Ask& ask,
                                                                   Deadline deadline) const {
  // A leader that has just been elected may not know the end yet.
  for (Deadline patience = std::min(deadline, after_ms(end_patience_ms));;) {
    if (auto fault = fault_of(partition)) return std::unexpected(*fault);
    Position consumed = mirror->mark(partition).consumed;
    auto ends = ask(deadline);
    if (!ends) return std::unexpected(ends.error());
    auto end = static_cast<Position>(ends->high);
    if (end >= consumed) return end;
    if (left_ms(patience) == 0) {
      return failed(LogError::Kind::unavailable, "partition " + partition.name() + " ends at offset " +
                                                     std::to_string(end) + " but was read up to " +
                                                     std::to_string(consumed) + ": the log was replaced");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(end_pause_ms));
  }
}

// Times of a partition's events must not go backwards by much: histories are read in their order.
std::expected<void, LogError> KafkaLog::Internal::check_clock(Partition partition) {
  auto newest = mirror->newest_record(partition);
  if (!newest) return std::unexpected(newest.error());
  if (!*newest) return {};
  auto entry = log_entry(**newest);
  if (!entry) return {};  // a foreign message: its time is nobody's clock
  Instant now = options.now();
  Instant then = entry->time;
  if (then.unix_ms - now.unix_ms <= options.clock_behind_max_ms) return {};
  ++counters.clock_refusals;
  return failed(LogError::Kind::unavailable, "the clock of this node is far behind: it shows " + now.text() +
                                                 ", and the newest event of partition " + partition.name() + " is of " +
                                                 then.text() + ". Set the clock right");
}

// Fences whoever has the partition and writes this node's owner record. `former_epoch` is this node's own, of an append
// of unknown outcome: then nothing is fenced if another node has taken the partition since. Everything that can be read
// is read before the fence, so that a node far behind takes nothing that it could not serve for long.
std::expected<std::uint64_t, LogError> KafkaLog::Internal::take(PartitionState& state, Taking taking,
                                                                std::uint64_t former_epoch) {
  Deadline deadline = after_ms(options.take_deadline_ms);
  state.epoch = 0;  // this node's own new owner record is no loss
  state.after_marker = 0;
  state.producer.reset();
  auto producer = Producer::open(options, state.partition);
  if (!producer) return std::unexpected(producer.error());
  auto end = end_in_topic(
      state.partition, [&](Deadline until) { return (*producer)->watermarks(until); }, deadline);
  if (!end) return std::unexpected(end.error());
  if (auto read = wait_until_read(state.partition, *end, deadline); !read) return std::unexpected(read.error());
  if (taking == Taking::serve) {
    if (auto checked = check_clock(state.partition); !checked) return std::unexpected(checked.error());
  }
  Owner latest = mirror->mark(state.partition).owner;
  // A resolving that failed half-way may have left an owner record of this node's own.
  bool is_others = latest.node != options.node || latest.address != options.address;
  if (former_epoch != 0 && latest.epoch != former_epoch && is_others) lose(state);
  if (former_epoch != 0 && !state.is_taken) return std::unexpected(not_owner(state));
  if (auto fenced = (*producer)->init(deadline); !fenced) return std::unexpected(fenced.error());
  state.producer = std::move(*producer);
  state.taking = taking;
  auto epoch = write_owner_record(state, taking, deadline);
  if (!epoch) state.producer.reset();
  if (!epoch) return epoch;
  state.known_end = mirror->mark(state.partition).end;
  if (former_epoch == 0) state.is_taken = true;
  state.epoch = *epoch;
  if (!state.is_taken) {  // released meanwhile
    state.epoch = 0;
    state.producer.reset();
    return std::unexpected(not_owner(state));
  }
  ++counters.takes;
  // Whoever came after is told of by the consumer from now on; who came before that must be looked for.
  if (mirror->mark(state.partition).owner.epoch != *epoch) {
    lose(state);
    return std::unexpected(not_owner(state));
  }
  return epoch;
}

std::expected<std::uint64_t, LogError> KafkaLog::Internal::write_owner_record(PartitionState& state, Taking taking,
                                                                              Deadline deadline) {
  Owner owner{.node = options.node, .address = options.address, .taking = taking};
  Position offset = 0;
  for (bool is_first = true; is_first || offset == 0; is_first = false) {  // an epoch is never 0
    auto sent = state.producer->send({owner_message(owner, options.now())}, deadline);
    if (!sent) {
      if (sent.error().is_clock) ++counters.clock_refusals;
      return failed(LogError::Kind::unavailable, "the owner record of partition " + state.partition.name() +
                                                     " cannot be written: " + sent.error().detail);
    }
    offset = sent->front();
  }
  if (auto read = wait_until_read(state.partition, offset + 1, deadline); !read) return std::unexpected(read.error());
  state.after_marker = offset + 2;
  return offset;
}

std::expected<void, LogError> KafkaLog::Internal::wait_until_read(Partition partition, Position position,
                                                                  Deadline deadline) const {
  auto is_read = [&](const Mark& mark) { return mark.position >= position; };
  std::optional<LogError> fault;
  auto is_done = [&](const Mark& mark) { return is_read(mark) || (fault = fault_of(partition)); };
  bool done = mirror->wait(partition, deadline, is_done);
  if (fault) return std::unexpected(*fault);
  if (done) return {};
  return failed(LogError::Kind::unavailable, "partition " + partition.name() + " is read only up to offset " +
                                                 std::to_string(mirror->mark(partition).position) + " of " +
                                                 std::to_string(position));
}

}  // namespace tenantry::events::kafka
