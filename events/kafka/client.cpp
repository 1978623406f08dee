#include "events/kafka/client.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <limits>
#include <thread>

namespace tenantry::events::kafka {
namespace {

constexpr int error_text_bytes = 512;

bool may_be_passed_on(const std::string& name) {
  return name.starts_with("security.") || name.starts_with("sasl.") || name.starts_with("ssl.");
}

// How long a partition's leader may take to answer before others are asked whether it still is the leader.
constexpr int leader_patience_ms = 2'000;
// A login that is refused is tried again every second or so, and refused again.
constexpr std::chrono::seconds refusal_stands{5};
constexpr std::chrono::seconds destroy_patience{5};

bool is_login_refusal(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__AUTHENTICATION || code == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED;
}

bool is_forbidden(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
         code == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED ||
         code == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED ||
         code == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED;
}

// The library's own log lines repeat what on_error and results say.
void discard(const rd_kafka_t*, int, const char*, const char*) {}

std::expected<void, LogError> set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  std::array<char, error_text_bytes> text{};
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), text.data(), text.size()) == RD_KAFKA_CONF_OK) return {};
  return failed(LogError::Kind::rejected, "Kafka setting " + name + ": " + text.data());
}

Settings common_settings(const KafkaOptions& options) {
  return {{"bootstrap.servers", options.bootstrap}, {"client.id", "tenantry"},
          {"socket.nagle.disable", "true"},         {"socket.timeout.ms", "10000"},
          {"reconnect.backoff.ms", "50"},           {"reconnect.backoff.max.ms", "1000"}};
}

}  // namespace

bool is_unreached(rd_kafka_resp_err_t code) {
  return code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__TIMED_OUT ||
         code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || code == RD_KAFKA_RESP_ERR__RESOLVE;
}

Deadline after_ms(int milliseconds) {
  return Clock::now() + std::chrono::milliseconds(milliseconds);
}

int left_ms(Deadline deadline) {
  auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

std::string topic_of(const KafkaOptions& options, Stream stream) {
  return options.prefix + (stream == Stream::platform ? ".platform" : ".events");
}

std::string vault_topic_of(const KafkaOptions& options) {
  return options.prefix + ".vault";
}

std::unexpected<LogError> failed(LogError::Kind kind, std::string detail) {
  return std::unexpected(LogError{kind, std::move(detail)});
}

std::expected<std::unique_ptr<Client>, LogError> Client::make(rd_kafka_type_t type, const KafkaOptions& options,
                                                              const Settings& settings, void* opaque,
                                                              void (*configure)(rd_kafka_conf_t*)) {
  std::unique_ptr<Client> client(new Client(opaque, options.bootstrap));
  ConfPointer conf(rd_kafka_conf_new());
  Settings all = common_settings(options);
  // For producers too, whose default is true: a topic that was deleted must not come back empty by being written to.
  all.emplace_back("allow.auto.create.topics", "false");
  all.insert(all.end(), settings.begin(), settings.end());
  for (const auto& [name, value] : options.properties) {
    if (!may_be_passed_on(name)) return failed(LogError::Kind::rejected, "Kafka setting " + name + " is not allowed");
    all.emplace_back(name, value);
  }
  for (const auto& [name, value] : all) {
    if (auto done = set(conf.get(), name, value); !done) return std::unexpected(done.error());
  }
  rd_kafka_conf_set_opaque(conf.get(), client.get());
  rd_kafka_conf_set_error_cb(conf.get(), on_error);
  rd_kafka_conf_set_log_cb(conf.get(), discard);
  if (configure != nullptr) configure(conf.get());
  std::array<char, error_text_bytes> text{};
  client->handle_ = rd_kafka_new(type, conf.get(), text.data(), text.size());
  if (client->handle_ == nullptr) return failed(LogError::Kind::rejected, std::string("Kafka client: ") + text.data());
  conf.release();  // the handle has it now
  return client;
}

Client::~Client() {
  if (handle_ != nullptr) rd_kafka_destroy_flags(handle_, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

void destroy_reader(std::unique_ptr<Client> client) {
  if (!client) return;
  auto destroyed = std::make_shared<std::promise<void>>();
  std::thread([client = std::move(client), destroyed]() mutable {
    client.reset();
    destroyed->set_value();
  }).detach();
  destroyed->get_future().wait_for(destroy_patience);
}

void Client::on_error(rd_kafka_t*, int code, const char* reason, void* client) {
  auto& self = client_of(client);
  MutexLock lock(self.mutex_);
  self.reason_ = reason;
  if (!is_login_refusal(static_cast<rd_kafka_resp_err_t>(code))) return;
  self.refusal_ = reason;
  self.refused_at_ = Clock::now();
}

bool Client::is_refused() const {
  MutexLock lock(mutex_);
  return refused_at_ != Deadline{} && Clock::now() - refused_at_ < refusal_stands;
}

// rd_kafka_query_watermark_offsets() waits for a broker that does not answer for as long as it takes, whatever timeout
// it is given, before 2.3.0 (librdkafka issue 2588). This one keeps to its timeout.
rd_kafka_resp_err_t Client::query_offset(const std::string& topic, int partition, std::int64_t which, int timeout_ms,
                                         std::int64_t& offset) const {
  PartitionList list(rd_kafka_topic_partition_list_new(1));
  auto* entry = rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
  entry->offset = which;
  auto code = rd_kafka_offsets_for_times(handle_, list.get(), timeout_ms);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) code = entry->err;
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR && entry->offset < 0) code = RD_KAFKA_RESP_ERR__TIMED_OUT;
  offset = entry->offset;
  return code;
}

// So that the next question goes to the partition's new leader, if there is one.
void Client::ask_for_leaders(const std::string& topic, int timeout_ms) const {
  TopicPointer one(rd_kafka_topic_new(handle_, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* metadata = nullptr;
  if (!one || rd_kafka_metadata(handle_, 0, one.get(), &metadata, timeout_ms) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
  rd_kafka_metadata_destroy(metadata);
}

std::expected<Watermarks, LogError> Client::watermarks(const std::string& topic, int partition,
                                                       Deadline deadline) const {
  Watermarks marks{};
  auto code = RD_KAFKA_RESP_ERR__TIMED_OUT;
  auto patience_ms = [&] { return std::clamp(left_ms(deadline), 1, leader_patience_ms); };
  for (;;) {
    code = query_offset(topic, partition, RD_KAFKA_OFFSET_BEGINNING, patience_ms(), marks.low);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
      code = query_offset(topic, partition, RD_KAFKA_OFFSET_END, patience_ms(), marks.high);
    }
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return marks;
    if (code == RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION || code == RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC) break;
    if (is_forbidden(code) || is_refused() || left_ms(deadline) == 0) break;
    rd_kafka_poll(handle_, std::min(100, left_ms(deadline)));
    ask_for_leaders(topic, patience_ms());
  }
  return std::unexpected(explain("asking for the ends of " + topic + " " + std::to_string(partition), code));
}

LogError Client::explain(const std::string& doing, rd_kafka_resp_err_t code) const {
  bool is_shut_out = is_login_refusal(code) || (is_unreached(code) && is_refused());
  MutexLock lock(mutex_);
  std::string detail = doing + ": ";
  if (is_shut_out) {
    detail += "Kafka does not let this program in: " + (refusal_.empty() ? rd_kafka_err2str(code) : refusal_);
  } else if (is_forbidden(code)) {
    detail += std::string("Kafka does not allow it: ") + rd_kafka_err2str(code);
  } else if (is_unreached(code)) {
    detail += "no Kafka broker answers at " + bootstrap_ + ": " + rd_kafka_err2str(code);
    if (!reason_.empty()) detail += " (" + reason_ + ")";
  } else {
    detail += rd_kafka_err2str(code);
  }
  return {LogError::Kind::unavailable, detail};
}

}  // namespace tenantry::events::kafka
