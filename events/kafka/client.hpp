// What this folder needs of librdkafka's C interface: handles that free themselves, settings, and errors as text.
//
// Internal to events/kafka. A Client is a producer or a consumer with what its background threads reported last; it may
// be used from any thread, and is destroyed by one when no other uses it. Destroying does not wait for brokers.
#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <expected>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/kernel/thread_safety.hpp"
#include "events/kafka/options.hpp"

namespace tenantry::events::kafka {

using Settings = std::vector<std::pair<std::string, std::string>>;
using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;

Deadline after_ms(int milliseconds);
// At least 0, at most what an int holds.
int left_ms(Deadline deadline);

std::unexpected<LogError> failed(LogError::Kind kind, std::string detail);
// Whether the code says that no broker was reached, rather than what one answered.
bool is_unreached(rd_kafka_resp_err_t code);

template <auto destroy>
struct Destroy {
  template <class Type>
  void operator()(Type* object) const {
    destroy(object);
  }
};
using ErrorPointer = std::unique_ptr<rd_kafka_error_t, Destroy<rd_kafka_error_destroy>>;
using MessagePointer = std::unique_ptr<rd_kafka_message_t, Destroy<rd_kafka_message_destroy>>;
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t, Destroy<rd_kafka_topic_partition_list_destroy>>;
using TopicPointer = std::unique_ptr<rd_kafka_topic_t, Destroy<rd_kafka_topic_destroy>>;
using QueuePointer = std::unique_ptr<rd_kafka_queue_t, Destroy<rd_kafka_queue_destroy>>;
using ConfPointer = std::unique_ptr<rd_kafka_conf_t, Destroy<rd_kafka_conf_destroy>>;

// Where a partition's offsets begin and end, as the client's isolation.level sees it.
struct Watermarks {
  std::int64_t low;
  std::int64_t high;
};

class Client {
 public:
  // `opaque` is handed to the callbacks that `configure` sets. Fails if a setting is not understood.
  static std::expected<std::unique_ptr<Client>, LogError> make(rd_kafka_type_t type, const KafkaOptions& options,
                                                               const Settings& settings, void* opaque = nullptr,
                                                               void (*configure)(rd_kafka_conf_t*) = nullptr);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  rd_kafka_t* get() const { return handle_; }
  void* opaque() const { return opaque_; }
  std::expected<Watermarks, LogError> watermarks(const std::string& topic, int partition, Deadline deadline) const;
  // Whether a broker has just refused this program's login; known once rd_kafka_poll() was called.
  bool is_refused() const;
  // Why brokers cannot be used, in a sentence: not reached, not let in, not allowed, or what `code` says.
  LogError explain(const std::string& doing, rd_kafka_resp_err_t code) const;

 private:
  rd_kafka_resp_err_t query_offset(const std::string& topic, int partition, std::int64_t which, int timeout_ms,
                                   std::int64_t& offset) const;
  void ask_for_leaders(const std::string& topic, int timeout_ms) const;
  Client(void* opaque, std::string bootstrap) : opaque_(opaque), bootstrap_(std::move(bootstrap)) {}
  static void on_error(rd_kafka_t* handle, int code, const char* reason, void* client);

  rd_kafka_t* handle_ = nullptr;
  void* opaque_;
  std::string bootstrap_;
  mutable Mutex mutex_;
  std::string reason_ TENANTRY_GUARDED_BY(mutex_);   // what was reported last
  std::string refusal_ TENANTRY_GUARDED_BY(mutex_);  // of the login
  Deadline refused_at_ TENANTRY_GUARDED_BY(mutex_){};
};

// Destroys a client that reads partitions. librdkafka waits for ever for one that was deleted meanwhile: a client that
// is not destroyed after five seconds is left behind, with its threads, until the process ends.
void destroy_reader(std::unique_ptr<Client> client);

// The Client that a librdkafka callback was given as its opaque.
inline Client& client_of(void* opaque) {
  return *static_cast<Client*>(opaque);
}

}  // namespace tenantry::events::kafka
