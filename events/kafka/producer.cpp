#include "events/kafka/producer.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace tenantry::events::kafka {
namespace {

constexpr int abort_deadline_ms = 5'000;
constexpr int retry_pause_ms = 20;

std::string text_of_error(const rd_kafka_error_t* error) {
  return rd_kafka_error_string(error);
}

bool is_fenced(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__FENCED || code == RD_KAFKA_RESP_ERR_PRODUCER_FENCED ||
         code == RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH;
}

Settings settings_of(const KafkaOptions& options, const std::string& transactional_id) {
  std::size_t queue_kilobytes = std::max<std::size_t>(2 * options.append_bytes_max >> 10, 1024);
  return {{"transactional.id", transactional_id},
          {"transaction.timeout.ms", std::to_string(options.transaction_timeout_ms)},
          {"enable.idempotence", "true"},
          {"acks", "all"},
          {"request.timeout.ms", std::to_string(std::min(5000, options.transaction_timeout_ms))},
          {"linger.ms", "0.5"},
          {"compression.type", "lz4"},
          {"message.max.bytes", std::to_string(options.message_bytes_max)},
          {"queue.buffering.max.kbytes", std::to_string(std::min<std::size_t>(queue_kilobytes, 2'097'151))},
          {"queue.buffering.max.messages", "1000000"}};
}

}  // namespace

std::expected<std::unique_ptr<Producer>, LogError> Producer::open(const KafkaOptions& options, Partition partition) {
  std::string topic = topic_of(options, partition.stream);
  std::unique_ptr<Producer> producer(new Producer(topic, partition.number, options.message_bytes_max));
  std::string id = "tenantry-" + topic + "-" + std::to_string(partition.number);
  auto configure = [](rd_kafka_conf_t* conf) { rd_kafka_conf_set_dr_msg_cb(conf, on_delivery); };
  auto client = Client::make(RD_KAFKA_PRODUCER, options, settings_of(options, id), producer.get(), configure);
  if (!client) return std::unexpected(client.error());
  producer->client_ = std::move(*client);
  return producer;
}

std::expected<Watermarks, LogError> Producer::watermarks(Deadline deadline) const {
  return client_->watermarks(topic_, partition_, deadline);
}

std::expected<void, LogError> Producer::init(Deadline deadline) {
  for (;;) {
    ErrorPointer error(rd_kafka_init_transactions(client_->get(), std::max(1, left_ms(deadline))));
    if (!error) return {};
    if (!rd_kafka_error_is_retriable(error.get()) || left_ms(deadline) == 0) {
      return std::unexpected(
          client_->explain("taking " + topic_ + " " + std::to_string(partition_), rd_kafka_error_code(error.get())));
    }
    rd_kafka_poll(client_->get(), retry_pause_ms);
  }
}

void Producer::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* client) {
  auto& self = *static_cast<Producer*>(client_of(client).opaque());
  auto index = reinterpret_cast<std::uintptr_t>(message->_private);
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    self.delivery_error_ = message->err;
  } else if (index < self.offsets_.size()) {
    self.offsets_[index] = static_cast<Position>(message->offset);
    ++self.delivered_;
  }
}

std::expected<std::vector<Position>, SendFailure> Producer::send(const std::vector<Message>& messages,
                                                                 Deadline deadline) {
  offsets_.assign(messages.size(), 0);
  delivered_ = 0;
  delivery_error_ = RD_KAFKA_RESP_ERR_NO_ERROR;
  if (ErrorPointer error{rd_kafka_begin_transaction(client_->get())})
    return std::unexpected(fatal(text_of_error(error.get())));
  if (auto queued = enqueue(messages); !queued) return std::unexpected(queued.error());
  if (auto committed = commit(deadline); !committed) return std::unexpected(committed.error());
  // Committed without a report of each message: librdkafka promises that this cannot be.
  if (!all_delivered()) return std::unexpected(SendFailure{SendFailure::Kind::unknown, "offsets were not reported"});
  return std::move(offsets_);
}

std::expected<void, SendFailure> Producer::enqueue(const std::vector<Message>& messages) {
  for (std::size_t index = 0; index < messages.size(); ++index) {
    auto code = produce(messages[index], index);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) continue;
    if (code == RD_KAFKA_RESP_ERR__FATAL || is_fenced(code)) return std::unexpected(fatal(rd_kafka_err2str(code)));
    return std::unexpected(abort("record " + std::to_string(index + 1) + ": " + text_of(code)));
  }
  return {};
}

rd_kafka_resp_err_t Producer::produce(const Message& message, std::size_t index) {
  rd_kafka_headers_t* headers = rd_kafka_headers_new(message.headers.size());
  for (const auto& [name, value] : message.headers) {
    rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  }
  std::array<rd_kafka_vu_t, 8> values{};
  values[0].vtype = RD_KAFKA_VTYPE_TOPIC;
  values[0].u.cstr = topic_.c_str();
  values[1].vtype = RD_KAFKA_VTYPE_PARTITION;
  values[1].u.i32 = partition_;
  values[2].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  values[2].u.i = RD_KAFKA_MSG_F_COPY;
  values[3].vtype = RD_KAFKA_VTYPE_KEY;
  values[3].u.mem.ptr = message.key.empty() ? nullptr : const_cast<char*>(message.key.data());
  values[3].u.mem.size = message.key.size();
  values[4].vtype = RD_KAFKA_VTYPE_VALUE;
  values[4].u.mem.ptr = const_cast<char*>(message.value.data());
  values[4].u.mem.size = message.value.size();
  values[5].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
  values[5].u.i64 = message.timestamp_ms;
  values[6].vtype = RD_KAFKA_VTYPE_OPAQUE;
  values[6].u.ptr = reinterpret_cast<void*>(index);
  values[7].vtype = RD_KAFKA_VTYPE_HEADERS;
  values[7].u.headers = headers;
  ErrorPointer error(rd_kafka_produceva(client_->get(), values.data(), values.size()));
  if (!error) return RD_KAFKA_RESP_ERR_NO_ERROR;
  rd_kafka_headers_destroy(headers);  // still ours after a failure
  return rd_kafka_error_code(error.get());
}

std::expected<void, SendFailure> Producer::commit(Deadline deadline) {
  for (;;) {
    ErrorPointer error(rd_kafka_commit_transaction(client_->get(), std::max(1, left_ms(deadline))));
    if (!error) return {};
    std::string why = text_of_error(error.get());
    if (delivery_error_ != RD_KAFKA_RESP_ERR_NO_ERROR) why += ": " + text_of(delivery_error_);
    if (rd_kafka_error_txn_requires_abort(error.get())) return std::unexpected(abort(why));
    if (!rd_kafka_error_is_retriable(error.get()) || left_ms(deadline) == 0) return std::unexpected(fatal(why));
    rd_kafka_poll(client_->get(), retry_pause_ms);
  }
}

// The failure that an aborted transaction is: rejected if aborting succeeds.
SendFailure Producer::abort(const std::string& why) {
  Deadline deadline = after_ms(abort_deadline_ms);
  for (;;) {
    ErrorPointer error(rd_kafka_abort_transaction(client_->get(), std::max(1, left_ms(deadline))));
    bool is_clock = delivery_error_ == RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP;
    bool is_spent = delivery_error_ != RD_KAFKA_RESP_ERR_NO_ERROR;
    if (!error) return {SendFailure::Kind::rejected, why, true, is_clock, is_spent};
    if (!rd_kafka_error_is_retriable(error.get()) || left_ms(deadline) == 0) {
      return fatal(why + "; and the transaction could not be aborted: " + text_of_error(error.get()));
    }
    rd_kafka_poll(client_->get(), retry_pause_ms);
  }
}

// What a refusal of the broker's means here, with the limit that was passed.
std::string Producer::text_of(rd_kafka_resp_err_t code) const {
  std::string text = rd_kafka_err2str(code);
  if (code == RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP) {
    text += "; this node's clock is further ahead of the broker's than message.timestamp.after.max.ms of topic " +
            topic_ + " allows: set it right";
  } else if (code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) {
    text += "; a message has at most " + std::to_string(message_bytes_max_) +
            " bytes, and max.message.bytes of topic " + topic_ + " must allow as much";
  }
  return text;
}

SendFailure Producer::fatal(const std::string& why) const {
  std::array<char, 512> text{};
  auto code = rd_kafka_fatal_error(client_->get(), text.data(), text.size());
  if (is_fenced(code) && !all_delivered()) return {SendFailure::Kind::fenced, why};
  return {SendFailure::Kind::unknown, code == RD_KAFKA_RESP_ERR_NO_ERROR ? why : why + " (" + text.data() + ")"};
}

}  // namespace tenantry::events::kafka
