#include "events/kafka/consumer.hpp"

#include <algorithm>

namespace tenantry::events::kafka {
namespace {

constexpr std::size_t flush_bytes = 4u << 20;
constexpr int idle_ms = 50;
constexpr int waiting_ms = 5;
constexpr int mirror_retry_ms = 200;
constexpr int ends_deadline_ms = 5'000;
constexpr std::uint64_t note_every = 1'000;

Settings settings_of(const KafkaOptions& options) {
  return {{"group.id", options.prefix + "-mirror"},  // asked for by librdkafka; the group is never joined
          {"enable.auto.commit", "false"},
          {"enable.auto.offset.store", "false"},
          {"auto.offset.reset", "error"},
          {"isolation.level", "read_committed"},
          {"enable.partition.eof", "true"},
          {"check.crcs", "true"},
          {"fetch.wait.max.ms", "20"},
          {"fetch.error.backoff.ms", "50"},
          {"queued.max.messages.kbytes", "8192"},
          {"message.max.bytes", std::to_string(std::max<std::size_t>(options.message_bytes_max, 1'000'000))}};
}

MessageView view_of_consumed(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type{};
  MessageView view{.key = {static_cast<const char*>(message.key), message.key_len},
                   .value = {static_cast<const char*>(message.payload), message.len},
                   .timestamp_ms = rd_kafka_message_timestamp(&message, &type),
                   .headers = {}};
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return view;
  std::size_t count = rd_kafka_header_cnt(headers);
  view.headers.reserve(count);
  for (std::size_t index = 0; index < count; ++index) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    rd_kafka_header_get_all(headers, index, &name, &value, &size);
    view.headers.emplace_back(name, std::string_view(static_cast<const char*>(value), size));
  }
  return view;
}

// The owner record that the message is, if it is one.
std::optional<Owner> owner_of(const MessageView& message, std::int64_t offset) {
  if (!is_owner_message(message)) return std::nullopt;
  return parse_owner(message.value, static_cast<std::uint64_t>(offset));
}

bool is_as_mirrored(const LastMirrored& last, const rd_kafka_message_t& message) {
  if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR || message.offset != static_cast<std::int64_t>(last.position)) {
    return false;
  }
  MessageView view = view_of_consumed(message);
  if (last.is_owner) return is_owner_message(view) && view.value == last.bytes;
  auto record = record_of(view);
  return last.bytes == (record ? record->bytes : foreign_bytes(view, record.error()));
}

std::unexpected<LogError> replaced(const std::string& where, const std::string& why) {
  return failed(LogError::Kind::corrupt, "the log was replaced: " + where + " " + why);
}

}  // namespace

Consumer::Consumer(const KafkaOptions& options, Mirror& mirror, Counters& counters, ConsumerHooks hooks)
    : options_(options), mirror_(mirror), counters_(counters), hooks_(std::move(hooks)) {}

std::expected<std::unique_ptr<Consumer>, LogError> Consumer::start(const KafkaOptions& options, Mirror& mirror,
                                                                   Counters& counters, ConsumerHooks hooks) {
  std::unique_ptr<Consumer> consumer(new Consumer(options, mirror, counters, std::move(hooks)));
  auto client = Client::make(RD_KAFKA_CONSUMER, options, settings_of(options));
  if (!client) return std::unexpected(client.error());
  consumer->client_ = std::move(*client);
  rd_kafka_poll_set_consumer(consumer->client_->get());
  if (auto checked = consumer->check_mirror(); !checked) return std::unexpected(checked.error());
  std::map<Partition, Position> from;
  for (Partition partition : mirror.partitions()) {
    Mark mark = mirror.mark(partition);
    from[partition] = mark.consumed;
    consumer->pending_[partition].owner = mark.owner;
  }
  if (auto assigned = consumer->assign(from); !assigned) return std::unexpected(assigned.error());
  consumer->thread_ = std::thread([self = consumer.get()] { self->run(); });
  return consumer;
}

Consumer::~Consumer() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

std::expected<void, LogError> Consumer::check_mirror() {
  Deadline deadline = after_ms(options_.start_deadline_ms);
  std::map<Partition, LastMirrored> expected;
  for (Partition partition : mirror_.partitions()) {
    auto last = mirror_.last(partition);
    if (!last) return std::unexpected(last.error());
    auto low = check_ends(partition, deadline);
    if (!low) return std::unexpected(low.error());
    if (*last && *low) expected.emplace(partition, **last);
  }
  return expected.empty() ? std::expected<void, LogError>{} : check_last(std::move(expected), deadline);
}

// Whether the mirror's last message is still in the topic, to be compared.
std::expected<bool, LogError> Consumer::check_ends(Partition partition, Deadline deadline) const {
  std::string topic = topic_of(options_, partition.stream);
  std::string where = "topic " + topic + " partition " + std::to_string(partition.number);
  Mark mark = mirror_.mark(partition);
  Deadline patience = std::min(deadline, after_ms(ends_deadline_ms));
  for (;;) {
    auto ends = client_->watermarks(topic, partition.number, deadline);
    if (!ends) return std::unexpected(ends.error());
    auto low = static_cast<Position>(ends->low);
    auto high = static_cast<Position>(ends->high);
    if (low > mark.consumed) {
      return failed(LogError::Kind::corrupt, where + " begins at offset " + std::to_string(low) + " but only what is " +
                                                 "before " + std::to_string(mark.consumed) +
                                                 " was read: records were deleted");
    }
    if (high >= mark.consumed) {
      auto last = mirror_.last(partition);
      return last && *last && (*last)->position >= low;
    }
    // A leader that has just been elected may not know the end yet.
    if (left_ms(patience) == 0) {
      return replaced(
          where, "ends at offset " + std::to_string(high) + " but was read up to " + std::to_string(mark.consumed));
    }
    rd_kafka_poll(client_->get(), mirror_retry_ms);
  }
}

std::expected<void, LogError> Consumer::check_last(std::map<Partition, LastMirrored> expected, Deadline deadline) {
  std::map<Partition, Position> from;
  for (const auto& [partition, last] : expected) from[partition] = last.position;
  if (auto assigned = assign(from); !assigned) return assigned;
  while (!expected.empty()) {
    MessagePointer message(rd_kafka_consumer_poll(client_->get(), std::min(100, left_ms(deadline))));
    if (!message && left_ms(deadline) == 0) {
      return std::unexpected(client_->explain("comparing the mirror with the log", RD_KAFKA_RESP_ERR__TIMED_OUT));
    }
    auto partition = message ? partition_of(*message) : std::nullopt;
    auto found = partition ? expected.find(*partition) : expected.end();
    if (found == expected.end()) continue;
    if (!is_as_mirrored(found->second, *message)) {
      return replaced(
          "topic " + topic_of(options_, partition->stream) + " partition " + std::to_string(partition->number),
          "has something else at offset " + std::to_string(found->second.position) + " than was read from there");
    }
    expected.erase(found);
  }
  return {};
}

std::expected<void, LogError> Consumer::assign(const std::map<Partition, Position>& from) {
  PartitionList list(rd_kafka_topic_partition_list_new(static_cast<int>(from.size())));
  for (const auto& [partition, position] : from) {
    auto* entry =
        rd_kafka_topic_partition_list_add(list.get(), topic_of(options_, partition.stream).c_str(), partition.number);
    entry->offset = static_cast<std::int64_t>(position);
  }
  auto code = rd_kafka_assign(client_->get(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(client_->explain("assigning partitions", code));
  return {};
}

std::optional<Partition> Consumer::partition_of(const rd_kafka_message_t& message) const {
  if (message.rkt == nullptr || message.partition < 0) return std::nullopt;
  bool is_platform = topic_of(options_, Stream::platform) == rd_kafka_topic_name(message.rkt);
  return Partition{is_platform ? Stream::platform : Stream::tenants, message.partition};
}

void Consumer::run() {
  int wait_ms = idle_ms;
  while (!stopping_) {
    MessagePointer message(rd_kafka_consumer_poll(client_->get(), wait_ms));
    if (message) accept(*message);
    wait_ms = 0;
    if (message && pending_bytes_ < flush_bytes) continue;
    wait_ms = flush() ? idle_ms : waiting_ms;
  }
}

void Consumer::accept(const rd_kafka_message_t& message) {
  auto partition = partition_of(message);
  if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF && partition) {
    pending_[*partition].position = static_cast<Position>(message.offset);
  } else if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    accept_error(partition, message);
  } else {
    accept_record(*partition, message);
  }
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
  bool is_lasting =
      message.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART || message.err == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION ||
      message.err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET ||
      message.err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED || message.err == RD_KAFKA_RESP_ERR__FATAL;
  hooks_.on_note((partition ? "reading partition " + partition->name() : "reading") + ": " + detail);
  if (!is_lasting) return;
  {
    std::lock_guard lock(mutex_);
    for (Partition each : mirror_.partitions()) {
      if (!partition || each == *partition) faults_[each] = detail;
    }
  }
  mirror_.wake();
}

void Consumer::note(const std::string& what, std::uint64_t count, Partition partition, const std::string& detail) {
  if (count % note_every != 1) return;
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

std::string Consumer::fault(Partition partition) const {
  std::lock_guard lock(mutex_);
  auto found = faults_.find(partition);
  return found == faults_.end() ? std::string{} : found->second;
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
