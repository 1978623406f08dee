// The writing half of a Kafka vault.
#include <algorithm>

#include "events/kafka/kafka_vault.hpp"

namespace tenantry::events::kafka {

// The reports may come after write() has stopped waiting: each message holds a share of it.
struct Delivery {
  Mutex mutex;
  std::condition_variable changed;
  std::size_t waiting TENANTRY_GUARDED_BY(mutex) = 0;
  Position end TENANTRY_GUARDED_BY(mutex) = 0;  // after the last message that was written
  bool is_any_written TENANTRY_GUARDED_BY(mutex) = false;
  bool is_any_refused TENANTRY_GUARDED_BY(mutex) = false;
  bool is_any_unknown TENANTRY_GUARDED_BY(mutex) = false;
  std::string why TENANTRY_GUARDED_BY(mutex);
};

namespace {

constexpr int serve_ms = 100;
constexpr int patience_ms = 2'000;  // beyond the time after which librdkafka gives a message up

using DeliveryShare = std::shared_ptr<Delivery>;

Settings settings_of(const KafkaOptions& options) {
  return {{"enable.idempotence", "true"},
          {"acks", "all"},
          {"linger.ms", "0.5"},
          {"compression.type", "none"},  // what is sealed cannot be made smaller
          {"message.timeout.ms", std::to_string(options.append_deadline_ms)},
          {"request.timeout.ms", std::to_string(std::min(5'000, options.append_deadline_ms))}};
}

void on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
  std::unique_ptr<DeliveryShare> share(static_cast<DeliveryShare*>(message->_private));
  Delivery& delivery = **share;
  MutexLock lock(delivery.mutex);
  --delivery.waiting;
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    delivery.is_any_written = true;
    delivery.end = std::max(delivery.end, static_cast<Position>(message->offset) + 1);
  } else {
    bool is_refused = rd_kafka_message_status(message) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED;
    (is_refused ? delivery.is_any_refused : delivery.is_any_unknown) = true;
    delivery.why = rd_kafka_err2str(message->err);
  }
  delivery.changed.notify_all();
}

// A null value is a tombstone.
rd_kafka_resp_err_t produce(rd_kafka_t* producer, const std::string& topic, const std::string& key,
                            const std::string* value, const DeliveryShare& delivery) {
  auto share = std::make_unique<DeliveryShare>(delivery);
  auto* bytes = value == nullptr ? nullptr : const_cast<char*>(value->data());
  std::size_t size = value == nullptr ? 0 : value->size();
  auto code = rd_kafka_producev(producer, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(0),
                                RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key.data(), key.size()),
                                RD_KAFKA_V_VALUE(bytes, size), RD_KAFKA_V_OPAQUE(share.get()), RD_KAFKA_V_END);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) share.release();  // its report has it
  return code;
}

std::unexpected<VaultError> failed_write(VaultError::Kind kind, const std::string& topic, const std::string& why) {
  return std::unexpected(VaultError{kind, "writing to topic " + topic + ": " + why});
}

bool is_given_up(const Client& producer) {
  return rd_kafka_fatal_error(producer.get(), nullptr, 0) != RD_KAFKA_RESP_ERR_NO_ERROR;
}

}  // namespace

std::expected<void, VaultError> KafkaVault::open_producer() {
  auto configure = [](rd_kafka_conf_t* conf) { rd_kafka_conf_set_dr_msg_cb(conf, on_delivery); };
  auto client = Client::make(RD_KAFKA_PRODUCER, options_, settings_of(options_), nullptr, configure);
  if (!client) return std::unexpected(VaultError{VaultError::Kind::unavailable, client.error().detail});
  // What is not reported before it is destroyed would never be.
  producer_ = std::shared_ptr<Client>(client->release(), [](Client* given_up) {
    rd_kafka_purge(given_up->get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_poll(given_up->get(), 0);
    delete given_up;
  });
  return {};
}

std::expected<std::shared_ptr<Client>, VaultError> KafkaVault::producer() {
  MutexLock lock(producer_mutex_);
  if (is_given_up(*producer_)) {
    if (auto opened = open_producer(); !opened) return std::unexpected(opened.error());
  }
  return producer_;
}

// Delivery reports come on this thread.
void KafkaVault::serve_producer() {
  while (!stopping_) {
    std::shared_ptr<Client> current;
    {
      MutexLock lock(producer_mutex_);
      current = producer_;
    }
    rd_kafka_poll(current->get(), serve_ms);
  }
}

std::expected<void, VaultError> KafkaVault::write(const VaultRowChanges& changes) {
  if (auto why = fault(); !why.empty()) return failed_write(VaultError::Kind::unavailable, topic_, why);
  auto end = send(changes);
  if (!end) return std::unexpected(end.error());
  auto read = wait_until_read(*end, after_ms(options_.append_deadline_ms));
  if (!read) return failed_write(VaultError::Kind::unknown, topic_, read.error().detail);
  if (holds(changes)) return {};
  return failed_write(VaultError::Kind::unknown, topic_, "another message for the same entry came after it");
}

// Returns the offset after the last message.
std::expected<Position, VaultError> KafkaVault::send(const VaultRowChanges& changes) {
  auto client = producer();
  if (!client) return std::unexpected(client.error());
  auto delivery = std::make_shared<Delivery>();
  auto queue = [&](const std::string& key, const std::string* value) {
    MutexLock lock(delivery->mutex);
    ++delivery->waiting;
    lock.unlock();
    auto code = produce((*client)->get(), topic_, key, value, delivery);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    lock.lock();
    --delivery->waiting;
    delivery->is_any_refused = true;
    delivery->why = rd_kafka_err2str(code);
  };
  for (const auto& [key, value] : changes.added) queue(key, &value);
  for (const auto& [key, value] : changes.replaced) queue(key, &value);
  for (const auto& key : changes.erased) queue(key, nullptr);
  MutexLock lock(delivery->mutex);
  Deadline deadline = after_ms(options_.append_deadline_ms + patience_ms);
  while (delivery->waiting > 0) {
    if (delivery->mutex.wait_until(delivery->changed, deadline) == std::cv_status::timeout) break;
  }
  if (delivery->waiting > 0) return failed_write(VaultError::Kind::unknown, topic_, "nothing was heard of it");
  if (!delivery->is_any_refused && !delivery->is_any_unknown) return delivery->end;
  bool is_nothing_written = !delivery->is_any_written && !delivery->is_any_unknown;
  return failed_write(is_nothing_written ? VaultError::Kind::rejected : VaultError::Kind::unknown, topic_,
                      delivery->why);
}

bool KafkaVault::holds(const VaultRowChanges& changes) const {
  MutexLock lock(mutex_);
  for (const auto* written : {&changes.added, &changes.replaced}) {
    for (const auto& [key, value] : *written) {
      auto found = rows_.find(key);
      if (found == rows_.end() || found->second != value) return false;
    }
  }
  for (const auto& key : changes.erased) {
    if (rows_.contains(key)) return false;
  }
  return true;
}

}  // namespace tenantry::events::kafka
