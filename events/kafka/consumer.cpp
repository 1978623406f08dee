#include "events/kafka/consumer.hpp"

#include <algorithm>
#include <ranges>

#include "events/kafka/consumed.hpp"
#include "events/kafka/mirror_check.hpp"
#include "events/kafka/topics.hpp"

namespace tenantry::events::kafka {
namespace {

constexpr std::size_t flush_bytes = 4u << 20;
constexpr int idle_ms = 50;
constexpr int waiting_ms = 5;
constexpr int mirror_retry_ms = 200;
constexpr int question_deadline_ms = 1'000;
constexpr int look_every_ms = 5'000;
constexpr int look_deadline_ms = 300;  // nothing is read meanwhile
// Of messages that are none of ours: each of the first is told, then one in so many.
constexpr std::uint64_t notes_first = 10;
constexpr std::uint64_t note_every = 1'000;

// Brokers say so of what is not there, and of what they have not heard of yet.
bool is_unknown(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC ||
         code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION;
}

}  // namespace

Consumer::Consumer(const KafkaOptions& options, Mirror& mirror, Counters& counters, ConsumerHooks hooks)
    : options_(options),
      mirror_(mirror),
      counters_(counters),
      hooks_(std::move(hooks)),
      faults_([this](Partition partition, const std::string& why) {
        hear(partition);
        mirror_.wake();
        hooks_.on_fault(partition, why);
      }) {}

std::expected<std::unique_ptr<Consumer>, LogError> Consumer::start(const KafkaOptions& options, Mirror& mirror,
                                                                   Counters& counters, ConsumerHooks hooks) {
  std::unique_ptr<Consumer> consumer(new Consumer(options, mirror, counters, std::move(hooks)));
  auto client = open_reader(options);
  if (!client) return std::unexpected(client.error());
  consumer->client_ = std::move(*client);
  if (auto checked = check_mirror(*consumer->client_, mirror, options); !checked) {
    return std::unexpected(checked.error());
  }
  for (Partition partition : mirror.partitions()) {
    consumer->pending_[partition].owner = mirror.mark(partition).owner;
    MutexLock lock(consumer->mutex_);
    consumer->unheard_.insert(partition);
  }
  if (auto assigned = consumer->assign_all(); !assigned) return std::unexpected(assigned.error());
  consumer->thread_ = std::thread([self = consumer.get()] { self->run(); });
  if (auto heard = consumer->hear_all(); !heard) return std::unexpected(heard.error());
  return consumer;
}

Consumer::~Consumer() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
  destroy_reader(std::move(client_));
}

// What may not be read is only known once it is asked for.
std::expected<void, LogError> Consumer::hear_all() {
  {
    MutexLock lock(mutex_);
    Deadline deadline = after_ms(options_.start_deadline_ms);
    while (!unheard_.empty() && mutex_.wait_until(heard_, deadline) == std::cv_status::no_timeout) {
    }
  }
  for (const auto& [partition, why] : faults_.all()) return failed(LogError::Kind::unavailable, why);
  return {};
}

void Consumer::hear(std::optional<Partition> partition) {
  if (all_heard_ || !partition) return;
  MutexLock lock(mutex_);
  unheard_.erase(*partition);
  all_heard_ = unheard_.empty();
  if (all_heard_) heard_.notify_all();
}

// From where each partition was read to; without those that are read no further.
std::expected<void, LogError> Consumer::assign_all() {
  std::map<Partition, Position> from;
  for (const auto& [partition, pending] : pending_) {
    if (faults_.is_lasting(partition)) continue;
    from[partition] = std::max(mirror_.mark(partition).consumed, pending.addition.consumed);
  }
  return assign(*client_, options_, from);
}

void Consumer::run() {
  next_look_ = after_ms(look_every_ms);
  int wait_ms = idle_ms;
  while (!stopping_) {
    MessagePointer message(rd_kafka_consumer_poll(client_->get(), wait_ms));
    if (message) accept(*message);
    if (faults_.has_suspicions()) look_into_suspicions();
    if (left_ms(next_look_) == 0) look_for_topics();
    wait_ms = 0;
    if (message && pending_bytes_ < flush_bytes) continue;
    rd_kafka_poll(client_->get(), 0);
    wait_ms = flush() ? idle_ms : waiting_ms;
  }
}

void Consumer::accept(const rd_kafka_message_t& message) {
  auto partition = partition_of(options_, message);
  // One that the topic was given since is not this node's to read.
  if (partition && (!pending_.contains(*partition) || faults_.is_lasting(*partition))) return;
  bool is_end = message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF && partition;
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR && !is_end) return accept_error(partition, message);
  faults_.pass(*partition);
  hear(partition);
  if (!is_end) return accept_record(*partition, message);
  pending_[*partition].position = static_cast<Position>(message.offset);
}

void Consumer::accept_record(Partition partition, const rd_kafka_message_t& message) {
  Pending& pending = pending_[partition];
  auto position = static_cast<Position>(message.offset);
  MessageView view = view_of_consumed(message);
  ++counters_.records_consumed;
  pending.addition.consumed = position + 1;
  pending_bytes_ += message.len + 256;
  if (auto owner = owner_of(view, message.offset)) {
    pending.owner = *owner;
    pending.addition.owner = std::move(owner);
    return;
  }
  auto record = record_of(view);
  if (!record) {
    ++counters_.foreign;
    note("a foreign message is", ++pending.foreign, partition,
         "at offset " + std::to_string(position) + ": " + record.error().field + " " + record.error().detail);
    pending.addition.records.emplace_back(position, foreign_bytes(view, record.error()));
  } else if (!counts(pending.owner, record->owner_epoch)) {
    ++counters_.stale_ignored;
    note("a stale record was ignored", ++pending.stale, partition,
         "at offset " + std::to_string(position) + ": its epoch is " + std::to_string(record->owner_epoch) +
             ", the owner's " + std::to_string(pending.owner.epoch));
  } else {
    pending.addition.records.emplace_back(position, std::move(record->bytes));
  }
}

void Consumer::accept_error(std::optional<Partition> partition, const rd_kafka_message_t& message) {
  std::string detail = rd_kafka_message_errstr(&message);
  hooks_.on_note("reading " + (partition ? place_of(options_, *partition) : "the log") + ": " + detail);
  for (Partition each : std::views::keys(pending_)) {
    if (!partition || each == *partition) set_fault(each, message.err, detail);
  }
}

void Consumer::set_fault(Partition partition, rd_kafka_resp_err_t code, const std::string& detail) {
  std::string where = place_of(options_, partition);
  if (is_unknown(code)) {
    faults_.suspect(partition);
  } else if (code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) {
    faults_.set(partition, FaultKind::passing,
                where + " may not be read: " + detail + ". Allow this program the operation Read on the topic");
    faults_.suspect(partition);  // it is asked for again, since librdkafka does not tell of an end twice
  } else if (code == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET) {
    faults_.set(partition, FaultKind::lasting, why_offsets_are_gone(partition, detail));
  } else if (code == RD_KAFKA_RESP_ERR__FATAL) {
    faults_.set(partition, FaultKind::lasting, where + " is read no further: " + detail + ". Restart this node");
  }
}

std::string Consumer::why_offsets_are_gone(Partition partition, const std::string& detail) const {
  Position consumed = std::max(mirror_.mark(partition).consumed, pending_.at(partition).addition.consumed);
  auto ends =
      client_->watermarks(topic_of(options_, partition.stream), partition.number, after_ms(question_deadline_ms));
  auto broken = ends ? break_at(options_, partition, consumed, *ends) : std::nullopt;
  if (broken) return *broken;
  return place_of(options_, partition) + " cannot be read on from offset " + std::to_string(consumed) + ": " + detail +
         ". Restart this node, which says what it finds";
}

// librdkafka does not tell of a topic that was deleted: it waits for it to come back.
void Consumer::look_for_topics() {
  next_look_ = after_ms(look_every_ms);
  for (Stream stream : {Stream::platform, Stream::tenants}) {
    auto count = count_partitions(*client_, topic_of(options_, stream), after_ms(look_deadline_ms));
    if (!count) return;
    for (Partition partition : std::views::keys(pending_)) {
      if (partition.stream == stream && partition.number >= *count && !faults_.is_lasting(partition)) {
        faults_.suspect(partition);
      }
    }
  }
}

void Consumer::look_into_suspicions() {
  std::map<Stream, int> counts;
  bool was_wrong = false;
  for (Partition partition : faults_.due()) {
    if (!counts.contains(partition.stream)) {
      auto count = count_partitions(*client_, topic_of(options_, partition.stream), after_ms(question_deadline_ms));
      if (!count) return faults_.postpone();
      counts[partition.stream] = *count;
    }
    if (partition.number < counts[partition.stream]) {
      faults_.clear(partition);
      was_wrong = true;
    } else {
      faults_.set(partition, FaultKind::lasting,
                  place_of(options_, partition) +
                      " was deleted. Its records are in the copies of the nodes that had read them; nothing more is "
                      "done with it until it is restored and the nodes are started again");
    }
  }
  if (!was_wrong) return;
  if (auto assigned = assign_all(); !assigned) hooks_.on_note(assigned.error().detail);
}

void Consumer::note(const std::string& what, std::uint64_t count, Partition partition, const std::string& detail) {
  if (count > notes_first && count % note_every != 0) return;
  hooks_.on_note(what + " in partition " + partition.name() + " " + detail + " (" + std::to_string(count) +
                 " since the start)");
}

// False if something had to wait.
bool Consumer::flush() {
  bool all = true;
  for (auto& [partition, pending] : pending_) {
    if (pending.dirty() && !flush(partition, pending)) all = false;
  }
  if (all) pending_bytes_ = 0;
  return all;
}

bool Consumer::flush(Partition partition, Pending& pending) {
  Addition& addition = pending.addition;
  if (hooks_.is_appending(partition)) return false;
  if (addition.consumed > 0) {
    for (;;) {
      auto added = mirror_.add(partition, addition);
      if (added) counters_.records_mirrored += *added;
      if (added) break;
      hooks_.on_note("the mirror of partition " + partition.name() + " cannot be written: " + added.error().detail);
      if (stopping_) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(mirror_retry_ms));
    }
  }
  mirror_.move_position(partition, std::max(pending.position, addition.consumed));
  std::optional<Owner> owner = std::move(addition.owner);
  bool is_news = owner || !addition.records.empty();
  addition = {};
  pending.position = 0;
  if (owner) hooks_.on_owner(partition, *owner);
  if (is_news) hooks_.on_records(partition);
  return true;
}

std::uint64_t Consumer::lag(Partition partition) const {
  std::int64_t low = 0;
  std::int64_t high = 0;
  rd_kafka_get_watermark_offsets(client_->get(), topic_of(options_, partition.stream).c_str(), partition.number, &low,
                                 &high);
  Position position = mirror_.mark(partition).position;
  return high > 0 && static_cast<Position>(high) > position ? static_cast<Position>(high) - position : 0;
}

}  // namespace tenantry::events::kafka
